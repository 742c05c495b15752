import * as assert from 'uvu/assert';
import { decodeInputs } from '../../src/action/inputs.ts';
import { splitWords } from '../../src/action/split-words.ts';
import { describe } from '../kit/suite.ts';

function problemsOf(inputs: Readonly<Record<string, string>>): readonly string[] {
  const { value, diagnostics } = decodeInputs((name) => ({ policies: 'p', ...inputs })[name] ?? null);
  assert.is(value === null, diagnostics.length > 0);
  return diagnostics.map(({ message }) => message);
}

describe('inputs of the action', (test) => {
  test('have defaults for all but policies', () => {
    const { value } = decodeInputs((name) => (name === 'policies' ? './deploy/policies/\n\n  more  \n' : ''));
    assert.equal(value, {
      policies: ['deploy/policies/', 'more'],
      snapshots: [],
      base: null,
      failOn: 'none',
      lint: false,
      comment: false,
      report: false,
      sarif: false,
      key: 'default',
      targets: [],
      args: [],
    });
    assert.equal(problemsOf({ policies: ' \n' }), ['`policies` is empty: name files or folders, one a line']);
  });

  test('are refused by name', () => {
    assert.equal(problemsOf({ 'fail-on': 'all' }), ['`fail-on` is `all`; it takes none, gained, lost or any']);
    assert.equal(problemsOf({ lint: 'yes' }), ['`lint` is `yes`; it takes false or true']);
    assert.match(
      problemsOf({ 'netpolc-args': "--namespace 'x" }).join(),
      /`netpolc-args` has a quote that does not end/,
    );
  });

  test('take flags in any case, and targets with commas or blanks', () => {
    const { value } = decodeInputs((name) => ({ policies: '.', lint: 'TRUE', target: 'nftables, ebpf' })[name] ?? null);
    assert.equal([value?.lint, value?.targets, value?.policies], [true, ['nftables', 'ebpf'], ['.']]);
  });

  test('name no paths that would be something else behind a revision', () => {
    for (const policies of ['/etc', '-', 'git:main:x', 'p\n/etc']) {
      assert.match(problemsOf({ policies }).join(), /paths are relative to the working directory/);
    }
  });

  test('have a key that cannot end the hidden comment that it stands in', () => {
    for (const key of ['a--b', '-->', 'a b', 'a/b', '..', '-a', 'a-', 'x'.repeat(65)])
      assert.is(problemsOf({ key }).length, 1, key);
    for (const key of ['default', 'shop-1.eu', 'A_b']) assert.equal(problemsOf({ key }), []);
  });
});

describe('words of a line', (test) => {
  test('are parted as a shell parts them, and nothing is expanded', () => {
    assert.equal(splitWords(`--a 'b c' d"e f"'g' $HOME *\n--x=""`), ['--a', 'b c', 'de fg', '$HOME', '*', '--x=']);
    assert.equal(splitWords('  '), []);
    assert.is(splitWords(`a "b`), null);
  });
});
