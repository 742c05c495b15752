// The emitted rules and sets in the hands of plain iptables-restore and ipset, both variants: what they take, and keep.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { createRealHost } from '../../../src/host/real-host.ts';
import type { NetworkPolicy, PolicyRule } from '../../../src/policy/network-policy.ts';
import type { Artifact } from '../../../src/target.ts';
import { iptables } from '../../../targets/iptables/index.ts';
import { printIptables } from '../../../targets/iptables/print.ts';
import { field, ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { compiled, db, planOf } from './worlds.ts';

const host = createRealHost();

/** Runs a script in a network namespace of its own, the artifacts beside it. */
async function inNamespace(script: string, artifacts: readonly Artifact[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netpolc-rules-'));
  try {
    for (const { suffix, content } of artifacts) await writeFile(join(folder, suffix), content);
    const user = host.uid === 0 ? [] : ['--user', '--map-root-user'];
    const lock = 'mount -t tmpfs none /run'; // iptables-legacy keeps its lock there
    const argv = ['unshare', ...user, '--net', '--mount', 'sh', '-euc', `${lock}; cd ${folder}\n${script}`] as const;
    const { exitCode, stdout, stderr } = await host.run({ argv, stdin: null });
    assert.is(exitCode, 0, stderr);
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const files = (policies: readonly NetworkPolicy[], ...switches: readonly string[]): readonly Artifact[] =>
  printIptables(planOf(compiled(policies), ...switches));

/** Our chains and rules, sorted, without counters. iptables-save leaves quotes out around single words. */
const ours = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => /^(?::|-A )(?:NPC1|NETPOLC)-/.test(line))
    .map((line) => line.replace(/ \[\d+:\d+\]$/, '').replace(/--comment "([^ "]*)"/, '--comment $1'))
    .sort();

const textOf = (artifacts: readonly Artifact[], suffix: string): string =>
  artifacts.find((artifact) => artifact.suffix === suffix)?.content.toString() ?? '';

/** A second load of everything, and the jumps, which make iptables-nft look at all chains from the hooks on. */
const loadTwice = (variant: string): string =>
  `for time in 1 2; do
     if [ -e ipset ]; then ipset restore -exist < ipset; fi
     iptables-${variant}-restore --noflush < v4.rules
     ip6tables-${variant}-restore --noflush < v6.rules
   done
   printf '*filter\\n-I FORWARD -j NETPOLC-FORWARD\\n-I INPUT -j NETPOLC-INPUT\\nCOMMIT\\n' > jumps
   iptables-${variant}-restore --noflush < jumps; ip6tables-${variant}-restore --noflush < jumps
   iptables-${variant}-save -t filter; echo ==; ip6tables-${variant}-save -t filter`;

const everyKind = [
  policy('prod/db', {
    subject: db,
    ingress: [
      rule([podPeer(labels({ name: 'api' }))], [port('TCP', 3306), port('UDP', 100, 200), port('SCTP', 0, 65535)]),
      rule([ipBlock('192.168.0.0/16', '192.168.5.0/24'), ipBlock('fd01::/64')], null),
      rule([ipBlock('0.0.0.0/0')], [port('TCP', 443)]),
    ],
    egress: [rule([ipBlock('128.0.0.0/1'), ipBlock('8000::/1')], [port('TCP', 1, 65535)])],
  }),
];

/** More chains in a row than any other world makes: trees of four levels over pods, and of three over ports. */
function deepest(): readonly Artifact[] {
  const pods = Array.from({ length: 600 }, (_, index) =>
    pod(`prod/p${index}`, { ips: [`10.3.${index >> 8}.${index & 255}`] }),
  );
  const peersOf = (index: number): PolicyRule =>
    rule([ipBlock(`10.${index}.0.0/16`)], [port('TCP', 10 * index + 1)], field(`spec.ingress[${index}]`, index + 1));
  const ingress = Array.from({ length: 70 }, (_, index) => peersOf(index));
  const world = snapshot(pods, { prod: {} });
  return printIptables(planOf(compiled([policy('prod/p', { ingress, egress: ingress })], { world })));
}

for (const variant of ['nft', 'legacy']) {
  describe(`rules in iptables-${variant}`, (test) => {
    test('are kept as they are written, however often they are loaded', async () => {
      for (const artifacts of [files(everyKind), files(everyKind, 'no-ipset'), files([]), deepest()]) {
        const [four = '', six = ''] = (await inNamespace(loadTwice(variant), artifacts)).split('==');
        const jumps = (lines: readonly string[]): readonly string[] => lines.filter((line) => !line.startsWith('-A F'));
        assert.equal(jumps(ours(four)), ours(textOf(artifacts, 'v4.rules')));
        assert.equal(jumps(ours(six)), ours(textOf(artifacts, 'v6.rules')));
      }
    });
    test('stand beside those of others', async () => {
      const foreign = '*filter\n:THEIRS - [0:0]\n-A FORWARD -j THEIRS\n-A THEIRS -s 192.0.2.1/32 -j ACCEPT\nCOMMIT\n';
      const others = `iptables-${variant}-save -t filter | grep -v -e NPC1 -e NETPOLC -e '^#' -e '^:[A-Z]* ACCEPT'`;
      const out = await inNamespace(
        `iptables-${variant}-restore < foreign; ${others} > before; { ${loadTwice(variant)}; } > /dev/null; ${others} | cmp - before; echo same`,
        [...files(everyKind), { suffix: 'foreign', content: foreign }],
      );
      assert.is(out, 'same\n');
    });
    test('no file name, however hostile, becomes anything but a comment (F-7)', async () => {
      const hostile = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom(
          'x" -j RETURN\n-A FORWARD -j ACCEPT\n#',
          '\nCOMMIT\n*nat\n',
          '\\" -j ACCEPT',
          "' -j ACCEPT #",
          '$(reboot)',
          '`id`',
          'é'.repeat(300),
        ),
      );
      const names = fc.sample(hostile, { numRuns: 60, seed: 20261125 });
      const policies = names.map((name, index) => {
        const at = field('spec.ingress[0]', index + 1);
        const span = { ...at.span, source: { ...at.span.source, name } };
        const peers = [ipBlock(`10.1.${index}.0/24`)];
        return policy(`prod/p${index}`, {
          subject: db,
          ingress: [rule(peers, [port('TCP', 1000 + index)], { ...at, span })],
        });
      });
      const artifacts = files(policies);
      const [four = ''] = (await inNamespace(loadTwice(variant), artifacts)).split('==');
      assert.is(
        four.split('\n').filter((line) => /"prod\/p\d+ ingress\[0\] .* -j RETURN$/.test(line)).length,
        names.length,
      );
      assert.is(four.includes('ACCEPT\n'), false);
      assert.equal(
        four.split('\n').filter((line) => line.startsWith('-A ') && !/^-A (?:NPC1|NETPOLC)-/.test(line)),
        ['-A INPUT -j NETPOLC-INPUT', '-A FORWARD -j NETPOLC-FORWARD'],
      );
    });
  });
}

describe('a check of artifacts', (test) => {
  test('takes what is emitted, with sets and without, and leaves nothing', async () => {
    for (const artifacts of [files(everyKind), files(everyKind, 'no-ipset'), files([])]) {
      for (const command of iptables.check(artifacts)) {
        const { exitCode, stdout, stderr } = await host.run(command);
        assert.equal([exitCode, stdout, stderr], [0, '', '']);
      }
    }
    assert.is((await host.run({ argv: ['ipset', 'list', '-name'], stdin: null })).stdout.includes('npc4'), false);
  });
  test('names the program that is missing', async () => {
    const [command] = iptables.check(files([]));
    const stdin = must(command?.stdin).replaceAll('ip6tables-restore', 'ip6tables-restore-of-nobody');
    const { exitCode, stderr } = await host.run({ argv: must(command).argv, stdin });
    assert.equal([exitCode, stderr], [4, 'ip6tables-restore-of-nobody is not installed\n']);
  });
  test('says no, and where, when anything is wrong', async () => {
    const broken = files(everyKind).map((artifact) =>
      artifact.suffix === 'v6.rules'
        ? { ...artifact, content: artifact.content.toString().replace('-j DROP', '-j DRPO') }
        : artifact,
    );
    for (const command of iptables.check(broken)) {
      const { exitCode, stderr } = await host.run(command);
      assert.is.not(exitCode, 0);
      assert.match(stderr, /DRPO|line/);
    }
  });
});

describe('sets in ipset', (test) => {
  test('have exactly what is written, also when they are full and are loaded again', async () => {
    const peers = Array.from({ length: 65 }, (_, index) => ipBlock(`10.1.${index}.1/32`));
    const artifacts = files([
      policy('prod/p', { subject: db, ingress: [rule([...peers, ipBlock('10.2.0.0/15')], null)] }),
    ]);
    const out = await inNamespace('ipset restore -exist < ipset; ipset restore -exist < ipset; ipset save', artifacts);
    const adds = (text: string): readonly string[] =>
      text
        .split('\n')
        .filter((line) => line.startsWith('add '))
        .sort();
    assert.equal(adds(out), adds(textOf(artifacts, 'ipset')));
    assert.match(out, /hash:ip family inet hashsize 128 maxelem 65\b/);
  });
});
