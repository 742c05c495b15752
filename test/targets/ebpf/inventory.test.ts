import * as assert from 'uvu/assert';
import type { NetworkPolicy } from '../../../src/policy/network-policy.ts';
import type { Inventory } from '../../../src/target.ts';
import { ebpf } from '../../../targets/ebpf/index.ts';
import { ipBlock, labels, pod, policy, port, rule, snapshot } from '../../kit/build.ts';
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
const inventory = (...policies: readonly NetworkPolicy[]): Inventory => inventoryOf(ebpf, compiled(policies));

describe('what eBPF maps consist of', (test) => {
  test('every plan has all maps; what says who is allowed what are rules, all other entries elements', () => {
    const { sets, elements, rules } = inventory(apiToDb);
    assert.equal(sets, [
      ...['config', 'endpoints4', 'endpoints6', 'profiles', 'ports'],
      ...['peers4', 'peers6', 'blocks4', 'blocks6', 'members'],
    ]);
    assert.equal(elements, ['flags 4', '10.0.0.7 open, ingress of prod/db', '10.0.0.9', 'member']);
    assert.equal(rules, ['ingress of prod/db everything nobody', 'ingress of prod/db 6 5432/16']);
  });
  test('one more peer on a port is one more element', () => {
    assert.equal(changes(inventory(apiToDb), inventory(apiToDb, webToDb)), ['+ element 10.0.0.5']);
  });
  test('one more port for the same peers is one more rule', () => {
    assert.equal(changes(inventory(apiToDb), inventory(apiToDb, apiToMetrics)), ['+ rule ingress of prod/db 6 80/16']);
  });
  test('another port for other peers is a rule, an address and its membership', () => {
    assert.equal(changes(inventory(apiToDb), inventory(apiToDb, webToMetrics)), [
      '+ element 10.0.0.5',
      '+ element member',
      '+ rule ingress of prod/db 6 80/16',
    ]);
  });
  test('an endpoint that leaves a shared profile is one element that changed, and a profile of its own', () => {
    assert.equal(changes(inventory(denyAll), inventory(denyAll, apiToDb)), [
      '- element 10.0.0.7 open, ingress of prod/api',
      '+ element 10.0.0.7 open, ingress of prod/db',
      '+ element 10.0.0.9',
      '+ element member',
      '+ rule ingress of prod/db 6 5432/16',
      '+ rule ingress of prod/db everything nobody',
    ]);
  });
  test('exceptions are addresses of nobody, and blocks are prefixes, in both families', () => {
    const egress = [rule([ipBlock('10.8.0.0/16', '10.8.0.1/32'), ipBlock('2001:db8::/32')], null)];
    const world = snapshot([pod('prod/db-0', { labels: { name: 'db' }, ips: ['fd00::7'], workload: 'db' })], {
      prod: {},
    });
    const { elements, rules } = inventoryOf(ebpf, compiled([policy('prod/p', { subject: db, egress })], world));
    assert.equal(elements, [
      ...['flags 4', 'fd00::7 egress of prod/db, open', '10.8.0.1 nobody', '10.8.0.0/16', '2001:db8::/32', 'member'],
    ]);
    assert.equal(rules, ['egress of prod/db everything']);
  });
  test('a whole protocol has no bits of a port', () => {
    const ingress = [rule([ipBlock('10.8.0.0/16')], [port('UDP', 1, 65535)])];
    assert.ok(inventory(policy('prod/p', { subject: db, ingress })).rules.includes('ingress of prod/db 17 0/0'));
  });
});
