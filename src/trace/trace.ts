// The verdict with its whole reason. Every yes and no in it is the oracle's own.
import { formatAddress } from '../net/address.ts';
import type { Flow, Verdict } from '../net/flow.ts';
import type { SemanticsOptions } from '../net/semantics-options.ts';
import { policyKey } from '../policy/network-policy.ts';
import { podKey, type Pod, type Snapshot } from '../snapshot/snapshot.ts';
import { checkRule, sortByNearness } from './check-rule.ts';
import { indexFacts, type Facts } from './facts.ts';
import { isolatingPolicies, isOwnNode, podAllows, rulesOf, sideAllows } from './judge.ts';
import { decideTier, type TierDecision } from './judge-tiers.ts';
import { sameAddress } from './number.ts';
import type { OracleWorld } from './oracle.ts';
import type { PodJudgement } from './reason.ts';
import { isToSelf, sidesOf, type Direction, type End, type Side } from './side.ts';
import { suggestBefore, suggestChange } from './suggest.ts';

export interface Trace {
  readonly verdict: Verdict;
  readonly flow: Flow;
  readonly source: TraceEnd;
  readonly destination: TraceEnd;
  /** What the source's side says. Both sides are judged, also when one of them denies already. */
  readonly egress: TraceSide;
  /** What the destination's side says. */
  readonly ingress: TraceSide;
}

/** One end of the flow. */
export interface TraceEnd {
  /** Canonical text. */
  readonly address: string;
  /** `namespace/name` of the live pods that own the address; several in an unsound snapshot (S-323). */
  readonly pods: readonly string[];
  readonly node: string | null;
  /** `namespace/name` of the Service whose cluster address this is: packets meet policies under a pod's (S-420, S-421). */
  readonly service: string | null;
  /** Pods that have the address but do not count: finished ones, and those on the host's network (S-320). */
  readonly uncounted: readonly { readonly pod: string; readonly hostNetwork: boolean }[];
}

export type TraceSide =
  | {
      readonly kind: 'exempt';
      readonly verdict: 'allow';
      /** `not-a-pod`: it has no policies (S-506); `self`: S-601; `own-node`: S-603, S-604. */
      readonly why: 'not-a-pod' | 'self' | 'own-node';
    }
  | {
      readonly kind: 'judged';
      readonly verdict: Verdict;
      /** One, or every claimant of the address: all must allow (S-323). */
      readonly pods: readonly PodJudgement[];
    };

/**
 * Prepares explanations for a world, in O(pods + policies). Each question costs O(pods), plus the rules and peers of the
 * policies that select the two ends. The verdict equals the oracle's.
 */
export function createTracer(world: OracleWorld, options: SemanticsOptions): (flow: Flow) => Trace {
  const facts = indexFacts(world, world.snapshot);
  return (flow) => {
    const sides = sidesOf(facts, flow);
    const egress = traceSide(facts, sides.egress, options);
    const ingress = traceSide(facts, sides.ingress, options);
    return {
      verdict: egress.verdict === 'allow' && ingress.verdict === 'allow' ? 'allow' : 'deny',
      flow,
      source: traceEnd(world.snapshot, sides.egress.subject),
      destination: traceEnd(world.snapshot, sides.ingress.subject),
      egress,
      ingress,
    };
  };
}

function traceSide(facts: Facts, side: Side, options: SemanticsOptions): TraceSide {
  if (side.subject.pods.length === 0) return { kind: 'exempt', verdict: 'allow', why: 'not-a-pod' };
  if (isToSelf(side)) return { kind: 'exempt', verdict: 'allow', why: 'self' };
  if (isOwnNode(side, options)) return { kind: 'exempt', verdict: 'allow', why: 'own-node' };
  const verdict = sideAllows(facts, side, options) ? 'allow' : 'deny';
  return { kind: 'judged', verdict, pods: side.subject.pods.map((pod) => judgePod(facts, side, pod)) };
}

function judgePod(facts: Facts, side: Side, pod: Pod): PodJudgement {
  const verdict = podAllows(facts, side, pod) ? 'allow' : 'deny';
  const isolating = isolatingPolicies(facts, pod, side.direction);
  const admin = decideTier(facts, 'Admin', side, pod);
  const isFinal = admin !== null && admin.action !== 'Pass';
  const baseline = isFinal || isolating.length > 0 ? null : decideTier(facts, 'Baseline', side, pod);
  const asked = isFinal ? [] : isolating;
  const checks = asked.flatMap((policy) =>
    rulesOf(policy, side.direction).map((rule) => checkRule(facts, policy, rule, side, pod)),
  );
  const missed = verdict === 'allow' ? [] : sortByNearness(checks);
  const denial = [admin, baseline].find((decision) => decision?.action === 'Deny');
  return {
    pod: podKey(pod),
    verdict,
    admin,
    baseline,
    decidedBy: isFinal ? 'Admin' : isolating.length > 0 ? 'NetworkPolicy' : decidedBehind(baseline),
    isolatedBy: isolating.map((policy) => ({ policy, name: policyKey(policy) })),
    allowedBy: checks.filter((check) => check.portFits && check.peerFits),
    missed,
    suggestion:
      verdict === 'allow'
        ? null
        : denial !== undefined && denial !== null
          ? suggestBefore(denial)
          : suggest(facts, side, isolating, missed),
  };
}

/** Where no NetworkPolicy isolates the pod. Source: S-1001, S-1003. */
function decidedBehind(baseline: TierDecision | null): 'Baseline' | 'default' {
  return baseline === null || baseline.action === 'Pass' ? 'default' : 'Baseline';
}

function suggest(...[facts, side, isolating, missed]: [Facts, ...Parameters<typeof suggestChange>]): string {
  const service = serviceAt(facts.snapshot, side.peer);
  if (service === null) return suggestChange(side, isolating, missed);
  return `allow the pods behind Service ${service} at their target ports; rules for its own address have no effect`;
}

function traceEnd(snapshot: Snapshot, end: End): TraceEnd {
  const uncounted = snapshot.pods.filter(
    (pod) => !pod.live && pod.addresses.some((address) => sameAddress(address, end.address)),
  );
  return {
    address: formatAddress(end.address),
    pods: end.pods.map(podKey),
    node: end.node,
    service: serviceAt(snapshot, end),
    uncounted: uncounted.map((pod) => ({ pod: podKey(pod), hostNetwork: pod.hostNetwork })),
  };
}

function serviceAt(snapshot: Snapshot, { address, pods, node }: End): string | null {
  if (pods.length > 0 || node !== null) return null;
  const service = snapshot.services.find(({ clusterIPs }) => clusterIPs.some((each) => sameAddress(each, address)));
  return service === undefined ? null : `${service.namespace}/${service.name}`;
}

/** The end whose policies a direction asks, and the one across. */
export function endsOf(trace: Trace, direction: Direction): { readonly subject: TraceEnd; readonly other: TraceEnd } {
  const { source, destination } = trace;
  return direction === 'egress' ? { subject: source, other: destination } : { subject: destination, other: source };
}
