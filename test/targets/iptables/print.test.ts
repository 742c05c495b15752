import * as assert from 'uvu/assert';
import type { Artifact } from '../../../src/target.ts';
import { printIptables } from '../../../targets/iptables/print.ts';
import { field, ipBlock, labels, podPeer, policy, port, rule } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { compiled, db, planOf } from './worlds.ts';

const policies = [
  policy('prod/p', {
    subject: db,
    ingress: [
      rule([podPeer(labels({ name: 'api' })), ipBlock('10.9.0.0/16')], [port('TCP', 80)], field('spec.ingress[0]', 3)),
    ],
    egress: [],
  }),
];

const printed = (...switches: readonly string[]): ReadonlyMap<string, string> =>
  new Map(printIptables(planOf(compiled(policies), ...switches)).map(textOf));
const textOf = ({ suffix, content }: Artifact): readonly [string, string] => [suffix, content.toString()];
const linesOf = (files: ReadonlyMap<string, string>, suffix: string): readonly string[] =>
  must(files.get(suffix)).split('\n');

describe('the printed files', (test) => {
  test('are rules of both families, sets, and two scripts; without ipset there is no file of sets', () => {
    assert.equal([...printed().keys()], ['v4.rules', 'v6.rules', 'ipset', 'load.sh', 'unload.sh']);
    assert.equal([...printed('no-ipset').keys()], ['v4.rules', 'v6.rules', 'load.sh', 'unload.sh']);
    assert.is(must(printed('no-ipset').get('v4.rules')).includes('match-set'), false);
  });
  test('rules that do without sets say so before they begin, for load.sh, and no others do', () => {
    const said = '# Compiled with --no-ipset: a file NAME.ipset is no part of this.';
    const headOf = (files: ReadonlyMap<string, string>, suffix: string): readonly string[] =>
      linesOf(files, suffix).slice(0, linesOf(files, suffix).indexOf('*filter'));
    for (const suffix of ['v4.rules', 'v6.rules']) {
      assert.ok(headOf(printed('no-ipset'), suffix).includes(said));
      assert.not.match(must(printed().get(suffix)), said);
    }
  });
  test('a file of rules declares what it fills, and enters its chains from the two fixed ones', () => {
    for (const suffix of ['v4.rules', 'v6.rules']) {
      const lines = linesOf(printed(), suffix).filter((line) => line !== '' && !line.startsWith('#'));
      assert.equal(lines.slice(0, 3), ['*filter', ':NETPOLC-FORWARD - [0:0]', ':NETPOLC-INPUT - [0:0]']);
      assert.match(must(lines.at(-3)), /^-A NETPOLC-FORWARD -j NPC1-F[A-Z2-7]{22}$/);
      assert.match(must(lines.at(-2)), /^-A NETPOLC-INPUT -j NPC1-N[A-Z2-7]{22}$/);
      assert.is(lines.at(-1), 'COMMIT');
      const declared = lines.flatMap((line) => /^:(NPC1-\S+) - \[0:0\]$/.exec(line)?.[1] ?? []);
      const named = lines.flatMap((line) => line.match(/NPC1-[A-Z2-7]+/g) ?? []);
      assert.equal(new Set(named), new Set(declared));
      assert.is(new Set(declared).size, declared.length);
      assert.equal(
        lines.filter(
          (line) => !/^(?:\*filter|COMMIT|:NETPOLC-[A-Z]+ - \[0:0\]|:NPC1-.*|-A (?:NPC1|NETPOLC)-.*)$/.test(line),
        ),
        [],
      );
      assert.is(lines.filter((line) => line.includes('ACCEPT')).length, 0);
    }
  });
  test('notes stand above the chain that they are about', () => {
    const text = must(printed().get('v4.rules'));
    assert.match(text, /\n\n# TCP 80\n# prod\/p ingress\[0\] test\.yaml:3\n-A NPC1-R/);
  });
  test('sets are made with room for their elements, and filled', () => {
    const lines = linesOf(printed(), 'ipset').filter((line) => line !== '' && !line.startsWith('#'));
    assert.equal(
      lines.map((line) => line.replaceAll(/\b(npc[46][sb])[a-z2-7]{26}\b/g, '$1')),
      [
        'create npc4b hash:net family inet hashsize 64 maxelem 1',
        'add npc4b 10.9.0.0/16',
        'create npc4s hash:ip family inet hashsize 64 maxelem 1',
        'add npc4s 10.0.0.9',
        'create npc6s hash:ip family inet6 hashsize 64 maxelem 1',
        'add npc6s fd00::9',
      ],
    );
  });
});
