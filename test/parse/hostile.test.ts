// Input made to exhaust memory, stack or patience ends in an error, quickly. Source: SEC-YAML-1 to SEC-YAML-11.
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { toPlain } from '../../src/parse/plain.ts';
import { describe } from '../kit/suite.ts';
import { readJson, readYaml } from './read-text.ts';

/** Generous: the machine may be busy. What is guarded against takes minutes. */
const soonMs = 8000;

function firstCode(read: () => { readonly diagnostics: readonly Diagnostic[] }): string | null {
  const start = performance.now();
  const { diagnostics } = read();
  assert.ok(performance.now() - start < soonMs, 'took too long');
  return diagnostics[0]?.code ?? null;
}

describe('nesting (SEC-YAML-2)', (test) => {
  for (const opening of ['[', '{a: ', '- ', '? ', '[[],', '{? ']) {
    test(`${opening} repeated`, () =>
      assert.is(
        firstCode(() => readYaml(opening.repeat(50_000))),
        'NP1011',
      ));
  }
  test('indentation', () => {
    const text = Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
    assert.is(
      firstCode(() => readYaml(text)),
      'NP1011',
    );
  });
  test('JSON', () => {
    assert.is(
      firstCode(() => readJson('['.repeat(200_000))),
      'NP1011',
    );
    assert.is(
      firstCode(() => readJson('{"a":'.repeat(200_000))),
      'NP1011',
    );
  });
  test('90 levels are read, in both languages', () => {
    const text = `${'['.repeat(90)}${']'.repeat(90)}`;
    assert.is(
      firstCode(() => readYaml(text)),
      null,
    );
    assert.is(
      firstCode(() => readJson(text)),
      null,
    );
  });
});

describe('aliases (SEC-YAML-1)', (test) => {
  test('aliases of aliases', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
    );
    assert.is(
      firstCode(() => readYaml(`a0: &a0 x\n${levels.join('\n')}\n`)),
      'NP1013',
    );
  });
  test('merge keys of merge keys', () => {
    const levels = Array.from(
      { length: 3000 },
      (_, level) => `a${level + 1}: &a${level + 1} {<<: *a${level}, k${level}: 1}`,
    );
    assert.is(
      firstCode(() => readYaml(`a0: &a0 {}\n${levels.join('\n')}\n`)),
      'NP1011',
    );
  });
  test('one large value, often', () => {
    const text = `a: &a [${'x,'.repeat(1000)}]\nb:\n${'- *a\n'.repeat(1000)}`;
    assert.is(
      firstCode(() => readYaml(text)),
      'NP1013',
    );
  });
  test('an alias inside its own anchor', () =>
    assert.is(
      firstCode(() => readYaml('a: &a [*a, *a, {b: *a}]')),
      'NP1007',
    ));
  test('many aliases that lead nowhere', () =>
    assert.is(
      firstCode(() => readYaml('- *a\n'.repeat(20_000))),
      'NP1007',
    ));
  test('many aliases of one small value are fine', () =>
    assert.is(
      firstCode(() => readYaml(`- &a x\n${'- *a\n'.repeat(20_000)}`)),
      null,
    ));
});

describe('length (SEC-YAML-3)', (test) => {
  test('a document too long for its tree', () => {
    const outcome = readYaml(`a: 1\n---\n${'#'.repeat(17 * 1024 * 1024)}`);
    assert.is(outcome.diagnostics[0]?.code, 'NP1012');
    assert.match(outcome.diagnostics[0]?.message ?? '', 'larger than 16 MiB in one YAML document');
  });
  test('a file too long', () => assert.is(readYaml('\n'.repeat(64 * 1024 * 1024 + 1)).diagnostics[0]?.code, 'NP1012'));
  test('10,000 documents are read', () => assert.is(readYaml('a: 1\n---\n'.repeat(10_000)).value?.length, 10_000));
});

describe('many of one kind', (test) => {
  const cases: readonly (readonly [what: string, text: string])[] = [
    ['anchors', '&a '.repeat(20_000)],
    ['tags', '!x '.repeat(20_000)],
    ['quotes', '" '.repeat(20_000)],
    ['brackets', '] '.repeat(20_000)],
    ['keys given twice', 'a:\n'.repeat(20_000)],
    ['list items in a wrong column', `a:\n  - b\n${' - c\n'.repeat(20_000)}`],
    ['fields in a wrong column', `a:\n    b: 1\n${'  c: 1\nd: 1\n'.repeat(10_000)}`],
  ];
  for (const [what, text] of cases) test(what, () => assert.ok(firstCode(() => readYaml(text)) !== null));

  test('directives, which mean nothing', () =>
    assert.is(
      firstCode(() => readYaml('%a b\n'.repeat(20_000))),
      null,
    ));

  test('keys', () => {
    const keys = Array.from({ length: 50_000 }, (_, index) => `"k${index}":1`);
    assert.is(
      firstCode(() => readJson(`{${keys.join(',')}}`)),
      null,
    );
  });
});

describe('prototypes (TH-11)', (test) => {
  const names = Object.getOwnPropertyNames(Object.prototype);
  test('every member of Object.prototype is a key', () => {
    const json = `{${names.map((name) => `"${name}": "x"`).join(',')}}`;
    for (const value of [readJson(json).value, readYaml(json).value?.[0]]) {
      const plain = value === null || value === undefined ? {} : toPlain(value);
      assert.equal(Object.keys(plain as object).sort(), [...names].sort());
    }
    assert.is(({} as { x?: string }).x, undefined);
  });
});

describe('escapes', (test) => {
  for (const text of ['"\\U00110000"', '"\\UFFFFFFFF"', '"\\u12"', '"\\q"', '"\\x']) {
    test(text, () =>
      assert.is(
        firstCode(() => readYaml(text)),
        'NP1007',
      ),
    );
  }
});
