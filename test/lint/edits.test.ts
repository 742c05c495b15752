// What fixes write, to the byte.
import * as assert from 'uvu/assert';
import { applyFixes } from '../../src/lint/edit/apply-fixes.ts';
import { describe } from '../kit/suite.ts';
import { lintText } from './lint-files.ts';

const head = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: a}\n';

/** The text after one round of the fixes of a lint. */
async function fixed(text: string, lint: string): Promise<string> {
  const { findings } = await lintText(text);
  const fixes = findings.flatMap((each) => (each.lint === lint && each.fix !== null ? [each.fix] : []));
  return applyFixes(text, fixes).text;
}

const written: readonly (readonly [name: string, lint: string, spec: string, wanted: string])[] = [
  [
    'policyTypes come before the rules',
    'L-01',
    'spec:\n  podSelector: {} # all\n  # who may come in\n  ingress:\n    - {}\n',
    'spec:\n  podSelector: {} # all\n  # who may come in\n  policyTypes: [Ingress]\n  ingress:\n    - {}\n',
  ],
  [
    'policyTypes come behind the last field where there are no rules',
    'L-01',
    'spec:\n  podSelector:\n    matchLabels:\n      app: web # front\n# the end\n',
    'spec:\n  podSelector:\n    matchLabels:\n      app: web # front\n  policyTypes: [Ingress]\n# the end\n',
  ],
  [
    'also without a line end at the end of the file',
    'L-01',
    'spec:\n  podSelector: {}',
    'spec:\n  podSelector: {}\n  policyTypes: [Ingress]',
  ],
  [
    'an empty list is filled',
    'L-01',
    'spec: {podSelector: {}, policyTypes: [ ]}\n',
    'spec: {podSelector: {}, policyTypes: [Ingress]}\n',
  ],
  [
    'null is replaced',
    'L-01',
    'spec:\n  policyTypes: null # ?\n  podSelector: {}\n',
    'spec:\n  policyTypes: [Ingress] # ?\n  podSelector: {}\n',
  ],
  [
    'nothing behind a colon becomes something',
    'L-06',
    'spec:\n  podSelector: # all\n  policyTypes: [Ingress]\n',
    'spec:\n  podSelector: {} # all\n  policyTypes: [Ingress]\n',
  ],
  [
    'an absent podSelector comes first',
    'L-06',
    'spec:\n  policyTypes: [Ingress]\n',
    'spec:\n  podSelector: {}\n  policyTypes: [Ingress]\n',
  ],
  [
    'a protocol goes to the front of its item',
    'L-14',
    'spec:\n  podSelector: {}\n  ingress:\n  - ports:\n    - port: 80 # web\n    -   port: 81\n        endPort: 82\n    - {port: 83}\n    - {}\n',
    'spec:\n  podSelector: {}\n  ingress:\n  - ports:\n    - protocol: TCP\n      port: 80 # web\n    -   protocol: TCP\n        port: 81\n        endPort: 82\n    - {port: 83, protocol: TCP}\n    - { protocol: TCP }\n',
  ],
  [
    'a rule goes with its lines and the comments on them',
    'L-23',
    'spec:\n  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n    - from:\n        - podSelector: {}\n    # narrower\n    - from: # web\n        - podSelector: {matchLabels: {app: web}} # too\n    # other\n    - ports:\n        - {protocol: TCP, port: 80}\n',
    'spec:\n  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n    - from:\n        - podSelector: {}\n    # narrower\n    # other\n    - ports:\n        - {protocol: TCP, port: 80}\n',
  ],
  [
    'the last rule of a list in flow style goes with its comma',
    'L-23',
    'spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}, {from: [{podSelector: {matchLabels: {a: b}}}]} ]}\n',
    'spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]} ]}\n',
  ],
  [
    'an earlier one goes with the comma behind it',
    'L-23',
    'spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {a: b}}}]}, {from: [{podSelector: {}}]}]}\n',
    'spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}]}\n',
  ],
];

describe('fixes as text', (test) => {
  for (const [name, lint, spec, wanted] of written) {
    test(name, async () => assert.is(await fixed(head + spec, lint), head + wanted));
    test(`${name}, with CRLF`, async () => {
      const crlf = (text: string): string => (head + text).replaceAll('\n', '\r\n');
      assert.is(await fixed(crlf(spec), lint), crlf(wanted));
    });
  }

  test('a namespace is written when the user has said which', async () => {
    const text = `${head.replace(', namespace: a', '')}spec: {podSelector: {}, policyTypes: [Ingress]}\n`;
    const { findings } = await lintText(text, { givenNamespace: '10' });
    const [fix] = findings.flatMap((each) => each.fix ?? []);
    assert.is(
      fix === undefined ? '' : applyFixes(text, [fix]).text,
      text.replace('name: p', "name: p, namespace: '10'"),
    );
    assert.equal(
      (await lintText(text)).findings.flatMap((each) => each.fix ?? []),
      [],
    );
  });

  test('where parts are shared by anchors nothing is edited', async () => {
    const shared = 'spec:\n  podSelector: &all {}\n  ingress: [{from: [{podSelector: *all}], ports: [{port: 80}]}]\n';
    const { findings } = await lintText(head + shared);
    assert.equal(
      findings.map((each) => [each.lint, each.fix]),
      [
        ['L-01', null],
        ['L-14', null],
      ],
    );
  });

  test('a label is renamed, with its quotes, which changes the meaning', async () => {
    const spec = `spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {matchLabels: {"name": b}}}]}]}\n`;
    const snapshot = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n';
    const { findings } = await lintText(head + spec, { snapshot });
    const fix = findings.find(({ lint }) => lint === 'L-09')?.fix;
    assert.is(fix?.keepsMeaning, false);
    assert.is(
      applyFixes(head + spec, fix ? [fix] : []).text,
      head + spec.replace('"name"', '"kubernetes.io/metadata.name"'),
    );
  });

  test('host bits are masked, which may change the meaning', async () => {
    const spec = `spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: '10.0.0.5/24'}}]}]}\n`;
    const { findings } = await lintText(head + spec);
    const fix = findings.find(({ lint }) => lint === 'L-28')?.fix;
    assert.is(fix?.keepsMeaning, false);
    assert.is(applyFixes(head + spec, fix ? [fix] : []).text, head + spec.replace('10.0.0.5/24', '10.0.0.0/24'));
  });

  test('fixes that touch wait for another time', () => {
    const source = { name: 'x', text: 'abcdef', line: 1, column: 1 };
    const fix = (title: string, start: number, end: number, replacement: string) => ({
      title,
      keepsMeaning: true,
      edits: [{ span: { source, start, end }, replacement }],
    });
    const { text, made } = applyFixes('abcdef', [
      fix('late', 4, 5, 'E'),
      fix('first', 0, 2, 'X'),
      fix('touching', 2, 3, 'Y'),
    ]);
    assert.is(text, 'XcdEf');
    assert.equal(
      made.map(({ title }) => title),
      ['first', 'late'],
    );
    assert.equal(applyFixes('other text', [fix('gone', 0, 1, '')]), { text: 'other text', made: [] });
  });
});
