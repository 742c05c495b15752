// Addresses of pods that do not exist: nobody has them, and no policy means them.
import * as assert from 'uvu/assert';
import { cidrSet, contains } from '../../src/net/address-set.ts';
import { formatAddress, parseAddress } from '../../src/net/address.ts';
import { parseCidr } from '../../src/net/cidr.ts';
import type { World } from '../../src/input/world.ts';
import { everything } from '../../src/policy/label-selector.ts';
import type { IpBlockPeer } from '../../src/policy/network-policy.ts';
import { freeAddresses } from '../../src/stand-ins/free-addresses.ts';
import { field, ipBlock, pod, podPeer, policy, rule, snapshot } from '../kit/build.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { worldAround, worldOf } from './worlds.ts';

function firstOf(count: number, ...worlds: readonly World[]): readonly string[] {
  const addresses = freeAddresses(worlds);
  return Array.from({ length: count }, () => addresses.next().value.map(formatAddress).join(' '));
}

const blocking = (...blocks: readonly IpBlockPeer[]): World =>
  worldOf({ policies: [policy('a/p', { egress: [rule(blocks, null)] })] });

describe('free addresses', (test) => {
  test('they are reserved ones of both families, in order', () => {
    assert.equal(firstOf(3, worldOf({})), ['240.0.0.1 100::1', '240.0.0.2 100::2', '240.0.0.3 100::3']);
  });

  test('they are addresses as decoders take them', () => {
    const [first] = firstOf(1, worldOf({}));
    for (const text of must(first).split(' ')) assert.is(formatAddress(must(parseAddress(text))), text);
  });

  test('none belongs to a pod, live or not, a node, a service or a name, in any world', () => {
    const cluster = snapshot(
      [pod('a/a', { ips: ['240.0.0.1'] }), pod('a/b', { ips: ['100::2'], live: false })],
      {},
      { n1: ['240.0.0.3'] },
    );
    const address = (text: string) => must(parseAddress(text));
    const source = { name: 'c.yaml', text: null, line: 1, column: 1 };
    const service = {
      namespace: 'a',
      name: 's',
      type: 'ClusterIP',
      selector: null,
      ports: [],
      externalTrafficPolicy: 'Cluster',
      source,
    } as const;
    const records = [{ name: 'example.com', addresses: [address('240.0.0.7')] }];
    const more = {
      ...snapshot([]),
      services: [{ ...service, clusterIPs: [address('240.0.0.5')] }],
      dnsSnapshots: [{ name: 'd', records, source }],
    };
    assert.equal(firstOf(4, worldAround(cluster, {}), worldAround(more, {})), [
      '240.0.0.2 100::1',
      '240.0.0.4 100::3',
      '240.0.0.6 100::4',
      '240.0.0.8 100::5',
    ]);
  });

  test('none is in a block or an exception of a policy', () => {
    assert.equal(firstOf(1, blocking(ipBlock('240.0.0.0/8'))), ['241.0.0.0 100::1']);
    assert.equal(firstOf(1, blocking(ipBlock('240.0.0.1'), ipBlock('100::/120'))), ['240.0.0.2 100::100']);
    assert.equal(firstOf(2, blocking(ipBlock('240.0.0.2/31'))), ['240.0.0.1 100::1', '240.0.0.4 100::2']);
    assert.equal(firstOf(1, blocking(ipBlock('::/0', '100::/64'))), ['240.0.0.1 2001:db8::']);
    assert.equal(firstOf(1, blocking(ipBlock('0.0.0.0/0', '10.0.0.0/8', '240.0.0.0/4'))), ['198.18.0.0 100::1']);
    const ingress = worldOf({ policies: [policy('a/p', { ingress: [rule([ipBlock('240.0.0.0/9')], null)] })] });
    assert.equal(firstOf(1, worldOf({}), ingress), ['240.128.0.0 100::1']);
  });

  test('networks of tiers count as blocks of policies do', () => {
    const cidr = must(parseCidr('240.0.0.0/8').cidr);
    const peers = [{ kind: 'networks' as const, cidrs: [cidr], origin: field('') }];
    const world = worldOf({
      clusterPolicies: [
        {
          kind: 'ClusterNetworkPolicy',
          name: 'guard',
          tier: 'Admin',
          priority: 1,
          subject: podPeer(everything, everything),
          ingress: [],
          egress: [{ name: null, action: 'Deny', peers, ports: null, origin: field('') }],
          origin: field(''),
        },
      ],
    });
    assert.equal(firstOf(1, world), ['241.0.0.0 100::1']);
  });

  test('those of nodes for their pods are left alone', () => {
    const cluster = snapshot([], {}, { n1: [] });
    const node = { ...must(cluster.nodeByName.get('n1')), podCidrs: ['240.0.0.0/16', '100::/96'] };
    const world = worldAround({ ...cluster, nodeByName: new Map([['n1', node]]) }, {});
    assert.equal(firstOf(1, world), ['240.1.0.0 100::1:0:0']);
  });

  test('the blocks of everything hold every pod, so that they do not matter', () => {
    assert.equal(firstOf(1, blocking(ipBlock('0.0.0.0/0', '10.0.0.0/8'), ipBlock('::/0'))), ['240.0.0.1 100::1']);
  });

  test('where all reserved ranges are meant, others serve; none that no pod could have', () => {
    const reserved = ['240.0.0.0/4', '198.18.0.0/15', '100::/64', '2001:db8::/32'].map((each) => ipBlock(each));
    assert.equal(firstOf(1, blocking(...reserved)), ['1.0.0.0 100:0:0:1::']);
  });

  test('where everything is meant, the reserved ones serve, each once', () => {
    const halves = ['0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1'].map((each) => ipBlock(each));
    assert.equal(firstOf(2, blocking(...halves)), ['240.0.0.1 100::1', '240.0.0.2 100::2']);
    const nearly = ['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/3', '224.0.0.0/4', '240.0.0.0/5', '248.0.0.0/6'];
    const more = ['252.0.0.0/7', '254.0.0.0/8', '255.0.0.0/9', '255.128.0.0/10', '255.192.0.0/11', '255.224.0.0/12'];
    const last = ['255.240.0.0/13', '255.248.0.0/14', '255.252.0.0/15', '255.254.0.0/16', '255.255.0.0/17'];
    const end = ['255.255.128.0/18', '255.255.192.0/19', '255.255.224.0/20', '255.255.240.0/21', '255.255.248.0/22'];
    const tail = [
      '255.255.252.0/23',
      '255.255.254.0/24',
      '255.255.255.0/25',
      '255.255.255.128/26',
      '255.255.255.192/27',
    ];
    const rest = ['255.255.255.224/28', '255.255.255.240/29', '255.255.255.248/30'];
    const blocks = [...nearly, ...more, ...last, ...end, ...tail, ...rest].map((each) => ipBlock(each));
    // .252 to .254 are left: .255 is nobody's.
    assert.equal(
      firstOf(4, blocking(...blocks)).map((each) => each.split(' ')[0]),
      ['255.255.255.252', '255.255.255.253', '255.255.255.254', '240.0.0.1'],
    );
  });

  test('a thousand of them are different and in no block', () => {
    const blocks = ['240.0.0.0/25', '240.0.1.0/24', '240.0.2.7', '100::/121', '100::1:0/112'].map((each) =>
      ipBlock(each),
    );
    const found = firstOf(1000, blocking(...blocks)).flatMap((each) => each.split(' '));
    assert.is(new Set(found).size, 2000);
    for (const text of found) {
      const address = must(parseAddress(text));
      assert.is(
        blocks.some(({ cidr }) => contains(cidrSet(cidr), address)),
        false,
        text,
      );
    }
  });
});
