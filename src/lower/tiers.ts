// Ordered tiers → allows. First match is worked out once for all subjects of equal signature; what comes out needs no
// order and no deny. Source: section 12 of the semantics.
import { getOrMake } from '../collections/get-or-make.ts';
import { once } from '../collections/once.ts';
import { distinctOrigins } from '../ir/order.ts';
import type { Direction, Origin } from '../ir/ir.ts';
import { isEmpty } from '../net/address-set.ts';
import { allowTable, transports, type Allow, type AllowTable } from '../net/allow-table.ts';
import type { Partition } from '../net/partition.ts';
import { allPorts, protocols } from '../net/protocol.ts';
import { clusterPolicyKey, type ClusterPolicy, type Tier } from '../policy/cluster-policy.ts';
import type { Cluster } from '../resolve/cluster.ts';
import { portNumbers } from '../resolve/named-ports.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import { createFirstMatch, findTies, leftBy, type Decided, type State, type Step } from './first-match.ts';
import { originIn, type OriginatedAllow } from './originated-allow.ts';
import { createSelecting, type Selected } from './selecting.ts';
import { resolveTierRules, type SubjectRule } from './tier-rules.ts';

/** What the tiers around the NetworkPolicies say about a pod in one direction. */
export interface Tiers {
  /** Different for different tiers; equal ones are the same object. */
  readonly id: number;
  /** The policies with rules for the pod in this direction, sorted. */
  readonly origins: readonly Origin[];
  /** What is allowed when NetworkPolicies isolate the pod and have these allows: they decide what Admin leaves (S-1005). */
  readonly around: (allows: readonly OriginatedAllow[]) => readonly OriginatedAllow[];
  /** What is allowed when no NetworkPolicy isolates it: Baseline decides, and what it leaves is allowed (S-1001). */
  readonly alone: () => readonly OriginatedAllow[];
  /** Pairs of equal priority that decide differently about some connection (S-1007). */
  readonly ties: () => readonly (readonly [ClusterPolicy, ClusterPolicy])[];
}

/** Answers for a live pod; null when no rule of any tier is for it. */
export type TiersOf = (pod: Pod, direction: Direction) => Tiers | null;

/** Prepares the answers; rules are resolved when the first pod has some. Cost: see S-1208. */
export function createTiersOf(cluster: Cluster, policies: readonly ClusterPolicy[]): TiersOf {
  const selecting = createSelecting(cluster, policies);
  const pipelineBySelected = new Map<readonly Selected[], Pipeline>();
  const pipelineByKey = new Map<string, Pipeline>();
  const prepared = once(() => {
    const rules = resolveTierRules(cluster, policies);
    return { rules, makeTiers: createTiersMaker(rules.classes) };
  });
  const makePipeline = (selected: readonly Selected[], direction: Direction): Pipeline => {
    const names = selected.map(({ policy, certainty }) => [clusterPolicyKey(policy), certainty === 'certain']);
    return getOrMake(pipelineByKey, JSON.stringify([direction, names]), () => {
      const { rulesOf } = prepared().rules;
      const rules = selected.flatMap(({ policy, certainty }) => rulesOf(policy, direction, certainty));
      const origins = distinctOrigins(
        selected.map(({ policy }) => originIn(clusterPolicyKey(policy), policy.subject.origin)),
      );
      return { rules, origins, portNames: [...new Set(rules.flatMap(({ portNames }) => portNames))], tiers: new Map() };
    });
  };
  return (pod, direction) => {
    const selected = selecting(pod)[direction];
    if (selected.length === 0) return null;
    const { rules, origins, portNames, tiers } = getOrMake(pipelineBySelected, selected, () =>
      makePipeline(selected, direction),
    );
    if (rules.length === 0) return null;
    const numbers = portNames.map((name) => protocols.map((protocol) => portNumbers(pod.namedPorts, name, protocol)));
    return getOrMake(tiers, numbers.length === 0 ? '' : JSON.stringify(numbers), () => {
      const steps = rules.map(({ stepFor }) => stepFor(pod));
      return prepared().makeTiers(steps, origins);
    });
  };
}

