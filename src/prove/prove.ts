// Claims and a world → which of them hold, by sets and never by sampling; and for each that does not, a connection to show.
import { unlessTooLarge } from '../compile.ts';
import { hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { createFlowResolver, type FlowResolver } from '../flows/resolve-flow.ts';
import type { Flow } from '../net/flow.ts';
import { arePortsDisjoint, portsOf } from '../net/port-set.ts';
import type { Claim, FlowClaim } from './claim.ts';
import {
  counterexampleOf,
  exampleAt,
  passingBoth,
  smallerPair,
  smallestPair,
  type Counterexample,
  type Pair,
} from './counterexample.ts';
import { judge, partyAt } from './judge.ts';
import { outsideCells } from './outside-cells.ts';
import { createPairCount } from './pair-count.ts';
import { podCells } from './pod-cells.ts';
import type { Cell, Question } from './question.ts';
import { askClaim, type Asked } from './questions.ts';
import { createTerrain, type ProvenWorld, type Terrain } from './terrain.ts';

export interface Proof {
  readonly claim: Claim;
  readonly result: ProofResult;
}

export type ProofResult =
  | { readonly kind: 'holds' }
  | {
      readonly kind: 'fails';
      /** The smallest connection that breaks the claim. */
      readonly counterexample: Counterexample;
      /** Of workloads that break it; of flows, how many break it. */
      readonly pairs: number;
    }
  /** It holds because it, or one of its ends, is about no connection. */
  | { readonly kind: 'empty'; readonly reason: string };

/**
 * Decides claims, in the order given. Names that nothing has are errors (NP1052 to NP1057, NP1071 to NP1073).
 *
 * What policies do not judge is not meant: a pod and itself (S-601), two ends that are no pods (S-506), a pod and its own
 * node (S-603, S-604) unless the claim names the node. Cost: O(pods) an end, and the sides of the endpoints that are meant.
 */
export function prove(claims: readonly Claim[], proven: ProvenWorld): Outcome<readonly Proof[]> {
  const terrain = createTerrain(proven);
  const resolve = createFlowResolver(proven.world.snapshot);
  const prepared = claims.map((claim) => prepare(claim, terrain, resolve));
  const problems = prepared.flatMap((each) => each.problems);
  if (hasErrors(problems)) return { value: null, diagnostics: problems };
  const { value, diagnostics } = unlessTooLarge(() => prepared.map(({ decide }) => decide()));
  return { value, diagnostics: [...problems, ...diagnostics] };
}

/** Every name has been looked up before anything is decided. */
interface Prepared {
  readonly problems: readonly Diagnostic[];
  readonly decide: () => Proof;
}

function prepare(claim: Claim, terrain: Terrain, resolve: FlowResolver): Prepared {
  if ('flows' in claim) {
    const outcomes = claim.flows.map(resolve);
    const flows = outcomes.flatMap(({ value }) => value ?? []);
    // The ports of a line have the same ends, so their problems are the same.
    const problems = outcomes.find(({ value }) => value === null)?.diagnostics ?? [];
    return { problems, decide: () => ({ claim, result: decideFlows(terrain, claim, flows) }) };
  }
  const { asked, problems } = askClaim(terrain, claim);
  return { problems, decide: () => ({ claim, result: decideSets(terrain, asked) }) };
}

/** What breaks a claim counts for more than that a part of it is about nothing. */
function decideSets(terrain: Terrain, { questions, emptiness }: Asked): ProofResult {
  const count = createPairCount(terrain);
  let smallest: Pair | null = null;
  for (const cell of cellsOf(terrain, questions)) {
    const pair = smallestPair(terrain, cell);
    if (pair === null) continue;
    count.add(cell);
    smallest = smallerPair(terrain, smallest, pair);
  }
  if (smallest !== null) {
    return { kind: 'fails', counterexample: counterexampleOf(terrain, smallest), pairs: count.total() };
  }
  return emptiness === null ? { kind: 'holds' } : { kind: 'empty', reason: emptiness };
}

function* cellsOf(terrain: Terrain, questions: readonly Question[]): Iterable<Cell> {
  for (const question of questions) {
    yield* podCells(terrain, question);
    yield* outsideCells(terrain, question);
  }
}

/** Exactly these, with what is exempt from policies: `allow` and `deny` say what `netpolc test` says. */
function decideFlows(terrain: Terrain, { kind }: FlowClaim, flows: readonly Flow[]): ProofResult {
  const broken = flows.flatMap((flow): readonly Counterexample[] => {
    const source = partyAt(terrain, flow.source, flow.sourceNode);
    const destination = partyAt(terrain, flow.destination, flow.destinationNode);
    const judgement = judge(terrain, source, destination);
    const asked = portsOf(flow.protocol, { first: flow.port, last: flow.port });
    const verdict = arePortsDisjoint(passingBoth(judgement), asked) ? 'deny' : 'allow';
    return verdict === kind ? [] : [exampleAt({ source, destination }, judgement, flow.protocol, flow.port)];
  });
  const [first] = broken;
  return first === undefined ? { kind: 'holds' } : { kind: 'fails', counterexample: first, pairs: broken.length };
}
