import * as assert from 'uvu/assert';
import type { SourceNode } from '../../src/parse/node.ts';
import { positionOf } from '../../src/source/source.ts';
import { describe } from '../kit/suite.ts';
import { readYaml, told, yamlValues } from './read-text.ts';

describe('documents (S-109)', (test) => {
  const cases: readonly (readonly [text: string, values: readonly unknown[]])[] = [
    ['', []],
    ['\n\n# only a comment\n', []],
    ['---\n---\n', []],
    ['a: 1\n---\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['a: 1\n...\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['--- {a: 1}\n--- [b]\n', [{ a: 1 }, ['b']]],
    ['---\n# comment\n---\na: 1\n', [{ a: 1 }]],
    ['null\n', [null]],
    ['%YAML 1.2\n---\na: 1\n', [{ a: 1 }]],
    ['\ufeffa: 1\n', [{ a: 1 }]],
    ['a: 1\r\nb:\r\n- c\r\n', [{ a: 1, b: ['c'] }]],
  ];
  for (const [text, values] of cases) test(JSON.stringify(text), () => assert.equal(yamlValues(text), values));
});

describe('values', (test) => {
  const cases: readonly (readonly [text: string, value: unknown])[] = [
    ['a: text', { a: 'text' }],
    ["a: '1'", { a: '1' }],
    ['a: "1"', { a: '1' }],
    ['a: ""', { a: '' }],
    ['a:', { a: null }],
    ['a: ~', { a: null }],
    ['a: true', { a: true }],
    ['a: -12', { a: -12 }],
    ['a: 1.5', { a: 1.5 }],
    ['a: 10.0.0.0/8', { a: '10.0.0.0/8' }],
    ['a: 2001-01-01', { a: '2001-01-01' }],
    ['a: |\n  b\n  c\n', { a: 'b\nc\n' }],
    ['a: >-\n  b\n  c\n', { a: 'b c' }],
    ['a: |\n  1\n', { a: '1\n' }],
    ['a: b\n  c', { a: 'b c' }],
    ['[a, [b], {c: d}]', ['a', ['b'], { c: 'd' }]],
    ['? a\n: b', { a: 'b' }],
    ['"\\u00e9\\n": x', { 'é\n': 'x' }],
    ['constructor: a', { constructor: 'a' }],
  ];
  for (const [text, value] of cases) test(JSON.stringify(text), () => assert.equal(yamlValues(text), [value]));

  test('`__proto__` is a key like any other', () => {
    const [value] = yamlValues('__proto__: {a: b}');
    assert.equal(Object.keys(value as object), ['__proto__']);
    assert.is(({} as { a?: string }).a, undefined);
  });
});

describe('places', (test) => {
  test('keys and values know where they are', () => {
    const text = 'a: 1\nbc:\n  - "x"\n  - [y]\n';
    const [node] = readYaml(text).value ?? [];
    if (node?.kind !== 'mapping') throw new Error('no mapping');
    const [a, bc] = node.entries;
    assert.equal(placeOf(a?.value), [1, 4, '1']);
    assert.equal(positionOf(bc?.keySpan ?? node.span), { line: 2, column: 1 });
    if (bc?.value.kind !== 'sequence') throw new Error('no sequence');
    assert.equal(placeOf(bc.value.items[0]), [3, 5, '"x"']);
    assert.equal(placeOf(bc.value.items[1]), [4, 5, '[y]']);
  });

  function placeOf(node: SourceNode | undefined): unknown {
    if (node === undefined) throw new Error('no node');
    const { line, column } = positionOf(node.span);
    return [line, column, node.span.source.text?.slice(node.span.start, node.span.end)];
  }
});

describe('anchors, aliases and merge keys work as for kubectl (S-108)', (test) => {
  const cases: readonly (readonly [text: string, value: unknown])[] = [
    ['a: &x [1]\nb: *x', { a: [1], b: [1] }],
    ['a: &x 1\nb: *x\nc: &x 2\nd: *x', { a: 1, b: 1, c: 2, d: 2 }],
    ['a: &x {p: 1}\nb: {<<: *x, q: 2}', { a: { p: 1 }, b: { q: 2, p: 1 } }],
    ['a: &x {p: 1}\nb: {<<: *x, p: 2}', { a: { p: 1 }, b: { p: 2 } }],
    ['a: &x {p: 1}\nb: {p: 2, <<: *x}', { a: { p: 1 }, b: { p: 2 } }],
    ['a: &x {p: 1}\nb: &y {p: 3, q: 4}\nc: {<<: [*x, *y]}', { a: { p: 1 }, b: { p: 3, q: 4 }, c: { p: 1, q: 4 } }],
    ['a: {<<: {p: 1}}', { a: { p: 1 } }],
    ['a: {"<<": 1}', { a: { '<<': 1 } }],
    ['a: &x\nb: *x', { a: null, b: null }],
    ['&k a: 1\nb: *k', { a: 1, b: 'a' }],
  ];
  for (const [text, value] of cases) {
    test(JSON.stringify(text), () => assert.equal(yamlValues(text), [value]));
  }

  const wrong: readonly (readonly [text: string, told: string])[] = [
    ['a: *x', '1:4 NP1007 this is not YAML: alias `*x` has no anchor before it'],
    ['a: *x\nb: &x 1', '1:4 NP1007 this is not YAML: alias `*x` has no anchor before it'],
    ['a: &x 1\n---\nb: *x', '3:4 NP1007 this is not YAML: alias `*x` has no anchor before it'],
    ['a: &x [*x]', '1:8 NP1007 this is not YAML: alias `*x` stands inside its own anchor'],
    ['a: &x {b: *x}', '1:11 NP1007 this is not YAML: alias `*x` stands inside its own anchor'],
    ['a: {<<: 1}', '1:9 NP1007 this is not YAML: `<<` must merge a mapping'],
    ['a: {<<: [{b: 1}, c]}', '1:18 NP1007 this is not YAML: `<<` must merge a mapping'],
  ];
  for (const [text, expected] of wrong) {
    test(JSON.stringify(text), () => assert.equal(told(readYaml(text).diagnostics), [expected]));
  }
});

describe('refused (S-108)', (test) => {
  const cases: readonly (readonly [text: string, told: readonly string[]])[] = [
    ['a: 1\na: 2', ['2:1 NP1008 key `a` is given twice in one mapping']],
    ['a: 1\n"a": 2', ['2:1 NP1008 key `a` is given twice in one mapping']],
    ['{a: 1, b: 2, a: 3}', ['1:14 NP1008 key `a` is given twice in one mapping']],
    [
      '- a: {b: 1, b: 2}\n- c: 1\n  c: 2',
      ['1:13 NP1008 key `b` is given twice in one mapping', '3:3 NP1008 key `c` is given twice in one mapping'],
    ],
    ['a: !!str 1', ['1:10 NP1009 YAML tag `!!str` is not allowed']],
    ['a: ! 1', ['1:6 NP1009 YAML tag `!` is not allowed']],
    ['a: !!binary aGk=', ['1:13 NP1009 YAML tag `!!binary` is not allowed']],
    ['a: !foo {b: c}', ['1:9 NP1009 YAML tag `!foo` is not allowed']],
    ['a: !!js/function "x"', ['1:18 NP1009 YAML tag `!!js/function` is not allowed']],
    ['!!map {a: b}', ['1:7 NP1009 YAML tag `!!map` is not allowed']],
    ['- !!set {a}', ['1:9 NP1009 YAML tag `!!set` is not allowed']],
    ['? [a]\n: b', ['1:3 NP1010 a key must be a string, not a sequence']],
    ['{a: b}: c', ['1:1 NP1010 a key must be a string, not a mapping']],
    ['a:\n\tb: 1', ['2:1 NP1007 this is not YAML: a tab stands in the indentation']],
    ['-\ta: 1', ['1:2 NP1007 this is not YAML: a tab stands in the indentation']],
  ];
  for (const [text, expected] of cases) {
    test(JSON.stringify(text), () => assert.equal(told(readYaml(text).diagnostics), expected));
  }

  test('the first one is shown beside a key given twice', () => {
    const [problem] = readYaml('a: 1\nb: 1\na: 2').diagnostics;
    assert.equal(
      problem?.notes.map(({ message, span }) => [message, span?.start]),
      [['`a` is given here first', 0]],
    );
    assert.match(problem?.hint ?? '', '`---`');
  });

  test('a template of Helm gets the hint to render it', () => {
    for (const text of ['a: {{ .b }}', '{{- if .a }}\na: b\n{{- end }}', 'a:\n  {{- include "x" . | nindent 2 }}\n']) {
      assert.match(readYaml(text).diagnostics[0]?.hint ?? '', 'helm template', text);
    }
    assert.is(readYaml('{a: b}: c').diagnostics[0]?.hint, 'put the key in quotes');
  });

  test('documents that can be read are given beside those that cannot', () => {
    const { value, diagnostics } = readYaml('a: 1\n---\nb: [\n---\nc: 1\n');
    assert.equal(told(diagnostics), ['3:4 NP1007 this is not YAML: the `[` that opens here is not closed']);
    assert.is(value?.length, 2);
  });
});
