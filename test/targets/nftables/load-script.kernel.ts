// load.sh in the kernel's hands: what it leaves, leaves alone and refuses. That it loses and leaks nothing is shown by
// test/replacement.
import * as assert from 'uvu/assert';
import { createCompiler, emit } from '../../../src/compile.ts';
import type { NetworkPolicy } from '../../../src/policy/network-policy.ts';
import { nftables } from '../../../targets/nftables/index.ts';
import { field, ipBlock, pod, policy, port, rule, snapshot } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { inNamespace } from './in-namespace.ts';

const files = (policies: readonly NetworkPolicy[]): Readonly<Record<'nft' | 'load', string>> => {
  const cluster = snapshot([pod('prod/db-0', { ips: ['10.0.0.7', 'fd00::7'] })], { prod: {} });
  const compiler = createCompiler({ policies, snapshot: cluster, clusterPolicies: [], skippedByKind: new Map() });
  const artifacts = must(emit(must(compiler.ir({ kind: 'snapshot' }).value), nftables, { version: 'test' }).value);
  const textOf = (suffix: string): string =>
    must(artifacts.find((artifact) => artifact.suffix === suffix)).content.toString();
  return { nft: textOf('nft'), load: textOf('nft.load.sh') };
};

/** Restricted both ways: has a chain at both hooks. */
const both = files([
  policy('prod/db', {
    ingress: [rule([ipBlock('192.168.0.0/16', '192.168.5.0/24')], [port('TCP', 3306), port('UDP', 100, 200)])],
    egress: [],
  }),
]);
const ingressOnly = files([policy('prod/db', { ingress: [rule([ipBlock('10.9.0.0/16')], null)] })]);

const names: Readonly<Record<string, string>> = {
  'a.nft': both.nft,
  'a.nft.load.sh': both.load,
  'b.nft': ingressOnly.nft,
  'b.nft.load.sh': ingressOnly.load,
  theirs:
    'table inet theirs {\n chain forward {\n type filter hook forward priority 0; policy accept;\n counter\n }\n}\n' +
    'table ip netpolc {\n chain forward_g1 { counter; }\n}\n',
};
/** The table as a plain load leaves it has the same lines, in another order and without endings. */
const sorted = `sorted() { sed 's/_g[0-9]*\\b//g' | sort; }`;

const load = (script: string, more: Readonly<Record<string, string>> = {}): Promise<string> =>
  inNamespace(`mount -t tmpfs tmpfs /run\nours() { nft list table inet netpolc; }\n${sorted}\n${script}`, {
    ...names,
    ...more,
  });

describe('load.sh of nftables', (test) => {
  test('leaves what a plain load of the file leaves, with an ending on names', async () => {
    const out = await load(
      `sh a.nft.load.sh; ours > one; nft -f a.nft; ours | sort > plain; sorted < one | cmp - plain; grep -c _g1 one`,
    );
    assert.match(out, /^netpolc: a\.nft is in force\n\d+\n$/);
  });
  test('replaces what it loaded, and what a plain load left, with all of it, and counts on', async () => {
    const out = await load(
      `nft -f b.nft; ours | sort > plain; sh a.nft.load.sh; ours | grep -c _g1 > /dev/null; sh b.nft.load.sh; ours > b
      sorted < b | cmp - plain; grep -c _g2 b > /dev/null; if grep _g1 b; then exit 9; fi; echo same`,
    );
    assert.match(out, /same\n$/);
  });
  test('takes a base chain away that the file has not, and brings it back', async () => {
    const out = await load(
      'for each in a b a; do sh $each.nft.load.sh > /dev/null; ours | grep "hook input" || echo none; done',
    );
    assert.match(out, /^.*hook input.*\nnone\n.*hook input.*\n$/);
  });
  test('touches no table of anybody else', async () => {
    const out = await load(
      'nft -f theirs; nft list ruleset > before; sh a.nft.load.sh; sh b.nft.load.sh; nft delete table inet netpolc; nft list ruleset | cmp - before; echo same',
    );
    assert.match(out, /same\n$/);
  });
  test('puts right what somebody changed', async () => {
    const out = await load(
      `sh a.nft.load.sh; ours | sorted > before; nft flush chain inet netpolc refuse_g1
      nft insert rule inet netpolc forward accept; nft add chain inet netpolc more; sh a.nft.load.sh; ours | sorted | cmp - before; echo same`,
    );
    assert.match(out, /same\n$/);
  });
  test('clears away what a load left that was killed', async () => {
    const staged = 'table inet netpolc { set x_g7 { type ipv4_addr; }; chain y_g7 { ip saddr @x_g7 accept; }; }';
    const out = await load(`sh a.nft.load.sh; echo '${staged}' | nft -f -; sh b.nft.load.sh; ours`);
    assert.not.match(out, /_g7/);
    assert.match(out, /_g8/);
  });
  test('two at a time are one after the other', async () => {
    const out = await load('sh a.nft.load.sh & sh b.nft.load.sh; wait; ours | grep -o "_g[0-9]*\\b" | sort -u');
    assert.match(out, /\n_g2\n$/);
  });
});

