import * as assert from 'uvu/assert';
import { parseAddress } from '../../../src/net/address.ts';
import type { IptablesPlan } from '../../../targets/iptables/iptables-plan.ts';
import { ipBlock, policy, rule } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { walk, type Packet, type Walk } from './walk.ts';
import { chainsOf, db, planned } from './worlds.ts';

const bothWays = [policy('prod/p', { subject: db, ingress: [], egress: [] })];

const verdict = (
  plan: IptablesPlan,
  hook: 'forward' | 'input',
  source: string,
  destination: string,
  rest: Partial<Packet> = {},
): Walk['verdict'] => {
  const packet = {
    source: must(parseAddress(source)),
    destination: must(parseAddress(destination)),
    protocol: 'tcp',
    port: 80,
    ...rest,
  };
  return walk(plan, hook, packet).verdict;
};

describe('the hooks', (test) => {
  test('forwarded packets: what is established, then control messages, then egress and then ingress', () => {
    const plan = planned(bothWays);
    assert.equal(chainsOf(plan, 'IPv4', 'F'), [
      ['-m conntrack --ctstate ESTABLISHED -j RETURN', '-p icmp -g NPC1-C', '-g NPC1-J'],
    ]);
    assert.equal(chainsOf(plan, 'IPv4', 'J'), [['-j NPC1-E', '-j NPC1-I']]);
    assert.equal(chainsOf(plan, 'IPv6', 'J'), [
      ['-s fe80::/10 -j DROP', '-d fe80::/10 -j DROP', '-j NPC1-E', '-j NPC1-I'],
    ]);
  });
  test('packets for the node: the same without ingress (S-604)', () => {
    const plan = planned(bothWays);
    assert.equal(chainsOf(plan, 'IPv4', 'N'), [
      ['-m conntrack --ctstate ESTABLISHED -j RETURN', '-p icmp -g NPC1-C', '-g NPC1-E'],
    ]);
    assert.is(verdict(plan, 'input', '10.0.0.7', '192.168.0.1'), 'drop');
    assert.is(verdict(plan, 'input', '10.0.0.9', '192.168.0.1'), 'pass');
    assert.is(verdict(plan, 'input', '192.168.0.9', '10.0.0.7'), 'pass');
  });
  test('nobody judges what pods send to their node when they may, or when none is restricted for egress', () => {
    for (const plan of [
      planned(bothWays, { semantics: { allowEgressToOwnNode: true } }),
      planned([policy('prod/p', { subject: db, ingress: [] })]),
      planned([]),
    ]) {
      assert.equal([chainsOf(plan, 'IPv4', 'N'), chainsOf(plan, 'IPv6', 'N')], [[[]], [[]]]);
    }
  });
  test('without restricted endpoints only redirects and router advertisements are stopped', () => {
    const plan = planned([]);
    assert.equal(chainsOf(plan, 'IPv4', 'F'), [['-m conntrack --ctstate ESTABLISHED -j RETURN', '-p icmp -g NPC1-C']]);
    assert.equal([chainsOf(plan, 'IPv4', 'J'), chainsOf(plan, 'IPv6', 'J'), plan.sets], [[], [], []]);
    assert.is(verdict(plan, 'forward', '10.0.0.7', '10.0.0.9', { protocol: 'icmp', icmpType: 5 }), 'drop');
    assert.is(verdict(plan, 'forward', 'fe80::1', 'fd00::9'), 'pass');
  });
});

describe('control messages (S-431)', (test) => {
  const passing = (
    plan: IptablesPlan,
    hook: 'forward' | 'input',
    state: 'ESTABLISHED' | 'RELATED' | null,
  ): readonly string[] => {
    const found: string[] = [];
    for (const [protocol, source] of [
      ['icmp', '10.0.0.7'],
      ['ipv6-icmp', 'fd00::7'],
    ] as const) {
      for (let icmpType = 0; icmpType < 256; icmpType++) {
        const rest: Partial<Packet> = { protocol, icmpType, ...(state === null ? {} : { state }) };
        if (verdict(plan, hook, source, source.replace('7', '1'), rest) === 'pass')
          found.push(`${protocol} ${icmpType}`);
      }
    }
    return found;
  };
  const neighbours = [130, 131, 132, 133, 135, 136, 143].map((type) => `ipv6-icmp ${type}`);

  test('of an isolated pod: neighbour discovery and listener messages, and errors that are about a connection', () => {
    for (const hook of ['forward', 'input'] as const) {
      assert.equal(passing(planned(bothWays), hook, null), neighbours);
      assert.equal(passing(planned(bothWays), hook, 'RELATED'), [
        ...['icmp 3', 'icmp 11', 'icmp 12'],
        ...[1, 2, 3, 4].map((type) => `ipv6-icmp ${type}`),
        ...neighbours,
      ]);
    }
  });
  test('echo passes where it is to', () => {
    assert.equal(passing(planned(bothWays, { semantics: { icmpEcho: true } }), 'forward', null), [
      ...['icmp 0', 'icmp 8', 'ipv6-icmp 128', 'ipv6-icmp 129'],
      ...neighbours,
    ]);
  });
  test('redirects and router advertisements are never forwarded, whatever a policy allows', () => {
    const open = planned([
      policy('prod/p', { subject: db, egress: [rule([ipBlock('0.0.0.0/0'), ipBlock('::/0')], null)] }),
    ]);
    for (const plan of [open, planned([])]) {
      for (const state of [null, 'RELATED'] as const) {
        const passed = new Set(passing(plan, 'forward', state));
        assert.equal(
          [passed.has('icmp 5'), passed.has('ipv6-icmp 134'), passed.has('ipv6-icmp 137'), passed.size],
          [false, false, false, 512 - 3],
        );
      }
    }
  });
  test('what belongs to a connection passes', () => {
    assert.is(passing(planned(bothWays), 'forward', 'ESTABLISHED').length, 512);
  });
});

describe('link-local addresses', (test) => {
  test('are not forwarded once an endpoint is restricted, in whichever direction and family (S-427)', () => {
    const only4 = [policy('prod/p', { subject: db, ingress: [rule([ipBlock('::/0')], null)] })];
    for (const policies of [bothWays, only4, [policy('prod/p', { subject: db, egress: [] })]]) {
      const plan = planned(policies);
      assert.is(verdict(plan, 'forward', 'fe80::1', 'fd00::9'), 'drop');
      assert.is(verdict(plan, 'forward', 'fd00::9', 'febf:ffff::1'), 'drop');
      assert.is(verdict(plan, 'forward', 'fd00::9', 'fec0::1'), 'pass');
      assert.is(verdict(plan, 'input', 'fe80::1', 'fe80::2'), 'pass');
    }
  });
});
