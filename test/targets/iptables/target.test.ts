import * as assert from 'uvu/assert';
import { iptables } from '../../../targets/iptables/index.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';

const artifacts = [
  { suffix: 'v4.rules', content: '*filter\nCOMMIT\n' },
  { suffix: 'v6.rules', content: '*filter\n# six\nCOMMIT\n' },
  { suffix: 'ipset', content: 'create x hash:ip\n' },
  { suffix: 'load.sh', content: 'echo\n' },
];

describe('the iptables target', (test) => {
  test('both variants load the same files by the same script', () => {
    assert.equal(
      iptables.engines.map(({ name, apply }) => [name, ...apply(artifacts).flatMap(({ argv }) => argv)]),
      [
        ['iptables', 'sh', 'load.sh', 'nft'],
        ['iptables-legacy', 'sh', 'load.sh', 'legacy'],
      ],
    );
    for (const engine of iptables.engines) {
      assert.equal(
        must(engine.apply(artifacts)[0]).files,
        artifacts.map(({ suffix, content }) => ({ name: suffix, content })),
      );
    }
  });
  test('removal needs its script alone', () => {
    assert.equal(
      iptables.engines.map(({ remove }) => remove().map(({ argv, files }) => [argv.join(' '), files?.length])),
      [[['sh unload.sh nft', 1]], [['sh unload.sh legacy', 1]]],
    );
  });
  test('a check loads sets, then rules, where nothing of the machine is touched', () => {
    const [check, ...more] = iptables.check(artifacts);
    assert.equal([check?.argv.slice(0, 2), more], [['unshare', '--net'], []]);
    const script = must(check?.stdin).replaceAll(/^command -v .*\n/gm, '');
    assert.is(
      script,
      "ipset restore << 'END'\ncreate x hash:ip\nEND\n" +
        "iptables-restore --noflush --wait=60 << 'END'\n*filter\nCOMMIT\nEND\n" +
        "ip6tables-restore --noflush --wait=60 << 'END'\n*filter\n# six\nCOMMIT\nEND\n",
    );
  });
  test('without sets it checks the rules alone', () => {
    const [check] = iptables.check(artifacts.filter(({ suffix }) => suffix !== 'ipset'));
    assert.not.ok(check?.stdin?.includes('ipset'));
  });
});
