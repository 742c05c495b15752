// load.sh and unload.sh as texts: what they have in common is the same, and neither contains anything of a policy.
import * as assert from 'uvu/assert';
import loadScript from '../../../targets/iptables/load.sh';
import unloadScript from '../../../targets/iptables/unload.sh';
import { describe } from '../../kit/suite.ts';

/** Functions by name, with the comment above them. */
function functionsOf(script: string): ReadonlyMap<string, string> {
  const found = script.matchAll(/^(?:#.*\n)*(\w+)\(\) \{\n[^]*?^\}$/gm);
  return new Map([...found].map(([text, name = '']) => [name, text]));
}

describe('load.sh and unload.sh', (test) => {
  test('share functions word by word, because each must work without the other', () => {
    const [load, unload] = [functionsOf(loadScript), functionsOf(unloadScript)];
    const shared = [...unload.keys()].filter((name) => load.has(name));
    assert.equal(
      shared,
      'die usual_variant program restore ours refuse_other_variant take_lock without sets destroy'.split(' '),
    );
    for (const name of shared) assert.is(unload.get(name), load.get(name));
  });
});
