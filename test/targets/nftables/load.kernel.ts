// The emitted file in nft's and the kernel's hands: it loads, replaces itself, and leaves everybody else alone.
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { createCompiler, emit } from '../../../src/compile.ts';
import type { NetworkPolicy } from '../../../src/policy/network-policy.ts';
import { nftables } from '../../../targets/nftables/index.ts';
import { field, ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { inNamespace } from './in-namespace.ts';

const cluster = snapshot(
  [
    pod('prod/api-0', { labels: { name: 'api' }, ips: ['10.0.0.9', 'fd00::9'] }),
    pod('prod/db-0', { labels: { role: 'db' }, ips: ['10.0.0.7', 'fd00::7'] }),
  ],
  { prod: {} },
);

const artifact = (policies: readonly NetworkPolicy[]): string => {
  const compiler = createCompiler({ policies, snapshot: cluster, clusterPolicies: [], skippedByKind: new Map() });
  return must(
    emit(must(compiler.ir({ kind: 'snapshot' }).value), nftables, { version: 'test' }).value?.[0],
  ).content.toString();
};

const dbPolicy = policy('prod/db', {
  subject: labels({ role: 'db' }),
  ingress: [
    rule([podPeer(labels({ name: 'api' }))], [port('TCP', 3306), port('UDP', 100, 200), port('SCTP', 0, 65535)]),
    rule([ipBlock('192.168.0.0/16', '192.168.5.0/24'), ipBlock('fd01::/64')], null),
  ],
  egress: [],
});

const foreign =
  'table inet theirs {\n chain forward {\n type filter hook forward priority 0; policy accept;\n counter\n }\n}\n';

describe('loading a ruleset', (test) => {
  test('a second load replaces the first, in one transaction, and touches no other table', async () => {
    const out = await inNamespace(
      'nft -f foreign; nft list table inet theirs > before; nft -f first; nft -f second; nft list tables; ' +
        'nft list table inet theirs | cmp - before; nft list table inet netpolc > one; nft -f second; ' +
        'nft list table inet netpolc | cmp - one',
      { foreign, first: artifact([dbPolicy]), second: artifact([policy('prod/db', { ingress: [] })]) },
    );
    assert.is(out, 'table inet theirs\ntable inet netpolc\n');
  });
  test('a load that fails leaves what was there', async () => {
    const broken = artifact([]).replace('chain forward {', 'chain forward { nonsense');
    const out = await inNamespace(
      'nft -f good; nft list ruleset > before; if nft -f broken 2> /dev/null; then exit 9; fi; nft list ruleset | cmp - before; echo same',
      { good: artifact([dbPolicy]), broken },
    );
    assert.is(out, 'same\n');
  });
  test('removal removes our table and nothing else, and is fine when there is none', async () => {
    const [remove] = nftables.engines[0].remove();
    const out = await inNamespace('nft -f foreign; nft -f good; nft -f remove; nft -f remove; nft list tables', {
      foreign,
      good: artifact([dbPolicy]),
      remove: must(remove?.stdin),
    });
    assert.is(out, 'table inet theirs\n');
  });
  test('the kernel lists what the file says', async () => {
    const listed = await inNamespace('nft -f file; nft list table inet netpolc', { file: artifact([dbPolicy]) });
    for (const part of [
      '192.168.0.0-192.168.4.255',
      '192.168.6.0-192.168.255.255',
      'fd01::/64',
      'udp dport vmap { 100-200',
    ])
      assert.ok(listed.includes(part), `${part} in\n${listed}`);
  });
  test('no file name, however hostile, becomes anything but a comment (F-7)', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom(
        'a" ; flush ruleset ; "',
        'x\nadd table inet evil\n',
        '}}}}',
        '$(reboot)',
        '`id`',
        'é'.repeat(200),
      ),
    );
    const names = fc.sample(hostile, { numRuns: 60, seed: 20261125 });
    const policies = names.map((name, index) => {
      const at = field('spec.ingress[0]', index + 1);
      const span = { ...at.span, source: { ...at.span.source, name } };
      return policy(`prod/p${index}`, {
        subject: labels({ role: 'db' }),
        ingress: [rule([ipBlock(`10.1.${index}.0/24`)], [port('TCP', 1000 + index)], { ...at, span })],
      });
    });
    const out = await inNamespace(
      'nft -f hostile; nft list tables; nft list table inet netpolc | grep -c "return comment"',
      {
        hostile: artifact(policies),
      },
    );
    assert.is(out, `table inet netpolc\n${names.length}\n`);
  });
});
