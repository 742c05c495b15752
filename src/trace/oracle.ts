// The reference: what policies mean for one flow, read off sections 5 and 10 of the semantics word by word. No sets, no IR, no
// compiler. Everything else is judged by it.
import type { Flow, Verdict } from '../net/flow.ts';
import type { SemanticsOptions } from '../net/semantics-options.ts';
import type { Policies } from '../policy/policies.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { indexFacts } from './facts.ts';
import { sideAllows } from './judge.ts';
import { isToSelf, sidesOf } from './side.ts';

/** What is judged: decoded policies and the cluster they stand in. */
export interface OracleWorld extends Policies {
  readonly snapshot: Snapshot;
}

/** Answers one flow. O(policies of the two namespaces, their rules and peers); microseconds in a small world. */
export type Oracle = (flow: Flow) => Verdict;

/**
 * Prepares the answers for a world, in O(pods + policies). `allowed(c) = exempt(c) ∨ (okOut(c) ∧ okIn(c))`.
 *
 * What the snapshot leaves open counts to the safe side, as with `--allow-incomplete` (S-303, S-323): where several pods
 * claim an address, every question about "the pod" there must be answered yes for all of them.
 */
export function createOracle(world: OracleWorld, options: SemanticsOptions): Oracle {
  const facts = indexFacts(world, world.snapshot);
  return (flow) => {
    const { egress, ingress } = sidesOf(facts, flow);
    const allowed = isToSelf(egress) || (sideAllows(facts, egress, options) && sideAllows(facts, ingress, options));
    return allowed ? 'allow' : 'deny';
  };
}
