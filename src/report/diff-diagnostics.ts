// A comparison as diagnostics, so that code hosts show it beside the changed lines.
import type { Cause } from '../connectivity/causes.ts';
import type { Connection } from '../connectivity/connections.ts';
import { diagnose, type Diagnostic, type Note } from '../diagnostics/diagnostic.ts';
import type { WorldDiff } from '../diff/diff-worlds.ts';
import { clusterPolicyKey } from '../policy/cluster-policy.ts';
import { policyKey } from '../policy/network-policy.ts';
import type { Policies } from '../policy/policies.ts';
import type { Span } from '../source/source.ts';
import { bySubjectWorkload, connectionDocument } from './connection-document.ts';
import { pairText } from './summary.ts';
import { causeText } from './words.ts';

/** One for each connection gained or lost and each change of isolation. They stand in the head's files where they can. */
export function diffDiagnostics(diff: WorldDiff, head: Policies): readonly Diagnostic[] {
  const all = bySubjectWorkload(diff.subjects);
  const headPlaces = placesOf(head);
  const connections = diff.connections.flatMap((connection): readonly Diagnostic[] => {
    if (connection.change === 'kept') return [];
    const document = connectionDocument(connection, all);
    const parameters = { connection: pairText(document), ports: document.text };
    const code = connection.change === 'gained' ? 'NP6201' : 'NP6202';
    return [diagnose(code, parameters, placeOf(connection.causes, headPlaces), { notes: notesOf(connection) })];
  });
  const isolation = diff.isolation.map(({ change, direction, workload, origins }) => {
    const code = change === 'isolated' ? 'NP6203' : 'NP6204';
    const [first] = origins;
    const span =
      first === undefined ? null : change === 'isolated' ? first.span : (headPlaces.get(first.policy) ?? null);
    return diagnose(code, { workload: workload.id, direction }, span);
  });
  return [...connections, ...isolation];
}

function notesOf({ causes, change }: Connection): readonly Note[] {
  return causes.map((cause) => {
    const { world, origin } = cause;
    const side = cause.direction === 'egress' ? 'source' : 'destination';
    const words = causeText({ side, effect: cause.effect }, change);
    return { message: `${world}: ${origin.policy} ${words}`, span: origin.span };
  });
}

/** A line of the head; else where the policy stands there; else nowhere, because the base's files are not shown. */
function placeOf(causes: readonly Cause[], headPlaces: ReadonlyMap<string, Span>): Span | null {
  const own = causes.find(({ world }) => world === 'head');
  if (own !== undefined) return own.origin.span;
  return causes.map(({ origin }) => headPlaces.get(origin.policy)).find((span) => span !== undefined) ?? null;
}

function placesOf({ policies, clusterPolicies }: Policies): ReadonlyMap<string, Span> {
  return new Map([
    ...policies.map((policy) => [policyKey(policy), policy.origin.span] as const),
    ...clusterPolicies.map((policy) => [clusterPolicyKey(policy), policy.origin.span] as const),
  ]);
}
