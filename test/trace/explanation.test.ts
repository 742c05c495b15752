// What must hold of every explanation, whatever the world.
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { NetworkPolicy } from '../../src/policy/network-policy.ts';
import { createOracle, type OracleWorld } from '../../src/trace/oracle.ts';
import { printTrace, traceDocument } from '../../src/trace/print-trace.ts';
import type { PodJudgement, RuleCheck } from '../../src/trace/reason.ts';
import { createTracer, type Trace } from '../../src/trace/trace.ts';
import { describe } from '../kit/suite.ts';
import { smallFlow, smallWorld } from './small-world.ts';

const asked = fc.record({
  world: smallWorld,
  flow: smallFlow,
  semantics: fc.record({ allowEgressToOwnNode: fc.boolean(), icmpEcho: fc.constant(false) }),
});

const holds = (check: (trace: Trace, question: typeof asked extends fc.Arbitrary<infer Q> ? Q : never) => void): void =>
  fc.assert(
    fc.property(asked, (question) => {
      const trace = createTracer(question.world, question.semantics)(question.flow);
      check(trace, question);
    }),
    { numRuns: 1500 },
  );

const judgements = (trace: Trace): readonly PodJudgement[] =>
  [trace.egress, trace.ingress].flatMap((side) => (side.kind === 'judged' ? side.pods : []));

/** The policies that a trace cites, and of each no more than the rules that it cites. */
function citedPolicies(trace: Trace): readonly NetworkPolicy[] {
  const cited = new Map<NetworkPolicy, NetworkPolicy>();
  for (const direction of ['egress', 'ingress'] as const) {
    const side = trace[direction];
    for (const { isolatedBy, allowedBy, missed } of side.kind === 'judged' ? side.pods : []) {
      const rules = new Set([...allowedBy, ...missed].map((check) => check.rule));
      for (const { policy } of isolatedBy) {
        const known = cited.get(policy) ?? { ...policy, ingress: null, egress: null };
        const more = (policy[direction] ?? []).filter((rule) => rules.has(rule));
        cited.set(policy, { ...known, [direction]: [...(known[direction] ?? []), ...more] });
      }
    }
  }
  return [...cited.values()];
}

/** Whether a rule that does not match says what it lacks, and of nothing that fits. */
function givesReasons({ portFits, peerFits, ports, peers }: RuleCheck): boolean {
  const entries = [...(portFits ? [] : (ports ?? [])), ...(peerFits ? [] : (peers ?? []))];
  const all = [...(ports ?? []), ...(peers ?? [])];
  return (
    entries.length > 0 &&
    entries.every((entry) => !entry.fits) &&
    all.every((entry) => entry.fits === (entry.lacks.length === 0))
  );
}

describe('every explanation', (test) => {
  test('has the oracle’s verdict', () =>
    holds((trace, { world, flow, semantics }) => assert.is(trace.verdict, createOracle(world, semantics)(flow))));
  test('cites enough: the cited rules alone give the same verdict', () =>
    holds((trace, { world, flow, semantics }) => {
      const policies = citedPolicies(trace);
      assert.is(createOracle({ ...world, policies }, semantics)(flow), trace.verdict);
    }));
  test('allows by a rule, or says of every rule what it lacks and what to change', () =>
    holds((trace) => {
      for (const { verdict, isolatedBy, allowedBy, missed, suggestion } of judgements(trace)) {
        assert.is(verdict === 'allow', isolatedBy.length === 0 || allowedBy.length > 0);
        assert.is(verdict === 'deny', suggestion !== null && suggestion !== '');
        assert.ok(missed.every(givesReasons));
      }
    }));
  test('is the same whatever the order of the policies', () =>
    holds((trace, { world, flow, semantics }) => {
      const reversed: OracleWorld = { ...world, policies: [...world.policies].reverse() };
      assert.is(printTrace(createTracer(reversed, semantics)(flow)), printTrace(trace));
    }));
  test('is plain JSON as a document', () =>
    holds((trace) => {
      const document = traceDocument(trace);
      assert.equal(JSON.parse(JSON.stringify(document)), document);
    }));
});
