// Cluster policies and DNS snapshots among other objects: which are read, which are refused, in which order they stand.
import * as assert from 'uvu/assert';
import type { Outcome } from '../../src/diagnostics/diagnostic.ts';
import { inputFromText } from '../../src/input/input-from-text.ts';
import { readWorld } from '../../src/input/read-world.ts';
import { defaultReadOptions, type InputFile, type World } from '../../src/input/world.ts';
import { formatAddress } from '../../src/net/address.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const read = (...files: readonly InputFile[]): Promise<Outcome<World>> => readWorld(files, defaultReadOptions);
const policies = (text: string): InputFile => inputFromText('p.yaml', 'policies', text);
const snapshot = (text: string): InputFile => inputFromText('s.yaml', 'snapshot', text);
const codes = ({ diagnostics }: Outcome<World>): readonly string[] => diagnostics.map(({ code }) => code);

const object = (kind: string, version: string, name: string, spec: string): string =>
  `apiVersion: policy.networking.k8s.io/${version}\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: {subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]${spec}}\n`;
const cnp = (name: string, priority: number, tier = 'Admin'): string =>
  object('ClusterNetworkPolicy', 'v1alpha2', name, `, tier: ${tier}, priority: ${priority}`);
const anp = (name: string, priority: number): string =>
  object('AdminNetworkPolicy', 'v1alpha1', name, `, priority: ${priority}`);
const banp = object('BaselineAdminNetworkPolicy', 'v1alpha1', 'default', '');

describe('cluster policies in the input', (test) => {
  test('stand in the order in which they are asked: priority, name, kind (S-1002, S-1007, S-1108)', async () => {
    const text = [banp, cnp('z', 10), cnp('b', 10, 'Baseline'), cnp('a', 200), anp('b', 10), cnp('c', 9)].join('---\n');
    const outcome = await read(policies(text));
    assert.equal(codes(outcome), ['NP2416']);
    assert.equal(
      must(outcome.value).clusterPolicies.map(({ kind, name }) => `${kind}/${name}`),
      [
        'ClusterNetworkPolicy/c',
        'AdminNetworkPolicy/b',
        'ClusterNetworkPolicy/b',
        'ClusterNetworkPolicy/z',
        'ClusterNetworkPolicy/a',
        'BaselineAdminNetworkPolicy/default',
      ],
    );
  });
  test('count from a snapshot only when no policies are given', async () => {
    const inSnapshot = snapshot(cnp('guard', 1));
    assert.is(must((await read(inSnapshot)).value).clusterPolicies.length, 1);
    assert.is(must((await read(policies(cnp('other', 1)), inSnapshot)).value).clusterPolicies[0]?.name, 'other');
  });
  test('have names of their own for each kind', async () => {
    assert.equal(codes(await read(policies([cnp('same', 1), anp('same', 1)].join('---\n')))), ['NP2416']);
    assert.equal(codes(await read(policies([cnp('same', 1), cnp('same', 2)].join('---\n')))), ['NP1017']);
  });
  test('are refused in versions and kinds that are not known, instead of being left out', async () => {
    for (const [kind, version] of [
      ['ClusterNetworkPolicy', 'v1'],
      ['ClusterNetworkPolicy', 'v1alpha1'],
      ['AdminNetworkPolicy', 'v1alpha2'],
      ['GalaxyPolicy', 'v1alpha2'],
    ] as const)
      assert.equal(codes(await read(policies(object(kind, version, 'p', '')))), ['NP2417'], `${kind} ${version}`);
    const list = `{"apiVersion":"policy.networking.k8s.io/v1","kind":"ClusterNetworkPolicyList","items":[{"metadata":{"name":"p"}}]}`;
    assert.equal(codes(await read(policies(list))), ['NP2417']);
    assert.equal(codes(await read(policies(object('ClusterNetworkPolicies', 'v1alpha2', 'p', '')))), ['NP1018']);
    assert.equal(codes(await read(policies(cnp('p', 1)), snapshot(object('ClusterNetworkPolicy', 'v1', 'p', '')))), []);
  });
});

describe('a DNSSnapshot', (test) => {
  const dns = (records: string, takenAt = "'2026-11-25T12:00:00Z'"): InputFile =>
    snapshot(
      `apiVersion: netpolc.dev/v1alpha1\nkind: DNSSnapshot\nmetadata: {name: d}\ntakenAt: ${takenAt}\nrecords: [${records}]\n`,
    );
  const told = async (records: string, takenAt?: string): Promise<readonly string[]> =>
    must((await read(dns(records, takenAt))).value).snapshot.dnsSnapshots.flatMap((each) =>
      each.records.map(({ name, addresses }) => [name, ...addresses.map(formatAddress)].join(' ')),
    );

  test('gives names in lower case with their addresses, without what had expired', async () => {
    assert.equal(
      await told(
        "{name: A.Example., addresses: [192.0.2.1, '2001:db8::1', 192.0.2.1]}, {name: b, addresses: [192.0.2.2], expires: '2026-11-25T12:00:00Z'}, {name: c, addresses: [192.0.2.3], expires: '2026-11-25T13:00:01+01:00'}",
      ),
      ['a.example 192.0.2.1 2001:db8::1', 'c 192.0.2.3'],
    );
  });
  test('without a time takes every record', async () =>
    assert.equal(await told("{name: b, addresses: [192.0.2.2], expires: '2000-01-01T00:00:00Z'}", 'null'), [
      'b 192.0.2.2',
    ]));
  test('is refused with names, addresses and times that are none', async () => {
    assert.equal(codes(await read(dns('{addresses: [192.0.2.1]}'))), ['NP2403']);
    assert.equal(codes(await read(dns("{name: '*.a', addresses: []}"))), ['NP2411']);
    assert.equal(codes(await read(dns('{name: a, addresses: [192.0.2.1/32]}'))), ['NP3004']);
    assert.equal(codes(await read(dns('{name: a}', 'yesterday'))), ['NP3021']);
    assert.equal(codes(await read(dns('{name: a}', "'2026-02-30 12:00'"))), ['NP3021']);
    assert.equal(codes(await read(dns('{name: a, addresses: 5}'))), ['NP2002']);
  });
  test('is read from large JSON as well', async () => {
    const pods = Array.from({ length: 3000 }, (_, index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${index}`, namespace: 'a', annotations: { filler: 'x'.repeat(100) } },
    }));
    const records = [{ name: 'a.example', addresses: ['192.0.2.1'], ttl: 5 }];
    const snapshotObject = {
      apiVersion: 'netpolc.dev/v1alpha1',
      kind: 'DNSSnapshot',
      metadata: { name: 'd' },
      records,
    };
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...pods, snapshotObject] });
    const { value } = await read(inputFromText('s.json', 'snapshot', text));
    assert.equal(
      must(value).snapshot.dnsSnapshots[0]?.records.map(({ name }) => name),
      ['a.example'],
    );
  });
});
