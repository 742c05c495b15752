import * as assert from 'uvu/assert';
import type { NetworkPolicy } from '../../../src/policy/network-policy.ts';
import type { Inventory } from '../../../src/target.ts';
import { iptables } from '../../../targets/iptables/index.ts';
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

const inventory = (...policies: readonly NetworkPolicy[]): Inventory => inventoryOf(iptables, compiled(policies));
const withoutSets = (...policies: readonly NetworkPolicy[]): Inventory =>
  inventoryOf(iptables, compiled(policies), 'no-ipset');

/** Without the rules that look at no endpoint: connections, control messages, link-local addresses. */
const aboutEndpoints = ({ rules }: Inventory): readonly string[] =>
  rules.filter((text) => /^IPv[46] (?:[EI]|\w+ of) /.test(text));

describe('what iptables rules consist of', (test) => {
  test('ipsets are sets; their elements, and the ports that rules list, are elements', () => {
    const { sets, elements } = inventory(apiToDb);
    assert.equal(sets, ['hash:ip IPv4']);
    assert.equal(elements, ['10.0.0.9', 'IPv4 ingress of prod/db tcp 5432']);
  });
  test('rules say what they do, in chains that are called after their profile', () => {
    assert.equal(aboutEndpoints(inventory(apiToDb)), [
      'IPv4 I -s 10.0.0.7/32 -d 10.0.0.7/32 -j RETURN',
      'IPv4 I -d 10.0.0.7/32 -g ingress of prod/db P',
      'IPv4 ingress of prod/db P -p tcp -m multiport --dports some -g ingress of prod/db R',
      'IPv4 ingress of prod/db P -j DROP',
      'IPv4 ingress of prod/db R -m set --match-set hash:ip src -j RETURN',
      'IPv4 ingress of prod/db R -j DROP',
    ]);
  });
  test('one more peer on a port is one more element, though its set and all chains get other names', () => {
    assert.equal(changes(inventory(apiToDb), inventory(apiToDb, webToDb)), ['+ element 10.0.0.5']);
  });
  test('without ipsets, one more peer is one more rule', () => {
    assert.equal(withoutSets(apiToDb).sets, []);
    assert.equal(changes(withoutSets(apiToDb), withoutSets(apiToDb, webToDb)), [
      '+ rule IPv4 ingress of prod/db R -s 10.0.0.5/32 -j RETURN',
    ]);
  });
  test('one more port for the same peers is one more element', () => {
    const more = ['+ element IPv4 ingress of prod/db tcp 80'];
    assert.equal(changes(inventory(apiToDb), inventory(apiToDb, apiToMetrics)), more);
    assert.equal(changes(withoutSets(apiToDb), withoutSets(apiToDb, apiToMetrics)), more);
  });
  test('another port for other peers is a set, two elements, and three rules', () => {
    assert.equal(changes(inventory(apiToDb), inventory(apiToDb, webToMetrics)), [
      '+ set hash:ip IPv4',
      '+ element 10.0.0.5',
      '+ element IPv4 ingress of prod/db tcp 80',
      '+ rule IPv4 ingress of prod/db P -p tcp -m multiport --dports some -g ingress of prod/db R',
      '+ rule IPv4 ingress of prod/db R -j DROP',
      '+ rule IPv4 ingress of prod/db R -m set --match-set hash:ip src -j RETURN',
    ]);
  });
  test('an endpoint that leaves a shared profile is one rule that changed, and a profile of its own', () => {
    const changed = changes(inventory(denyAll), inventory(denyAll, apiToDb)).filter((line) => line.includes(' rule '));
    assert.equal(changed, [
      '- rule IPv4 I -d 10.0.0.7/32 -g ingress of prod/api P',
      '+ rule IPv4 I -d 10.0.0.7/32 -g ingress of prod/db P',
      '+ rule IPv4 ingress of prod/db P -j DROP',
      '+ rule IPv4 ingress of prod/db P -p tcp -m multiport --dports some -g ingress of prod/db R',
      '+ rule IPv4 ingress of prod/db R -j DROP',
      '+ rule IPv4 ingress of prod/db R -m set --match-set hash:ip src -j RETURN',
    ]);
  });
  test('one endpoint more is two rules more, whatever becomes of the tree above it', () => {
    const isolated = (count: number): Inventory => {
      const pods = [...Array(count).keys()].map((index) => pod(`prod/p${index}`, { ips: [`10.0.0.${2 * index}`] }));
      return inventoryOf(iptables, compiled([denyAll], snapshot(pods, { prod: {} })));
    };
    assert.equal(changes(isolated(10), isolated(11)), [
      '+ rule IPv4 I -d 10.0.0.20/32 -g ingress of prod/p0 P',
      '+ rule IPv4 I -s 10.0.0.20/32 -d 10.0.0.20/32 -j RETURN',
    ]);
    // Two nodes of at most eight become three.
    assert.equal(changes(isolated(16), isolated(17))[0], '+ rule IPv4 I -d 10.0.0.32/32 -g ingress of prod/p0 P');
    assert.ok(changes(isolated(16), isolated(17)).includes('+ rule IPv4 I to a branch'));
  });
  test('many ports are a tree, whose ranges are no ports of the profile', () => {
    // Each has peers of its own, so none are listed together.
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const ingress = numbers.map((number) => rule([ipBlock(`10.${number}.0.0/16`)], [port('TCP', number)]));
    const { elements, rules } = inventory(policy('prod/p', { subject: labels({ name: 'db' }), ingress }));
    assert.equal(
      elements.filter((text) => text.includes(' tcp ')),
      numbers.map((number) => `IPv4 ingress of prod/db tcp ${number}`),
    );
    // At most eight in a node: two of them, and one that leads there.
    assert.is(rules.filter((text) => text === 'IPv4 ingress of prod/db D to a branch').length, 2);
  });
});
