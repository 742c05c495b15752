// What people are told when YAML breaks at its columns, and what is read on behind the break.
import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { plainValue, readYaml, told } from './read-text.ts';

interface Broken {
  readonly title: string;
  readonly text: string;
  readonly told: string;
  readonly hint: string;
  /** What further diagnosis sees. */
  readonly value?: unknown;
}

const broken: readonly Broken[] = [
  {
    title: 'a field in the column of a `- `, below one that waits for a value, goes into that',
    text: 'from:\n  - podSelector:\n  matchLabels:\n  name: x\nto: 1\n',
    told: '3:3 `matchLabels` begins in column 3, the column of the `- ` on line 2, but is no list item',
    hint: 'indent `matchLabels` further than `podSelector` on line 2, so that it stands inside of it.',
    value: { from: [{ podSelector: { matchLabels: null, name: 'x' } }], to: 1 },
  },
  {
    title: 'a field between two columns is left out: it could belong to either object',
    text: 'metadata:\n    name: x\n  namespace: y1\nspec: 1\n',
    told: '3:3 `namespace` begins in column 3, where no object above has its fields',
    hint: 'begin it in column 1 to stand beside `metadata`, or in column 5 to stand beside `name`.',
    value: { metadata: { name: 'x' }, spec: 1 },
  },
  {
    title: 'a field further right than its neighbour',
    text: 'metadata:\n  name: x\n   namespace: y1\nspec: 1\n',
    told: '3:4 `namespace` begins in column 4, further right than it can: YAML reads it as more text behind `x`',
    hint: 'begin it in column 3 to stand beside `name`.',
    value: { metadata: { name: 'x', namespace: 'y1' }, spec: 1 },
  },
  {
    title: 'a field further right than the list above it',
    text: 'policyTypes:\n- Ingress\n  egress:\n- {}\n',
    told: '3:3 `egress` begins in column 3, further right than it can: YAML reads it as more text behind `Ingress`',
    hint: 'begin it in column 1 to stand beside `policyTypes`.',
    value: { policyTypes: ['Ingress'], egress: [{}] },
  },
  {
    title: 'a field left of those in its list item',
    text: 'ingress:\n- from:\n  - a: 1\n ports: 2\n',
    told: '4:2 `ports` begins in column 2, where no object above has its fields',
    hint: 'begin it in column 3 to stand beside `from`, or in column 5 to stand beside `a`.',
    value: { ingress: [{ from: [{ a: 1 }], ports: 2 }] },
  },
  {
    title: 'a list item left of those above it',
    text: 'a:\n    - b\n   - c\nd: 1\n',
    told: '3:4 the list item begins in column 4, those above it in column 5',
    hint: 'begin all `- ` of a list in one column, here 5.',
    value: { a: ['b', 'c'], d: 1 },
  },
  {
    title: 'a list item right of those above it',
    text: 'a:\n- b: {}\n - c: {}\n',
    told: '3:2 the list item begins in column 2, those above it in column 1',
    hint: 'begin all `- ` of a list in one column, here 1.',
    value: { a: [{ b: {} }, { c: {} }] },
  },
  {
    title: 'a list item in the column of the fields above it',
    text: 'a:\n- b:\n    c: 1\n  - d: 2\n',
    told: '4:3 the list item begins in column 3, those above it in column 1',
    hint: 'begin all `- ` of a list in one column, here 1.',
    value: { a: [{ b: { c: 1 } }, { d: 2 }] },
  },
  {
    title: 'a list item among fields',
    text: 'a: 1\n- b\n',
    told: '2:1 the list item begins in column 1, among fields',
    hint: 'indent it further than the field that it belongs to',
    value: { a: 1 },
  },
  {
    title: 'a colon without a space, first of several',
    text: 'labels:\n  role:db\n  app: x\n',
    told: '2:3 `role:db` stands among fields and is none',
    hint: 'put a space behind the colon: `role: db`',
    value: { labels: { app: 'x' } },
  },
  {
    title: 'a colon without a space, last of several',
    text: 'labels:\n  app: x\n  role:db\n',
    told: '3:3 `role:db` stands among fields and is none',
    hint: 'put a space behind the colon: `role: db`',
    value: { labels: { app: 'x' } },
  },
  {
    title: 'a word without a colon',
    text: 'a: 1\nb\nc: 2\n',
    told: '2:1 `b` stands among fields and is none',
    hint: 'put a `:` behind it if it is a field',
    value: { a: 1, c: 2 },
  },
  {
    title: 'a list below a word without a colon',
    text: 'ingress:\n- from\n    - podSelector: {}\n',
    told: '2:3 `from` has no `:` behind it',
    hint: 'write `from:`',
    value: { ingress: [null] },
  },
  {
    title: 'a colon in a value',
    text: 'note: allows: all\na: 1\n',
    told: '1:7 the value of `note` holds a `: `, as if `allows` were a field',
    hint: 'put the whole value in quotes',
    value: { note: null, a: 1 },
  },
  {
    title: 'a block that ends too far left',
    text: 'a: |\n  x\n y\nb: 1\n',
    told: '3:2 `y` stands among fields and is none',
    hint: 'if it goes on from the line above, indent it further',
    value: { a: 'x\n', b: 1 },
  },
  {
    title: 'a brace',
    text: 'a: {b: {c: 1}\nd: 1\n',
    told: '1:4 the `{` that opens here is not closed',
    hint: 'close it with `}`',
  },
  {
    title: 'a bracket',
    text: 'a: [b, [c]\nd: 1\n',
    told: '1:4 the `[` that opens here is not closed',
    hint: 'close it with `]`',
  },
  {
    title: 'a quote',
    text: 'a: "b\nc: 1\n',
    told: '1:4 the `"` that opens here is not closed',
    hint: 'close it with `"`',
  },
  {
    title: 'a single quote',
    text: "a: 'it''s\nc: 1\n",
    told: "1:4 the `'` that opens here is not closed",
    hint: "close it with `'`",
  },
  {
    title: 'an escaped quote',
    text: 'a: "b\\"\nc: 1\n',
    told: '1:4 the `"` that opens here is not closed',
    hint: 'close it with `"`',
  },
  {
    title: 'a quote inside a brace',
    text: 'a: {b: "c}\n',
    told: '1:8 the `"` that opens here is not closed',
    hint: 'close it with `"`',
  },
  {
    title: 'a first line that is indented',
    text: ' a: 1\nb: 2\n',
    told: '2:1 what begins here continues nothing above it',
    hint: 'fields of one object begin in one column, also those of the whole document',
  },
];

