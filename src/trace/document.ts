// The parts of a trace's JSON document. Every key is always there, so that programs need not ask.
import { clusterPolicyKey } from '../policy/cluster-policy.ts';
import type { Field } from '../policy/network-policy.ts';
import { positionOf } from '../source/source.ts';
import { peerLackTexts, portLackTexts } from './lack-words.ts';
import { endName } from './print-side.ts';
import type { PodJudgement, RuleCheck } from './reason.ts';
import type { Direction } from './side.ts';
import { endsOf, type Trace, type TraceEnd } from './trace.ts';
import { peerText, podsText, portText } from './words.ts';

export function endRecord({ address, pods, node, service }: TraceEnd): object {
  return { address, pods, node, service };
}

/** `state`: `exempt` (then `why` says so), `open` (no policy isolates) or `isolated`. `nearest` is sorted and whole. */
export function sideRecord(trace: Trace, direction: Direction): object {
  const side = trace[direction];
  const pods = side.kind === 'judged' ? side.pods : [];
  const isolated = pods.some((judgement) => judgement.isolatedBy.length > 0);
  return {
    verdict: side.verdict,
    state: side.kind === 'exempt' ? 'exempt' : isolated ? 'isolated' : 'open',
    why: side.kind === 'exempt' ? side.why : null,
    decidedBy: pods.map(({ pod, decidedBy }) => ({ pod, tier: decidedBy })),
    tiers: pods.flatMap(tierRecords),
    isolatedBy: pods.flatMap(isolationRecords),
    allowedBy: pods.flatMap((each) => each.allowedBy.map((rule) => ruleRecord(trace, direction, each.pod, rule))),
    nearest: pods.flatMap((each) => each.missed.map((rule) => ruleRecord(trace, direction, each.pod, rule))),
    suggestions: pods.flatMap((each) => each.suggestion ?? []),
  };
}

/** The rules of tiers that matched first: at most one of Admin, and one of Baseline. */
function tierRecords({ pod, admin, baseline }: PodJudgement): readonly object[] {
  return [admin, baseline].flatMap((decision) => {
    if (decision === null) return [];
    const { policy, rule, action, because } = decision;
    return [
      {
        pod,
        tier: policy.tier,
        policy: clusterPolicyKey(policy),
        priority: policy.priority,
        rule: rule.name,
        path: rule.origin.path,
        ...placeOf(rule.origin),
        action,
        because,
      },
    ];
  });
}

function isolationRecords({ pod, isolatedBy }: PodJudgement): readonly object[] {
  return isolatedBy.map(({ policy, name }) => ({
    pod,
    policy: name,
    ...placeOf(policy.origin),
    selects: podsText(policy.subject),
  }));
}

function ruleRecord(trace: Trace, direction: Direction, pod: string, check: RuleCheck): object {
  const { other } = endsOf(trace, direction);
  const ports = check.ports?.map(({ index, port, fits, lacks }) => {
    const because = portLackTexts({ index, port, fits, lacks }, endName(trace.destination));
    return { index, path: port.origin.path, wants: portText(port), fits, lacks, because };
  });
  const peers = check.peers?.map(({ index, peer, fits, lacks, wantsBoth }) => {
    const wants = peerText(peer, check.policy.namespace);
    const because = peerLackTexts(lacks, endName(other), other.address);
    return { index, path: peer.origin.path, wants, wantsBoth, fits, lacks, because };
  });
  return {
    pod,
    policy: check.name,
    path: check.origin.path,
    ...placeOf(check.origin),
    port: { fits: check.portFits, entries: ports ?? null },
    peer: { fits: check.peerFits, entries: peers ?? null, alternatives: check.alternatives },
  };
}

function placeOf({ span }: Field): { readonly file: string; readonly line: number } {
  return { file: span.source.name, line: positionOf(span).line };
}