/** The rules of all policies that select some pods, in order. */
interface Pipeline {
  readonly rules: readonly SubjectRule[];
  readonly origins: readonly Origin[];
  /** Looked up on the subject: pods that give them different numbers have different tiers. */
  readonly portNames: readonly string[];
  readonly tiers: Map<string, Tiers>;
}

function createTiersMaker(classes: Partition): (steps: readonly Step[], origins: readonly Origin[]) => Tiers {
  const firstMatch = createFirstMatch();
  const everything: State = {
    undecided: allowTable([{ peers: classes.all, transport: null, ports: allPorts }]),
    decided: [],
  };
  const leftByState = new WeakMap<State, State>();
  let count = 0;
  return (steps, origins) => {
    const of = (tier: Tier): readonly Step[] => steps.filter(({ policy }) => policy.tier === tier);
    const admin = firstMatch(everything, of('Admin'));
    const left = getOrMake(leftByState, admin, () => ({ undecided: leftBy(admin), decided: [] }));
    const accepted = once(() => acceptedBy(admin, classes));
    return {
      id: count++,
      origins,
      around: (allows) => [...accepted(), ...allows.flatMap((each) => within(each, left.undecided, classes))],
      alone: once(() => {
        const baseline = firstMatch(left, of('Baseline'));
        const denials = firstDenials([...admin.decided, ...baseline.decided]);
        return [
          ...accepted(),
          ...acceptedBy(baseline, classes),
          // What nobody decides is allowed: the denials around it say why it is no more than that.
          ...allowsOf(leftBy(baseline), classes, denials.length > 0 ? denials : origins),
        ];
      }),
      ties: once(() => [
        ...findTies(everything, of('Admin'), firstMatch),
        ...findTies(left, of('Baseline'), firstMatch),
      ]),
    };
  };
}

function acceptedBy({ decided }: State, classes: Partition): readonly OriginatedAllow[] {
  return decided.flatMap(({ action, table, origin }) =>
    action === 'Accept' ? allowsOf(table, classes, [origin]) : [],
  );
}

/** Of each policy the first rule that took something away: all of them would stand behind every row. */
function firstDenials(decided: readonly Decided[]): readonly Origin[] {
  const firstByPolicy = new Map<string, Origin>();
  for (const { action, origin } of decided) {
    if (action === 'Deny') getOrMake(firstByPolicy, origin.policy, () => origin);
  }
  return distinctOrigins([...firstByPolicy.values()]);
}

/** A table of first addresses, written out. */
function allowsOf(table: AllowTable, { expand }: Partition, origins: readonly Origin[]): readonly OriginatedAllow[] {
  return rectangles(table).flatMap((rectangle) => {
    const allow = { ...rectangle, peers: expand(rectangle.peers) };
    return origins.map((origin) => ({ allow, origin }));
  });
}

function rectangles({ every, rows }: AllowTable): readonly Allow[] {
  const always: readonly Allow[] = isEmpty(every) ? [] : [{ peers: every, transport: null, ports: allPorts }];
  const some = transports.flatMap((transport) =>
    rows[transport].map(({ first, last, peers }): Allow => ({ peers, transport, ports: { first, last } })),
  );
  return [...always, ...some];
}

/** The part of an allow that is among what a table of first addresses stands for. */
function within(
  { allow, origin }: OriginatedAllow,
  left: AllowTable,
  { restrict }: Partition,
): readonly OriginatedAllow[] {
  const everywhere = restrict(allow.peers, left.every);
  if (everywhere === allow.peers) return [{ allow, origin }];
  const parts = rectangles(left).flatMap(({ peers, transport, ports }): readonly Allow[] => {
    if (transport === null) return isEmpty(everywhere) ? [] : [{ ...allow, peers: everywhere }];
    if (allow.transport !== null && allow.transport !== transport) return [];
    const [first, last] = [Math.max(ports.first, allow.ports.first), Math.min(ports.last, allow.ports.last)];
    const both = first > last ? null : restrict(allow.peers, peers);
    return both === null || isEmpty(both) ? [] : [{ peers: both, transport, ports: { first, last } }];
  });
  return parts.map((part) => ({ allow: part, origin }));
}
