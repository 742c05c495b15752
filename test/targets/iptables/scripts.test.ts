// load.sh and unload.sh as texts: each is complete in itself, and neither contains anything of a policy.
import * as assert from 'uvu/assert';
import { createRealHost } from '../../../src/host/real-host.ts';
import { printIptables } from '../../../targets/iptables/print.ts';
import { loadScript, unloadScript } from '../../../targets/iptables/scripts.ts';
import { field, podPeer, policy, rule } from '../../kit/build.ts';
import { describe } from '../../kit/suite.ts';
import { compiled, db, planOf } from './worlds.ts';

const scripts = { 'load.sh': loadScript, 'unload.sh': unloadScript };

const shared =
  'die take_lock usual_variant choose_variant program restore ours refuse_other_variant without sets destroy'.split(
    ' ',
  );

for (const [name, script] of Object.entries(scripts))
  describe(name, (test) => {
    test('defines whatever both need, once, and reads no other file for it', () => {
      const defined = Array.from(script.matchAll(/^(\w+)\(\) \{$/gm), ([, found = '']) => found);
      assert.equal(defined.slice(0, shared.length), shared);
      assert.is(new Set(defined).size, defined.length);
      assert.not.match(script, /^\s*(?:\.|source) /m);
      assert.not.match(script, /machine\.sh|shared/);
    });
    test('begins with what it is for, and stops at the first failure, before anything else', () => {
      assert.match(script, /^#!\/bin\/sh\n(?:#.*\n)+set -eu\nexport LC_ALL=C PATH=/);
    });
    test('is a script for a shell', async () => {
      const { exitCode, stderr } = await createRealHost().run({ argv: ['sh', '-n'], stdin: script });
      assert.equal([exitCode, stderr], [0, '']);
    });
    test('is the same whatever the policies are', () => {
      const some = compiled([
        policy('prod/p', { subject: db, ingress: [rule([podPeer(db)], [], field('spec.ingress[0]', 3))] }),
      ]);
      for (const plan of [planOf(compiled([])), planOf(some), planOf(some, 'no-ipset')]) {
        assert.is(printIptables(plan).find(({ suffix }) => suffix === name)?.content, script);
      }
    });
  });
