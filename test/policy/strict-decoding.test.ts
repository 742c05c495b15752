// Reading one policy: case, modes, types, null, dialects, names. Semantics, section 1.
import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { codes, decodeSpec, decodeText, meaning, messages, onlyOne, places } from './decode-text.ts';

const labels = (pairs: string): string => `{podSelector: {matchLabels: {${pairs}}}}`;

describe('field names (S-102, S-103, S-113)', (test) => {
  const unknown: readonly (readonly [text: string, path: string, place: string])[] = [
    ['metadata: {name: p}\nspec: {podselector: {}}', 'spec.podselector', '2:8'],
    ['metadata: {name: p}\nspec: {podSelector: {role: db}}', 'spec.podSelector.role', '2:22'],
    ['metadata: {name: p}\nSpec: {}', 'Spec', '2:1'],
    ['metadata: {name: p, lables: {}}', 'metadata.lables', '1:21'],
    ['metadata: {name: p}\nstatus: {}', 'status', '2:1'],
    ['metadata: {name: p}\nspec: {constructor: {}}', 'spec.constructor', '2:8'],
    ['metadata: {name: p}\nspec: {__proto__: {podSelector: {}}}', 'spec.__proto__', '2:8'],
    ['metadata: {name: p}\nspec: {ingress: [{}, {ports: [{name: a}]}]}', 'spec.ingress[1].ports[0].name', '2:32'],
  ];
  for (const [text, path, place] of unknown) {
    test(`${path} is unknown`, () => {
      const outcome = decodeText(text);
      assert.equal(places(outcome), [`${place} NP2001`]);
      assert.is(onlyOne(outcome).message, `unknown field "${path}"`);
      assert.is(outcome.value, null);
    });
  }

  test('every field of ObjectMeta is known, whatever it holds', () =>
    assert.is(
      messages(
        decodeText(
          'metadata: {name: p, namespace: ns, generateName: g, uid: 1, resourceVersion: 2, generation: 3, selfLink: s, ' +
            'creationTimestamp: null, deletionTimestamp: x, deletionGracePeriodSeconds: 1, labels: {a: on}, ' +
            'annotations: {b: 010}, ownerReferences: [{}], finalizers: [a], managedFields: [{f: {}}]}',
        ),
      ),
      '',
    ));
});

describe('--decode=warn (S-104)', (test) => {
  test('unknown fields are dropped, with a warning each', () => {
    const outcome = decodeSpec('{podSelector: {role: db}, ports: [], ingress: [{}]}', { decode: 'warn' });
    assert.equal(places(outcome), ['4:22 NP2001 warning', '4:33 NP2001 warning']);
    assert.match(messages(outcome), 'unknown field "spec.podSelector.role" is dropped');
    assert.equal(meaning(outcome), { pods: '{}', ingress: ['* : *'], egress: null });
  });
  test('wrong types are errors all the same (S-105)', () =>
    assert.equal(codes(decodeSpec(labels('version: 1'), { decode: 'warn' })), ['NP2002']));
  test('what is missing because it is misspelt is told then', () =>
    assert.equal(codes(decodeSpec('{ingress: [{from: [{podselector: {}}]}]}', { decode: 'warn' })), [
      'NP2109',
      'NP2001',
    ]));
  test('a key given twice is an error all the same (S-108)', () =>
    assert.equal(codes(decodeText('metadata: {name: p}\nspec: {}\nspec: {}', { decode: 'warn' })), ['NP1008']));
});

describe('types are never converted (S-105)', (test) => {
  const cases: readonly (readonly [spec: string, path: string, expected: string, found: string])[] = [
    [labels('version: 1'), 'spec.podSelector.matchLabels.version', 'a string', 'the number 1'],
    [labels('version: 1.10'), 'spec.podSelector.matchLabels.version', 'a string', 'the number 1.10'],
    [labels('enabled: true'), 'spec.podSelector.matchLabels.enabled', 'a string', 'the boolean true'],
    [labels('a: [b]'), 'spec.podSelector.matchLabels.a', 'a string', 'a list'],
    [labels('a: {b: c}'), 'spec.podSelector.matchLabels.a', 'a string', 'an object'],
    [labels('a: null'), 'spec.podSelector.matchLabels.a', 'a string', 'null'],
    ['[]', 'spec', 'an object', 'a list'],
    ['{podSelector: all}', 'spec.podSelector', 'an object', 'the string "all"'],
    ['{podSelector: []}', 'spec.podSelector', 'an object', 'a list'],
    ['{policyTypes: [true]}', 'spec.policyTypes[0]', 'a string', 'the boolean true'],
    ['{policyTypes: [null]}', 'spec.policyTypes[0]', 'a string', 'null'],
    ['{ingress: [text]}', 'spec.ingress[0]', 'an object', 'the string "text"'],
    ['{ingress: [{ports: [80]}]}', 'spec.ingress[0].ports[0]', 'an object', 'the number 80'],
    ['{ingress: [{ports: [{port: true}]}]}', 'spec.ingress[0].ports[0].port', 'a number or a name', 'the boolean true'],
    ['{ingress: [{ports: [{protocol: 6}]}]}', 'spec.ingress[0].ports[0].protocol', 'a string', 'the number 6'],
  ];
  for (const [spec, path, expected, found] of cases) {
    test(`${spec}: ${found}`, () => {
      const { code, message } = onlyOne(decodeSpec(spec));
      assert.is(code, 'NP2002');
      assert.is(message, `\`${path}\` must be ${expected}, not ${found}`);
    });
  }

  test('a document that is no object is one problem', () =>
    assert.is(onlyOne(decodeText('[]')).message, '`the document` must be an object, not a list'));
});

