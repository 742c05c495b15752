// How many rules the first packet of a connection meets. Later packets meet two.
import * as assert from 'uvu/assert';
import { parseAddress, type Address } from '../../../src/net/address.ts';
import type { NetworkPolicy } from '../../../src/policy/network-policy.ts';
import type { Pod } from '../../../src/snapshot/snapshot.ts';
import type { IptablesPlan } from '../../../targets/iptables/iptables-plan.ts';
import { ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { walk } from './walk.ts';
import { planned } from './worlds.ts';

const at = (text: string): Address => must(parseAddress(text), text);
const ip = (index: number): string => `10.1.${index >> 8}.${index & 255}`;
const pods = (count: number): readonly Pod[] =>
  Array.from({ length: count }, (_, index) => pod(`prod/p${index}`, { labels: { app: 'web' }, ips: [ip(index + 2)] }));
const everyone = podPeer(labels({ app: 'web' }));

function plan(count: number, policies: readonly NetworkPolicy[]): IptablesPlan {
  return planned(policies, { world: snapshot(pods(count), { prod: {} }) });
}

/** The most rules that a packet from any pod to any other, or from and to strangers, meets. */
function most(of: IptablesPlan, count: number, ports: readonly number[]): number {
  const ends = [...[...Array(count).keys()].map((index) => ip(index + 2)), '9.9.9.9', '11.0.0.1'];
  const walks = ends.flatMap((end, index) =>
    ports.map((each) => {
      const [source, destination] = [at(end), at(ends[(index * 7 + 3) % ends.length] ?? end)];
      return walk(of, 'forward', { source, destination, protocol: 'tcp', port: each }).met;
    }),
  );
  return Math.max(...walks);
}

describe('the cost of a new connection', (test) => {
  const open = [
    policy('prod/p', { ingress: [rule([everyone], [port('TCP', 80)])], egress: [rule([everyone], [port('TCP', 80)])] }),
  ];
  test('of one of 110 pods, restricted both ways, is tens of rules', () => {
    assert.ok(most(plan(110, open), 110, [80, 81]) <= 70);
  });
  test('of one of 2,000 pods is not twice as much', () => {
    assert.ok(most(plan(2000, open), 2000, [80, 81]) <= 110);
  });
  test('does not depend on how many policies a pod has', () => {
    const five = [0, 1, 2, 3, 4].map((index) => ({ ...must(open[0]), name: `p${index}` }));
    assert.is(most(plan(110, five), 110, [80]), most(plan(110, open), 110, [80]));
  });
  test('of forty port ranges with peers of their own is that of a tree', () => {
    const ingress = Array.from({ length: 40 }, (_, index) =>
      rule([ipBlock(`10.1.${index}.0/24`)], [port('TCP', 1000 * index + 1, 1000 * index + 500)]),
    );
    const ports = Array.from({ length: 40 }, (_, index) => 1000 * index + 7);
    assert.ok(most(plan(110, [policy('prod/p', { ingress })]), 110, ports) <= 55);
  });
});
