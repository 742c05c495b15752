// Worlds in which pods are looked up by address and not one by one.
import * as assert from 'uvu/assert';
import { createCompiler } from '../../src/compile.ts';
import { defaultSemantics } from '../../src/net/semantics-options.ts';
import { parseClaims } from '../../src/prove/parse-claims.ts';
import { connectionText } from '../../src/prove/proof-words.ts';
import { prove } from '../../src/prove/prove.ts';
import { wholeSource } from '../../src/source/source.ts';
import { ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const count = 600;
const three = (index: number): string => String(index).padStart(3, '0');

/** 600 pods a/p-000 … of the workloads w0 … w9 at 10.0.x.y, every second one with an IPv6 address as well. */
const pods = Array.from({ length: count }, (_, index) => {
  const low = `${Math.floor(index / 256)}.${index % 256}`;
  const ips = [`10.0.${low}`, ...(index % 2 === 0 ? [`fd00::${index.toString(16)}`] : [])];
  return pod(`a/p-${three(index)}`, { ips, labels: { w: String(index % 10) }, workload: `w${index % 10}`, node: 'n1' });
});

/** Pods of w3 let in those of w1 on TCP 80, and 10.0.1.0/30 on everything; those of w5 may go nowhere. */
const policies = [
  policy('a/w3', {
    subject: labels({ w: '3' }),
    ingress: [rule([podPeer(labels({ w: '1' }))], [port('TCP', 80)]), rule([ipBlock('10.0.1.0/30')], null)],
  }),
  policy('a/w5', { subject: labels({ w: '5' }), egress: [] }),
];
const world = {
  snapshot: snapshot(pods, { a: {} }, { n1: ['192.168.0.1'] }),
  policies,
  clusterPolicies: [],
  skippedByKind: new Map<string, number>(),
  documentByPolicy: new Map(),
};
const options = { semantics: defaultSemantics, allowIncomplete: false };
const compiler = createCompiler(world, options);

describe('claims over many pods', (test) => {
  const cases: readonly (readonly [claim: string, result: string])[] = [
    // 10.0.1.0 … 10.0.1.3 are p-256 … p-259: of w6, w7, w8 and w9.
    ['never any -> a/w3', 'a/p-001 (10.0.0.1) -> a/p-003 (10.0.0.3) TCP 80, 5 pairs'],
    ['never any -> a/w3:81', 'a/p-256 (10.0.1.0) -> a/p-003 (10.0.0.3) TCP 81, 4 pairs'],
    // Only pods with even numbers have an IPv6 address.
    ['never any -> a/w3 over IPv6', 'empty'],
    ['never a/w5 -> any', 'holds'],
    ['never pods(w!=5) -> pods(w!=3):80 over IPv4', 'a/p-000 (10.0.0.0) -> a/p-001 (10.0.0.1) TCP 80, 81 pairs'],
    // Every workload but w5 reaches every one but w3, and w3 is reached from w1 alone, besides the block.
    ['never pods() -> pods():80 over IPv4', 'a/p-000 (10.0.0.0) -> a/p-001 (10.0.0.1) TCP 80, 86 pairs'],
    ['only a/w1, 10.0.1.0/30 -> a/w3', 'holds'],
    ['only a/w1 -> a/w3:80', 'a/p-256 (10.0.1.0) -> a/p-003 (10.0.0.3) TCP 80, 4 pairs'],
    ['always pods(w notin (3,5)) -> pods(w!=3)', 'holds'],
    ['always pods(w!=3) -> pods(w!=3)', 'a/p-005 (10.0.0.5) -> a/p-000 (10.0.0.0) TCP 1, 9 pairs'],
  ];
  for (const [claim, result] of cases) test(claim, () => assert.is(resultOf(claim), result));
});

function resultOf(claim: string): string {
  const claims = must(parseClaims(wholeSource('c.flows', claim)).value);
  const [proof] = must(prove(claims, { world, compiler, ...options }).value);
  const { result } = must(proof);
  if (result.kind !== 'fails') return result.kind;
  return `${connectionText(result.counterexample)}, ${result.pairs} pairs`;
}