describe('broken layout', (test) => {
  for (const { title, text, told: expected, hint, value } of broken) {
    test(title, () => {
      const { diagnostics, value: documents } = readYaml(text);
      assert.equal(told(diagnostics), [expected.replace(/ /, ' NP1007 this is not YAML: ')]);
      assert.match(diagnostics[0]?.hint ?? '', hint);
      assert.equal(documents?.map(plainValue), value === undefined ? [] : [value]);
    });
  }

  test('several breaks are told at once', () =>
    assert.equal(
      told(readYaml('a:\n    b: 1\n  c: 2\nd:\n    e: 1\n  f: 2\n').diagnostics).map((each) => each.slice(0, 10)),
      ['3:3 NP1007', '6:3 NP1007'],
    ));
  test('neighbours in one wrong column are told once', () =>
    assert.is(readYaml('a:\n    b: 1\n  c: 2\n  d: 3\n').diagnostics.length, 1));
});

describe('sound layout', (test) => {
  const sound = [
    'a:\n- b\n- c:\n    d: 1\n  e: 2\n',
    'a: &x\n  b: 1\n',
    'a: # comment\n  b: 1\n',
    '? a\n: b\n? c\n',
    '{a: b, c: [d]}\n',
    'a: b\n  c\n',
    'a:\n\n  b: 1\n\n  # comment\n\n  c: 2\n',
    '- - a\n  - b\n- c: 1\n  d: 2\n',
    'a: "b: c"\n"d: e": \'f\'\'s\'\n',
    'a: ""\nb: \'\'\nc: "\\\\"\n',
    'a: |\n   x: y\n  z\n'.replace('\n  z', '\n   z'),
    '- ? a\n  : b\n',
  ];
  for (const text of sound) test(JSON.stringify(text), () => assert.equal(readYaml(text).diagnostics, []));
});
