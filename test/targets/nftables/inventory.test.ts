import * as assert from 'uvu/assert';
import type { NetworkPolicy } from '../../../src/policy/network-policy.ts';
import { nftables } from '../../../targets/nftables/index.ts';
import { ipBlock, labels, policy, port, rule } from '../../kit/build.ts';
import { describe } from '../../kit/suite.ts';
import {
  apiToDb,
  apiToMetrics,
  changes,
  compiled,
  denyAll,
  inventoryOf,
  webToDb,
  webToMetrics,
} from '../inventory-worlds.ts';

const db = labels({ name: 'db' });
const inventory = (...policies: readonly NetworkPolicy[]): ReturnType<typeof inventoryOf> =>
  inventoryOf(nftables, compiled(policies));

describe('what an nftables ruleset consists of', (test) => {
  test('without policies there is nothing beyond what every ruleset has', () => {
    assert.equal(inventory(), { sets: [], elements: [], rules: [] });
  });
  test('named sets and maps are sets, their elements and the looked-up ports are elements', () => {
    const { sets, elements, rules } = inventory(apiToDb);
    assert.equal(sets, ['ingress4', 'self4', 'ipv4_addr']);
    assert.equal(elements, [
      'ingress4 10.0.0.7 ingress of prod/db',
      '10.0.0.7 . 10.0.0.7',
      '10.0.0.9',
      'ingress of prod/db tcp . 5432',
    ]);
    assert.equal(rules, [
      'refuse drop',
      'refuse @self4 accept',
      'ingress of prod/db port vmap',
      'ingress of prod/db goto refuse',
      'ingress of prod/db ports ip saddr @ipv4_addr return',
      'ingress of prod/db ports goto refuse',
      'forward @ingress4',
      'forward link-local source',
      'forward link-local destination',
    ]);
  });
  test('one more peer on a port is one more element, though its set and all chains get other names', () => {
    assert.equal(changes(inventory(apiToDb), inventory(apiToDb, webToDb)), ['+ element 10.0.0.5']);
    assert.equal(changes(inventory(apiToDb, webToDb), inventory(apiToDb)), ['- element 10.0.0.5']);
  });
  test('one more port for the same peers is one more element', () => {
    assert.equal(changes(inventory(apiToDb), inventory(apiToDb, apiToMetrics)), [
      '+ element ingress of prod/db tcp . 80',
    ]);
  });
  test('another port for other peers is a set, two elements, and the two rules of its chain', () => {
    assert.equal(changes(inventory(apiToDb), inventory(apiToDb, webToMetrics)), [
      '+ set ipv4_addr',
      '+ element 10.0.0.5',
      '+ element ingress of prod/db tcp . 80',
      '+ rule ingress of prod/db ports goto refuse',
      '+ rule ingress of prod/db ports ip saddr @ipv4_addr return',
    ]);
  });
  test('an endpoint that leaves a shared profile is one element that changed, and a profile of its own', () => {
    assert.equal(changes(inventory(denyAll), inventory(denyAll, apiToDb)), [
      '+ set ipv4_addr',
      '- element ingress4 10.0.0.7 ingress of prod/api',
      '+ element 10.0.0.9',
      '+ element ingress of prod/db tcp . 5432',
      '+ element ingress4 10.0.0.7 ingress of prod/db',
      '+ rule ingress of prod/db goto refuse',
      '+ rule ingress of prod/db port vmap',
      '+ rule ingress of prod/db ports goto refuse',
      '+ rule ingress of prod/db ports ip saddr @ipv4_addr return',
    ]);
  });
  test('blocks, ranges, whole protocols and whole families have words of their own', () => {
    const egress = [
      rule([ipBlock('10.9.0.0/16')], [port('UDP', 1000, 2000)]),
      rule([ipBlock('0.0.0.0/0')], [port('SCTP', 1, 65535)]),
    ];
    const { sets, elements, rules } = inventory(policy('prod/p', { subject: db, egress }));
    assert.equal(sets, ['egress4', 'self4', 'ipv4_addr intervals']);
    assert.equal(elements.slice(2), ['10.9.0.0/16', 'egress of prod/db udp . 1000-2000']);
    assert.equal(rules.slice(2, 9), [
      'egress of prod/db udp range vmap',
      'egress of prod/db sctp goto',
      'egress of prod/db goto refuse',
      'egress of prod/db ports meta nfproto ipv4 return',
      'egress of prod/db ports goto refuse',
      'egress of prod/db ports ip daddr @ipv4_addr intervals return',
      'egress of prod/db ports goto refuse',
    ]);
    assert.equal(rules.slice(9, 13), ['forward @egress4', 'input established', 'input control', 'input @egress4']);
  });
  test('peers on everything have a rule before all ports', () => {
    const { rules } = inventory(policy('prod/p', { subject: db, ingress: [rule([ipBlock('10.9.0.0/16')], null)] }));
    assert.equal(rules.slice(2, 4), [
      'ingress of prod/db ip saddr @ipv4_addr intervals return',
      'ingress of prod/db goto refuse',
    ]);
  });
});
