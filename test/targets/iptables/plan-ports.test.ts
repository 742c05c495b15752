import * as assert from 'uvu/assert';
import type { PortRow } from '../../../src/ir/ir.ts';
import { createChainBook } from '../../../targets/iptables/chain-book.ts';
import type { Chain, Rule } from '../../../targets/iptables/iptables-plan.ts';
import { planPorts, type PortGroup } from '../../../targets/iptables/plan-ports.ts';
import { ruleText } from '../../../targets/iptables/rule-text.ts';
import { describe } from '../../kit/suite.ts';

type Ports = readonly [transport: PortRow['transport'], first: number, last?: number];

const group = (...ports: readonly Ports[]): PortGroup => ({
  rows: ports.map(([transport, first, last = first]) => ({ transport, first, last, peers: 'x', origins: [] })),
  verdict: { kind: 'return' },
  comment: null,
});
const refusal: Rule = { matches: [], verdict: { kind: 'drop' }, comment: null };

interface Planned {
  readonly lines: readonly string[];
  readonly chains: readonly Chain[];
}

function planned(...groups: readonly PortGroup[]): Planned {
  const book = createChainBook('IPv4', ({ name }) => name);
  const rules = planPorts(groups, 'owner', refusal, book);
  const chains = rules.flatMap(({ verdict }) => ('chain' in verdict ? book.from([verdict.chain]) : []));
  return { lines: rules.map(ruleText), chains };
}

const single = (count: number): readonly Ports[] =>
  Array.from({ length: count }, (_, index) => ['TCP', 2 * index + 1] as const);
const ranges = (count: number): readonly Ports[] =>
  Array.from({ length: count }, (_, index) => ['TCP', 10 * index + 1, 10 * index + 5] as const);

describe('ports', (test) => {
  test('of equal peers are one rule', () => {
    assert.equal(planned(group(['TCP', 80], ['TCP', 443], ['TCP', 8000, 8080])).lines, [
      '-p tcp -m multiport --dports 80,443,8000:8080 -j RETURN',
    ]);
  });
  test('fifteen fit into a rule, sixteen do not; a range counts two', () => {
    assert.equal(
      [15, 16, 30].map((count) => planned(group(...single(count))).lines.length),
      [1, 2, 2],
    );
    assert.equal(
      [7, 8].map((count) => planned(group(...ranges(count))).lines.length),
      [1, 2],
    );
    assert.is(planned(group(...ranges(7), ['TCP', 5000])).lines.length, 1);
    assert.is(planned(group(['TCP', 99], ...single(1), ...ranges(7).slice(1), ['TCP', 5000, 5001])).lines.length, 2);
  });
  test('every protocol has rules of its own', () => {
    assert.equal(planned(group(['SCTP', 80], ['TCP', 80], ['UDP', 80])).lines, [
      '-p sctp -m multiport --dports 80 -j RETURN',
      '-p tcp -m multiport --dports 80 -j RETURN',
      '-p udp -m multiport --dports 80 -j RETURN',
    ]);
  });
  test('all of them are the protocol', () => {
    assert.equal(planned(group(['UDP', 0, 65535])).lines, ['-p udp -j RETURN']);
  });
  test('protocols without ports are no ports', () => {
    assert.equal(planned(group(['OTHER', 0, 65535])).lines, []);
  });
  test('eight lines stand in a row; nine become a tree that refuses at the end of every node', () => {
    const groups = (count: number): readonly PortGroup[] =>
      Array.from({ length: count }, (_, index) => group(['TCP', 10 * index + 10]));
    assert.is(planned(...groups(8)).lines.length, 8);
    const { lines, chains } = planned(...groups(9));
    assert.equal(lines, [`-p tcp -g ${chains[0]?.name}`]);
    assert.equal(
      chains.map(({ rules }) => rules.map(ruleText)),
      [
        [
          `-p tcp -m multiport --dports 10:40 -g ${chains[1]?.name}`,
          `-p tcp -m multiport --dports 50:90 -g ${chains[2]?.name}`,
          '-j DROP',
        ],
        [10, 20, 30, 40].map((port) => `-p tcp -m multiport --dports ${port} -j RETURN`).concat('-j DROP'),
        [50, 60, 70, 80, 90].map((port) => `-p tcp -m multiport --dports ${port} -j RETURN`).concat('-j DROP'),
      ],
    );
  });
  test('every second port of all is a tree of three levels', () => {
    const { chains } = planned(group(...single(32_768)));
    const most = Math.max(...chains.map(({ rules }) => rules.length));
    assert.is(most, 32 + 1);
  });
});
