// Policies made to exhaust patience or to be mistaken for others. Source: TH-09, TH-11, SEC-YAML-9, SEC-YAML-11.
import * as assert from 'uvu/assert';
import { matches, type LabelSelector } from '../../src/policy/label-selector.ts';
import { labelKeyProblems, labelValueProblems } from '../../src/policy/label-syntax.ts';
import { portNameProblems, subdomainProblems } from '../../src/policy/names.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { codes, decodeSpec, decodeText, onlyOne } from './decode-text.ts';

/** Generous: the machine may be busy. What is guarded against takes minutes. */
function soon<T>(act: () => T): T {
  const start = performance.now();
  const result = act();
  assert.ok(performance.now() - start < 8000, 'took too long');
  return result;
}

function selector(text: string): LabelSelector {
  return must(decodeSpec(`{podSelector: ${text}}`).value).subject;
}

describe('label keys that every object has in JavaScript (TH-11)', (test) => {
  const names = Object.getOwnPropertyNames(Object.prototype).filter((name) => !name.startsWith('_'));
  for (const name of names) {
    test(`${name} is a label like any other`, () => {
      const exists = selector(`{matchExpressions: [{key: ${name}, operator: Exists}]}`);
      assert.is(matches(exists, new Map()), false);
      assert.is(matches(exists, new Map([[name, 'x']])), true);
      assert.is(matches(selector(`{matchLabels: {${name}: x}}`), new Map([[name, 'x']])), true);
    });
  }
  test('__proto__ is no label key', () =>
    assert.equal(codes(decodeSpec('{podSelector: {matchLabels: {__proto__: x}}}')), ['NP2301']));
  test('__proto__ as a field is unknown', () => assert.is(onlyOne(decodeSpec('{__proto__: {}}')).code, 'NP2001'));
});

describe('letters that look like others (TH-09)', (test) => {
  const cases: readonly (readonly [what: string, text: string, code: string])[] = [
    ['a Cyrillic letter in a name', 'metadata: {name: d\u0430tabase}', 'NP2005'],
    ['a full-width letter in a namespace', 'metadata: {name: p, namespace: \uff50rod}', 'NP2006'],
    ['a Kelvin sign in a label', 'metadata: {name: p}\nspec: {podSelector: {matchLabels: {a: \u212a}}}', 'NP2302'],
    ['a dotless i in a protocol', 'metadata: {name: p}\nspec: {ingress: [{ports: [{protocol: U\u0131P}]}]}', 'NP2201'],
    [
      'Arabic digits in a block',
      'metadata: {name: p}\nspec: {ingress: [{from: [{ipBlock: {cidr: \u0661.0.0.0/8}}]}]}',
      'NP2103',
    ],
    ['a Cyrillic letter in a field', 'metadata: {name: p}\nspec: {p\u043edSelector: {}}', 'NP2001'],
  ];
  for (const [what, text, code] of cases) test(what, () => assert.equal(codes(decodeText(text)), [code]));

  test('the letter that is not what it seems is named', () =>
    assert.match(onlyOne(decodeSpec('{p\u043edSelector: {}}')).hint ?? '', 'U+043E'));
});

describe('numbers that lose digits (SEC-YAML-9)', (test) => {
  for (const port of ['123456789012345678901', '9007199254740993', '4294967376', '1e400']) {
    test(port, () => assert.is(decodeSpec(`{ingress: [{ports: [{port: ${port}}]}]}`).value, null));
  }
});

describe('long text is looked at once (SEC-YAML-11)', (test) => {
  const long = ['a', '-', 'a-', 'a.', '.', '0', '1:', '_', '/'].map((part) => part.repeat(500_000));
  for (const text of long) {
    test(`${text.slice(0, 4)}…`, () =>
      soon(() => {
        for (const check of [labelKeyProblems, labelValueProblems, portNameProblems, subdomainProblems]) {
          assert.ok(check(text).length > 0);
        }
        assert.is(
          decodeText(`metadata: {name: ${text}}\nspec: {podSelector: {matchLabels: {a: ${text}}}}`).value,
          null,
        );
      }));
  }
});

describe('many problems', (test) => {
  const many = (one: (index: number) => string): string =>
    Array.from({ length: 20_000 }, (_, index) => one(index)).join(', ');
  const cases: readonly (readonly [what: string, spec: string, count: number])[] = [
    ['unknown fields', `{${many((index) => `k${index}: {}`)}}`, 100],
    ['unknown labels', `{podSelector: {matchLabels: null, ${many((index) => `k${index}: v`)}}}`, 100],
    ['labels', `{podSelector: {matchLabels: {${many((index) => `"k ${index}": "v v"`)}}}}`, 100],
    ['ports', `{ingress: [{ports: [${many(() => '{port: 0}')}]}]}`, 100],
    ['both halves of decoding', `{ingress: [${many(() => '{form: [], ports: [{port: 0}]}')}]}`, 200],
  ];
  for (const [what, spec, count] of cases) {
    test(`${what}: 100 are told, and soon`, () => assert.is(soon(() => decodeSpec(spec)).diagnostics.length, count));
  }
  test('warnings never crowd out an error', () => {
    const spec = `{${many((index) => `k${index}: {}`)}, policyTypes: [nonsense]}`;
    assert.is(decodeSpec(spec, { decode: 'warn' }).value, null);
  });
});