describe('null (S-106)', (test) => {
  test('an optional field that is null is absent', () =>
    assert.equal(
      meaning(
        decodeSpec(
          '{podSelector: {matchLabels: null}, policyTypes: null, ingress: [{from: null, ports: null}], egress: null}',
        ),
      ),
      { pods: '{}', ingress: ['* : *'], egress: null },
    ));
  test('a null rule allows everything', () =>
    assert.equal(meaning(decodeSpec('{ingress: [null]}')), { pods: '{}', ingress: ['* : *'], egress: null }));
  test('a null peer is refused', () => assert.equal(codes(decodeSpec('{ingress: [{from: [null]}]}')), ['NP2109']));
  test('a null expression lacks key and operator', () =>
    assert.equal(codes(decodeSpec('{podSelector: {matchExpressions: [null]}}')), ['NP2301', 'NP2306']));
});

describe('two YAML dialects (S-107)', (test) => {
  const ambiguous: readonly (readonly [spec: string, text: string])[] = [
    [labels('canary: on'), 'on'],
    [labels('canary: Yes'), 'Yes'],
    [labels('canary: n'), 'n'],
    [labels('version: 010'), '010'],
    [labels('version: 1_000'), '1_000'],
    [labels('time: 22:22'), '22:22'],
    ['{ingress: [{ports: [{port: 010}]}]}', '010'],
    ['{ingress: [{ports: [{port: 0o10}]}]}', '0o10'],
    ['{ingress: [{ports: [{port: 22:22}]}]}', '22:22'],
    ['{podSelector: {matchExpressions: [{key: y, operator: Exists}]}}', 'y'],
    ['{podSelector: {matchExpressions: [{key: a, operator: In, values: [off]}]}}', 'off'],
  ];
  for (const [spec, text] of ambiguous) {
    test(`${text} in ${spec.slice(0, 40)} is refused`, () => {
      const problem = onlyOne(decodeSpec(spec));
      assert.is(problem.code, 'NP1016');
      assert.match(problem.message, `\`${text}\` is `);
      assert.match(problem.hint ?? '', 'put it in quotes');
    });
  }

  test('the message gives both readings', () =>
    assert.is(
      onlyOne(decodeSpec(labels('canary: on'))).message,
      '`on` is true for some tools and the string "on" for others',
    ));
  test('unquoted label keys count too', () => {
    assert.equal(codes(decodeSpec(labels('on: a'))), ['NP1016']);
    assert.equal(codes(decodeSpec(labels('1: a'))), ['NP1010']);
  });
  test('quoted they are strings', () =>
    assert.equal(meaning(decodeSpec(labels(`"on": 'yes', 'y': "010", '1': "1_000"`))), {
      pods: '{on In yes & y In 010 & 1 In 1_000}',
      ingress: [],
      egress: null,
    }));
  test('what is not read is nobody’s business', () =>
    assert.is(messages(decodeText('metadata: {name: p, annotations: {a: on, b: 010}, labels: {c: 22:22}}')), ''));
});

describe('namespace (S-111)', (test) => {
  test('a policy without a namespace belongs to that of the request', () => {
    assert.is(decodeText('metadata: {name: p}').value?.namespace, 'default');
    assert.is(decodeText('metadata: {name: p}', { namespace: 'shop' }).value?.namespace, 'shop');
    assert.is(decodeText('metadata: {name: p, namespace: null}', { namespace: 'shop' }).value?.namespace, 'shop');
  });
  test('its own namespace wins', () =>
    assert.is(decodeText('metadata: {name: p, namespace: prod}', { namespace: 'shop' }).value?.namespace, 'prod'));
});

describe('origins', (test) => {
  test('everything decoded knows its path and place', () => {
    const { value } = decodeText(`metadata:
  name: p
spec:
  podSelector: {}
  ingress:
  - from:
    - ipBlock: {cidr: 10.0.0.0/8}
    ports:
    - port: 80
`);
    const rule = value?.ingress?.[0];
    const origins = [
      value?.origin,
      value?.subjectOrigin,
      rule?.origin,
      rule?.peers?.[0]?.origin,
      rule?.ports?.[0]?.origin,
    ];
    assert.equal(
      origins.map((origin) => origin?.path),
      ['', 'spec.podSelector', 'spec.ingress[0]', 'spec.ingress[0].from[0]', 'spec.ingress[0].ports[0]'],
    );
    const diagnostics = origins.flatMap((origin) => (origin === undefined ? [] : [origin.span]));
    assert.equal(
      diagnostics.map(({ source, start }) => (source.text ?? '').slice(0, start).split('\n').length),
      [2, 4, 6, 7, 9],
    );
  });
});