describe('load.sh of nftables, refused', (test) => {
  const refused = (title: string, { script, code, says }: { script: string; code: number; says: RegExp }): void => {
    test(title, async () => {
      const out = await load(
        `sh a.nft.load.sh > /dev/null; nft list ruleset > before
        code=0; { ${script}; } 2>&1 || code=$?; nft list ruleset | cmp - before; echo "code $code"`,
        {
          'staged.nft': both.nft.replace('192.168.0.0', '192.168.300.0'),
          'switched.nft': both.nft.replace('fe80::/10', 'fe80::/1000'),
          'short.nft': both.nft.slice(0, -2),
        },
      );
      assert.match(out, says);
      assert.match(out, new RegExp(`\\ncode ${code}\\n$`));
    });
  };
  const as = (name: string): string => `cp a.nft.load.sh ${name}.nft.load.sh; sh ${name}.nft.load.sh`;
  refused('sets that nft does not take', { script: as('staged'), code: 4, says: /`staged\.nft` was refused.*stay in/ });
  refused('rules that nft does not take', { script: as('switched'), code: 4, says: /base chains.*refused.*stay in/ });
  refused('a line that nft names has the number that it has in the file', {
    script: as('switched'),
    code: 4,
    says: new RegExp(`:${both.nft.slice(0, both.nft.indexOf('fe80::/10')).split('\n').length}:`),
  });
  refused('a machine without awk', {
    script:
      'mkdir bin; for each in sh sed sort tail grep flock nft; do ln -s "$(command -v $each)" bin; done; sed "s,^export .*,export PATH=$PWD/bin," a.nft.load.sh > b.nft.load.sh; cp a.nft b.nft; sh b.nft.load.sh',
    code: 4,
    says: /`awk` is not installed/,
  });
  refused('a file that was cut off', { script: as('short'), code: 3, says: /`short\.nft` is not complete/ });
  refused('a file that is missing', { script: as('gone'), code: 3, says: /`gone\.nft` is missing/ });
  refused('another name', { script: 'cp a.nft.load.sh a; sh a', code: 2, says: /keep the name/ });
  refused('an argument', { script: 'sh a.nft.load.sh nft', code: 2, says: /usage: sh a\.nft\.load\.sh/ });
});

describe('load.sh of nftables and hostile text', (test) => {
  test('comments stay what they are, whatever they look like', async () => {
    const at = field('spec.ingress[0]', 1);
    const span = { ...at.span, source: { ...at.span.source, name: 'jump x @y set z_g1/goto refuse chain input.yaml' } };
    const { nft } = files([
      policy('prod/db', { ingress: [rule([ipBlock('10.9.0.0/16')], null, { ...at, span })], egress: [] }),
    ]);
    const out = await load('cp a.nft.load.sh hostile.nft.load.sh; sh hostile.nft.load.sh; ours', {
      'hostile.nft': nft,
    });
    assert.ok(out.includes('jump x @y set z_g1/goto refuse chain input.yaml:1"'), out);
  });
});
