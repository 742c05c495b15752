import * as assert from 'uvu/assert';
import { joinEndpoints, unitsOf } from '../../src/connectivity/endpoints.ts';
import { createWorkloadOf } from '../../src/connectivity/workloads.ts';
import type { LocalEndpoint } from '../../src/lower/endpoints.ts';
import { formatAddress } from '../../src/net/address.ts';
import type { Pod } from '../../src/snapshot/snapshot.ts';
import { pod } from '../kit/build.ts';
import { describe } from '../kit/suite.ts';

const endpoint = (owner: Pod, ...others: readonly Pod[]): LocalEndpoint => ({
  owners: [owner, ...others],
  addresses: owner.addresses,
});
const at = (key: string, ...ips: readonly string[]): LocalEndpoint => endpoint(pod(key, { ips }));
const join = (
  base: readonly LocalEndpoint[],
  head: readonly LocalEndpoint[],
): readonly (readonly [string, string, string])[] =>
  joinEndpoints(
    base,
    head,
    createWorkloadOf([...base, ...head], () => 'live'),
  )
    .flatMap(unitsOf)
    .map(({ subject, base: before, head: after }) => [
      subject.name,
      before === null ? '-' : formatAddress(before),
      after === null ? '-' : formatAddress(after),
    ]);

describe('endpoints of two worlds', (test) => {
  test('are told by name; one that is on one side only has no address on the other', () => {
    const base = [at('a/x', '10.0.0.1'), at('a/gone', '10.0.0.2')];
    const head = [at('a/new', '10.0.0.3'), at('a/x', '10.0.0.1')];
    assert.equal(join(base, head), [
      ['a/gone', '10.0.0.2', '-'],
      ['a/new', '-', '10.0.0.3'],
      ['a/x', '10.0.0.1', '10.0.0.1'],
    ]);
  });

  test('the only address of a family stands for the only one on the other side', () => {
    assert.equal(join([at('a/x', '10.0.0.1', 'fd00::1')], [at('a/x', '10.0.0.9')]), [
      ['a/x', '10.0.0.1', '10.0.0.9'],
      ['a/x', 'fd00::1', '-'],
    ]);
  });

  test('of several addresses only equal ones are the same', () => {
    assert.equal(join([at('a/x', '10.0.0.1', '10.0.0.2')], [at('a/x', '10.0.0.2', '10.0.0.3')]), [
      ['a/x', '10.0.0.1', '-'],
      ['a/x', '10.0.0.2', '10.0.0.2'],
      ['a/x', '-', '10.0.0.3'],
    ]);
  });

  test('an address that several pods claim is an endpoint of its own', () => {
    const claimed = endpoint(pod('a/x', { ips: ['10.0.0.1'] }), pod('a/y', { ips: ['10.0.0.1'] }));
    assert.equal(join([claimed], [claimed]), [['a/x+a/y', '10.0.0.1', '10.0.0.1']]);
  });
});

describe('workloads', (test) => {
  const nameOf = (...pods: readonly Pod[]): readonly string[] => {
    const endpoints = pods.map((each) => endpoint(each));
    return endpoints.map(createWorkloadOf(endpoints, () => 'live')).map(({ id }) => id);
  };

  test('are those of the controllers', () => {
    assert.equal(nameOf(pod('a/web-1', { workload: 'web' }), pod('a/web-2', { workload: 'web' })), ['a/web', 'a/web']);
  });

  test('bare pods that are labelled alike are one, called by the label that names things', () => {
    const labels = { tier: 'front', app: 'web' };
    assert.equal(nameOf(pod('a/x', { labels }), pod('a/y', { labels }), pod('b/z', { labels })), [
      'a/{app=web}',
      'a/{app=web}',
      'b/z',
    ]);
    const other = { tier: 'front', zone: 'a' };
    assert.equal(nameOf(pod('a/x', { labels: other }), pod('a/y', { labels: other })), [
      'a/{tier=front,zone=a}',
      'a/{tier=front,zone=a}',
    ]);
  });

  test('bare pods without labels are themselves', () => {
    assert.equal(nameOf(pod('a/x'), pod('a/y')), ['a/x', 'a/y']);
  });
});
