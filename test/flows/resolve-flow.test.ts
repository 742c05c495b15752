import * as assert from 'uvu/assert';
import { parseFlows } from '../../src/flows/parse-flows.ts';
import { createFlowResolver } from '../../src/flows/resolve-flow.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { formatAddress } from '../../src/net/address.ts';
import type { Pod, Snapshot } from '../../src/snapshot/snapshot.ts';
import { wholeSource } from '../../src/source/source.ts';
import { pod, snapshot, type PodFacts } from '../kit/build.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

function onHostNetwork(key: string, facts: PodFacts, node: string | null): Pod {
  return { ...pod(key, facts), hostNetwork: true, live: false, node };
}

const world = snapshot(
  [
    pod('kube/finished', { ips: ['10.0.0.9'], live: false }),
    pod('kube/moved', { ips: ['192.168.0.3'] }),
    onHostNetwork('kube/proxy', { ips: ['192.168.0.1'] }, 'n1'),
    onHostNetwork('kube/proxy-elsewhere', { ips: ['192.168.0.7'] }, 'n7'),
    onHostNetwork('kube/proxy-nowhere', {}, null),
    pod('kube/starting', { live: false }),
    pod('prod/api', { ips: ['10.0.0.1', 'fd00::1'] }),
    pod('prod/db', { ips: ['fd00::2', '10.0.0.2'] }),
    pod('prod/four', { ips: ['10.0.0.4'] }),
    pod('prod/six', { ips: ['fd00::6'] }),
    pod('shop/web-7d9f-x2b', { ips: ['10.0.0.5'], workload: 'web' }),
  ],
  {},
  { n1: ['192.168.0.1', 'fd00:1::1'], n2: ['192.168.0.2'], n3: ['192.168.0.3'], bare: [] },
);

/** `source destination protocol/port sourceNode destinationNode` of the first flow. */
function resolve(statement: string, cluster: Snapshot = world): string {
  const { value, diagnostics } = resolveLine(statement, cluster);
  assert.equal(diagnostics, []);
  const { source, destination, protocol, port, sourceNode, destinationNode } = must(value);
  const addresses = `${formatAddress(source)} ${formatAddress(destination)}`;
  return `${addresses} ${protocol}/${port} ${sourceNode ?? '-'} ${destinationNode ?? '-'}`;
}

function resolveLine(statement: string, cluster: Snapshot): ReturnType<ReturnType<typeof createFlowResolver>> {
  const [line] = must(parseFlows(wholeSource('x.flows', statement)).value, statement);
  return createFlowResolver(cluster)(must(line));
}

function problemsOf(statement: string, cluster: Snapshot = world): readonly Diagnostic[] {
  const { value, diagnostics } = resolveLine(statement, cluster);
  assert.is(value, null, statement);
  return diagnostics;
}

describe('flows resolved', (test) => {
  const cases: readonly (readonly [what: string, statement: string, flow: string])[] = [
    ['two pods speak IPv4 when both have it', 'ask prod/api -> prod/db:80', '10.0.0.1 10.0.0.2 TCP/80 - -'],
    ['the family can be chosen', 'ask prod/api -> prod/db:80/UDP over IPv6', 'fd00::1 fd00::2 UDP/80 - -'],
    ['else they speak what both have', 'ask prod/six -> prod/db:80', 'fd00::6 fd00::2 TCP/80 - -'],
    ['an address decides the family', 'ask fd00::9 -> prod/db:80', 'fd00::9 fd00::2 TCP/80 - -'],
    ['outside addresses are just that', 'ask 1.2.3.4 -> 5.6.7.8:80', '1.2.3.4 5.6.7.8 TCP/80 - -'],
    ['a node is one of its addresses', 'ask node:n1 -> node:n2:80', '192.168.0.1 192.168.0.2 TCP/80 n1 n2'],
    ['a node has a family too', 'ask node:n1 -> prod/six:80', 'fd00:1::1 fd00::6 TCP/80 n1 -'],
    ['a hostNetwork pod is its node', 'ask kube/proxy -> prod/six:80', 'fd00:1::1 fd00::6 TCP/80 n1 -'],
    ['an address of a live pod is no node', 'ask 192.168.0.3 -> 10.0.0.1:80', '192.168.0.3 10.0.0.1 TCP/80 - -'],
    ['a node that only a pod tells of', 'ask node:n7 -> prod/four:80', '192.168.0.7 10.0.0.4 TCP/80 n7 -'],
    ['and its address', 'ask prod/four -> 192.168.0.7:80', '10.0.0.4 192.168.0.7 TCP/80 - n7'],
    ['an address of a finished pod is nobody', 'ask 10.0.0.9 -> prod/four:80', '10.0.0.9 10.0.0.4 TCP/80 - -'],
    ['a pod may speak to itself', 'ask prod/api -> prod/api:80', '10.0.0.1 10.0.0.1 TCP/80 - -'],
  ];
  for (const [what, statement, flow] of cases) {
    test(what, () => assert.is(resolve(statement), flow));
  }

  test('an address of a node means the node, at either end', () => {
    assert.is(resolve('ask 192.168.0.1 -> 192.168.0.2:80'), '192.168.0.1 192.168.0.2 TCP/80 n1 n2');
    assert.is(resolve('ask fd00:1::1 -> prod/six:80'), 'fd00:1::1 fd00::6 TCP/80 n1 -');
  });
});

describe('flows that do not resolve', (test) => {
  /** Code, the text under the caret, a phrase of the message and one of the hint. */
  const cases: readonly (readonly [statement: string, ...problems: (readonly [string, string, string, string])[]])[] = [
    ['ask prod/apj -> prod/db:80', ['NP1052', 'prod/apj', 'no pod `prod/apj`', 'did you mean `prod/api`?']],
    ['ask prod/API -> prod/db:80', ['NP1052', 'prod/API', 'no pod `prod/API`', 'did you mean `prod/api`?']],
    ['ask shop/web -> prod/db:80', ['NP1052', 'shop/web', 'no pod', 'did you mean `shop/web-7d9f-x2b`?']],
    ['ask shop/db -> prod/db:80', ['NP1052', 'shop/db', 'no pod', 'did you mean `prod/db`?']],
    ['ask prof/apj -> prod/db:80', ['NP1052', 'prof/apj', 'no pod', 'did you mean `prod/api`?']],
    ['ask prof/nonsense -> prod/db:80', ['NP1052', 'prof/nonsense', 'no pod', 'did you mean namespace `prod`?']],
    ['ask nothing/like -> prod/db:80', ['NP1052', 'nothing/like', 'no pod', 'no pod in namespace `nothing`']],
    ['ask prod/nonsense -> prod/db:80', ['NP1052', 'prod/nonsense', 'no pod', 'kubectl get pods -n prod']],
    ['ask node:n9 -> prod/db:80', ['NP1053', 'node:n9', 'no node `n9`', 'did you mean `node:n1`?']],
    ['ask node:else -> prod/db:80', ['NP1053', 'node:else', 'no node `else`', '']],
    [
      'ask prod/db -> host:backup:80',
      ['NP1054', 'host:backup', 'the input has no host `backup`', 'the address itself'],
    ],
    ['ask prod/db -> kube/finished:80', ['NP1055', 'kube/finished', 'has finished', 'a pod that runs']],
    ['ask kube/starting -> prod/db:80', ['NP1055', 'kube/starting', 'has no address yet', 'the snapshot again']],
    ['ask kube/proxy-nowhere -> prod/db:80', ['NP1055', 'kube/proxy-nowhere', 'is on none yet', 'the snapshot again']],
    ['ask prod/api -> prod/four:80 over IPv6', ['NP1056', 'prod/four', 'has no IPv6 address', 'it has IPv4 only']],
    ['ask node:n2 -> prod/six:80 over IPv6', ['NP1056', 'node:n2', 'has no IPv6 address', 'it has IPv4 only']],
    ['ask 1.2.3.4 -> prod/api:80 over IPv6', ['NP1056', '1.2.3.4', '`1.2.3.4` has no IPv6', 'leave the family out']],
    ['ask node:bare -> prod/api:80', ['NP1056', 'node:bare', '`node:bare` has no IP address', 'the address itself']],
    ['ask prod/four -> prod/six:80', ['NP1057', 'prod/six', '`prod/four` has IPv4 only and `prod/six` has IPv6', '']],
    ['ask 1.2.3.4 -> [fd00::7]:80', ['NP1057', '[fd00::7]', 'no packet can go between them', 'in one family']],
    ['ask node:n2 -> prod/six:80', ['NP1057', 'prod/six', '`node:n2` has IPv4 only', '']],
    ['ask prod/apj -> node:n9:80', ['NP1052', 'prod/apj', '', ''], ['NP1053', 'node:n9', '', '']],
    ['ask prod/four -> node:n2:80 over IPv6', ['NP1056', 'prod/four', '', ''], ['NP1056', 'node:n2', '', '']],
  ];
  for (const [statement, ...problems] of cases) {
    test(statement, () => {
      const diagnostics = problemsOf(statement);
      assert.equal(
        diagnostics.map(({ code, span }) => [code, statement.slice(span?.start, span?.end)]),
        problems.map(([code, marked]) => [code, marked]),
      );
      for (const [index, [, , message, hint]] of problems.entries()) {
        assert.ok(diagnostics[index]?.message.includes(message), diagnostics[index]?.message);
        assert.ok((diagnostics[index]?.hint ?? '').includes(hint), diagnostics[index]?.hint ?? 'no hint');
      }
    });
  }

  test('without any pod the hint says that a snapshot is missing', () => {
    const [problem] = problemsOf('ask prod/api -> 1.2.3.4:80', snapshot([]));
    assert.is(problem?.hint, 'the input has no pod at all: give a snapshot with -s');
  });

  test('without any node the hint says how to take a snapshot with nodes', () => {
    const [problem] = problemsOf('ask node:n1 -> prod/db:80', snapshot([pod('prod/db', { ips: ['10.0.0.2'] })]));
    assert.match(problem?.hint ?? '', 'kubectl get ns,nodes,pods');
  });

  test('a line whose ends have no places is reported as a whole', () => {
    const statement = 'ask prod/apj -> prod/db:80';
    const { endSpans, ...line } = must(parseFlows(wholeSource('x.flows', statement)).value?.[0]);
    assert.ok(endSpans);
    const [problem] = createFlowResolver(world)(line).diagnostics;
    assert.equal([problem?.span?.start, problem?.span?.end], [0, statement.length]);
  });

  test('after many unknown pods the nearest name is not searched any more', () => {
    const resolver = createFlowResolver(world);
    const [line] = must(parseFlows(wholeSource('x.flows', 'ask prod/apj -> prod/db:80')).value);
    const hints = Array.from({ length: 150 }, () => resolver(must(line)).diagnostics[0]?.hint ?? null);
    assert.is(hints[99], 'did you mean `prod/api`?');
    assert.is(hints[149], null);
  });
});
