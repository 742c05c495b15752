// The mistakes that people make, and what they are told: every row of section 8, in strict mode and under --decode=warn.
import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { decodeText, meaning, messages, onlyOne, places } from './decode-text.ts';

interface Mistake {
  readonly title: string;
  readonly text: string;
  /** Where it is and what it is called. */
  readonly strict: readonly string[];
  /** The name of the unknown field, and what the hint says: where the field belongs and what pruning would do. */
  readonly field?: string;
  readonly hint?: readonly string[];
  /** What `--decode=warn` makes of it; what it reports when it gives no policy. */
  readonly pruned:
    | { readonly pods?: string; readonly ingress: readonly string[] | null; readonly egress?: readonly string[] | null }
    | readonly string[];
}

const mistakes: readonly Mistake[] = [
  {
    title: 'S-801: a label beside matchLabels, under spec.podSelector',
    text: `
  podSelector:
    matchLabels:
    role: db`,
    strict: ['5:5 NP2001'],
    field: 'spec.podSelector.role',
    hint: [
      '`role` looks like a label; did you mean `podSelector.matchLabels.role`?',
      'Indent it further than `matchLabels` on line 4',
      'A server that drops unknown fields would apply the policy to every pod of the namespace',
    ],
    pruned: { ingress: [] },
  },
  {
    title: 'S-801: the same beside other labels',
    text: `
  podSelector:
    matchLabels:
      tier: back
    role: db`,
    strict: ['6:5 NP2001'],
    field: 'spec.podSelector.role',
    hint: ['Begin it in column 7, as `tier` on line 5 does', 'would match more than was meant'],
    pruned: { pods: '{tier In back}', ingress: [] },
  },
  {
    title: 'S-802: a label beside matchLabels, in a peer',
    text: `
  ingress:
  - from:
    - podSelector:
        matchLabels:
        role: api`,
    strict: ['7:9 NP2001'],
    field: 'spec.ingress[0].from[0].podSelector.role',
    hint: [
      'did you mean `podSelector.matchLabels.role`?',
      'Indent it further than `matchLabels` on line 6',
      "would match every pod of the policy's namespace",
    ],
    pruned: { ingress: ['pods {} of own : *'] },
  },
  {
    title: 'S-802: the same beside a namespaceSelector',
    text: `
  ingress:
  - from:
    - namespaceSelector: {}
      podSelector: {role: api}`,
    strict: ['6:21 NP2001'],
    field: 'spec.ingress[0].from[0].podSelector.role',
    hint: ['did you mean `podSelector.matchLabels.role`?', 'would match every pod of the selected namespaces'],
    pruned: { ingress: ['pods {} of {} : *'] },
  },
  {
    title: 'S-803: a namespaceSelector without matchLabels',
    text: `
  ingress:
  - from:
    - namespaceSelector:
        name: prod`,
    strict: ['6:9 NP2001'],
    field: 'spec.ingress[0].from[0].namespaceSelector.name',
    hint: ['did you mean `namespaceSelector.matchLabels.name`?', 'would match every namespace'],
    pruned: { ingress: ['pods {} of {} : *'] },
  },
  {
    title: 'S-804: two items where one was meant is valid, and means either',
    text: `
  ingress:
  - from:
    - namespaceSelector: {matchLabels: {a: b}}
    - podSelector: {matchLabels: {c: d}}`,
    strict: [],
    pruned: { ingress: ['pods {} of {a In b} | pods {c In d} of own : *'] },
  },
  {
    title: 'S-805: one item where two were meant is valid, and means both',
    text: `
  ingress:
  - from:
    - namespaceSelector: {matchLabels: {a: b}}
      podSelector: {matchLabels: {c: d}}`,
    strict: [],
    pruned: { ingress: ['pods {c In d} of {a In b} : *'] },
  },
  {
    title: 'S-806: `ports` as a rule of its own is valid, and allows everyone',
    text: `
  ingress:
  - from:
    - podSelector: {}
  - ports:
    - port: 80`,
    strict: [],
    pruned: { ingress: ['pods {} of own : *', '* : TCP 80'] },
  },
  {
    title: 'S-807: `ports` inside the peer',
    text: `
  ingress:
  - from:
    - podSelector: {}
      ports:
      - port: 80`,
    strict: ['6:7 NP2001'],
    field: 'spec.ingress[0].from[0].ports',
    hint: [
      '`ports` belongs to the rule, next to `from`: begin it in column 5, as `from` on line 4 does',
      'would allow every port',
    ],
    pruned: { ingress: ['pods {} of own : *'] },
  },
  {
    title: 'S-807: `ports` inside the peer of an egress rule',
    text: `
  policyTypes: [Egress]
  egress:
  - to:
    - podSelector: {}
      ports:
      - port: 80`,
    strict: ['7:7 NP2001'],
    field: 'spec.egress[0].to[0].ports',
    hint: ['`ports` belongs to the rule, next to `to`: begin it in column 5, as `to` on line 5 does', 'every port'],
    pruned: { ingress: null, egress: ['pods {} of own : *'] },
  },
  {
    title: 'S-808: `ports` beside `ingress`',
    text: `
  ingress:
  - from:
    - podSelector: {}
  ports:
  - port: 80`,
    strict: ['6:3 NP2001'],
    field: 'spec.ports',
    hint: [
      '`ports` belongs to a rule of `ingress`, next to `from`: begin it in column 5, as `from` on line 4 does',
      'would allow every port',
    ],
    pruned: { ingress: ['pods {} of own : *'] },
  },
  {
    title: 'S-809: `to` inside an ingress rule',
    text: `
  ingress:
  - to:
    - podSelector: {}`,
    strict: ['4:5 NP2001'],
    field: 'spec.ingress[0].to',
    hint: ['`to` belongs to egress rules; ingress rules have `from`', 'would allow every peer'],
    pruned: { ingress: ['* : *'] },
  },
  {
    title: 'S-809: `from` inside an egress rule',
    text: `
  policyTypes: [Egress]
  egress:
  - from:
    - podSelector: {}
    ports:
    - port: 53`,
    strict: ['5:5 NP2001'],
    field: 'spec.egress[0].from',
    hint: ['`from` belongs to ingress rules; egress rules have `to`', 'would allow every peer'],
    pruned: { ingress: null, egress: ['* : TCP 53'] },
  },
  {
    title: 'S-810: `ingress` as a mapping',
    text: `
  ingress:
    from:
    - podSelector: {}`,
    strict: ['4:5 NP2002'],
    hint: ['begin each item with `- `'],
    pruned: ['4:5 NP2002'],
  },
  {
    title: 'S-811: a lone `-` is valid, and allows everything',
    text: `
  ingress:
  -`,
    strict: [],
    pruned: { ingress: ['* : *'] },
  },
  {
    title: 'S-812: `from` with nothing under it is valid, and allows everyone',
    text: `
  ingress:
  - from:
    ports:
    - port: 80`,
    strict: [],
    pruned: { ingress: ['* : TCP 80'] },
  },
  {
    title: 'S-812: the children of `from` beside it',
    text: `
  ingress:
  - from:
    podSelector: {}`,
    strict: ['5:5 NP2001'],
    field: 'spec.ingress[0].podSelector',
    hint: [
      '`podSelector` belongs into an item of `from`: begin it with `- ` and indent it further than `from` on line 4',
      'would allow every peer',
    ],
    pruned: { ingress: ['* : *'] },
  },
  {
    title: 'S-813: `from` as a mapping',
    text: `
  ingress:
  - from: {podSelector: {}}`,
    strict: ['4:11 NP2002'],
    hint: ['begin each item with `- `'],
    pruned: ['4:11 NP2002'],
  },
  {
    title: 'S-813: `ipBlock` as a string',
    text: `
  ingress:
  - from:
    - ipBlock: 10.0.0.0/8`,
    strict: ['5:16 NP2002'],
    pruned: ['5:16 NP2002'],
  },
  {
    title: 'S-814: `except` beside `ipBlock`',
    text: `
  ingress:
  - from:
    - ipBlock:
        cidr: 10.0.0.0/8
      except:
      - 10.1.0.0/16`,
    strict: ['7:7 NP2001'],
    field: 'spec.ingress[0].from[0].except',
    hint: [
      '`except` belongs inside `ipBlock`, next to `cidr`: begin it in column 9, as `cidr` on line 6 does',
      'would lose the exception',
    ],
    pruned: { ingress: ['10.0.0.0/8 : *'] },
  },
  {
    title: 'S-815: `policyTypes` as a string',
    text: `
  policyTypes: Ingress`,
    strict: ['3:16 NP2002'],
    hint: ['begin each item with `- `'],
    pruned: ['3:16 NP2002'],
  },
  {
    title: 'S-816: `policyTypes` inside a rule',
    text: `
  ingress:
  - from: []
    policyTypes: [Egress]`,
    strict: ['5:5 NP2001'],
    field: 'spec.ingress[0].policyTypes',
    hint: [
      '`policyTypes` belongs to `spec`: begin it in column 3, as `ingress` on line 3 does',
      'would fill in `policyTypes` itself: Ingress always, Egress only when there are egress rules',
    ],
    pruned: { ingress: ['* : *'] },
  },
  {
    title: 'S-817: Egress with ingress rules only is valid',
    text: `
  policyTypes: [Egress]
  ingress:
  - {}`,
    strict: [],
    pruned: { ingress: null, egress: [] },
  },
  {
    title: 'S-818: wrong case of `podSelector`',
    text: `
  podselector:
    matchLabels: {a: b}`,
    strict: ['3:3 NP2001'],
    field: 'spec.podselector',
    hint: [
      'did you mean `podSelector`? Upper and lower case count',
      'would apply the policy to every pod of the namespace',
    ],
    pruned: { ingress: [] },
  },
  {
    title: 'S-818: wrong case of `protocol`',
    text: `
  ingress:
  - ports:
    - Protocol: UDP
      port: 53`,
    strict: ['5:7 NP2001'],
    field: 'spec.ingress[0].ports[0].Protocol',
    hint: ['did you mean `protocol`?', 'would take TCP'],
    pruned: { ingress: ['* : TCP 53'] },
  },
  {
    title: 'S-818: wrong case of a protocol',
    text: `
  ingress:
  - ports:
    - protocol: tcp`,
    strict: ['5:17 NP2201'],
    hint: ['write TCP'],
    pruned: ['5:17 NP2201'],
  },
  {
    title: 'S-819: a port in quotes',
    text: `
  ingress:
  - ports:
    - port: "80"`,
    strict: ['5:13 NP2207'],
    hint: ['write the number without quotes: 80'],
    pruned: ['5:13 NP2207'],
  },
  {
    title: 'S-820: expressions as a mapping',
    text: `
  podSelector:
    matchExpressions: {key: a, operator: Exists}`,
    strict: ['4:23 NP2002'],
    hint: ['begin each item with `- `'],
    pruned: ['4:23 NP2002'],
  },
  {
    title: 'S-820: an operator of the string form',
    text: `
  podSelector:
    matchExpressions:
    - {key: a, operator: ==, values: [b]}`,
    strict: ['5:26 NP2306'],
    hint: ['operators are In, NotIn, Exists and DoesNotExist'],
    pruned: ['5:26 NP2306'],
  },
  {
    title: 'S-821: one value that is no list',
    text: `
  podSelector:
    matchExpressions:
    - {key: a, operator: In, values: prod}`,
    strict: ['5:38 NP2002'],
    hint: ['begin each item with `- `'],
    pruned: ['5:38 NP2002'],
  },
  {
    title: 'S-822: two policies in one document',
    text: ` {}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: q}
spec: {}`,
    strict: ['5:1 NP1008', '6:1 NP1008'],
    pruned: ['5:1 NP1008', '6:1 NP1008'],
  },
  {
    title: 'S-824: an unquoted word that YAML 1.1 reads as true',
    text: `
  podSelector:
    matchLabels: {canary: on}`,
    strict: ['4:27 NP1016'],
    hint: ['put it in quotes'],
    pruned: ['4:27 NP1016'],
  },
  {
    title: 'S-824: an unquoted version number',
    text: `
  podSelector:
    matchLabels: {version: 1.10}`,
    strict: ['4:28 NP2002'],
    hint: ['put the value in quotes'],
    pruned: ['4:28 NP2002'],
  },
  {
    title: 'S-825: a namespace by a label that it does not have is valid',
    text: `
  ingress:
  - from:
    - namespaceSelector: {matchLabels: {name: prod}}`,
    strict: [],
    pruned: { ingress: ['pods {} of {name In prod} : *'] },
  },
  {
    title: 'S-826: `matchLabels` directly in a peer',
    text: `
  ingress:
  - from:
    - matchLabels: {role: api}`,
    strict: ['5:7 NP2001'],
    field: 'spec.ingress[0].from[0].matchLabels',
    hint: [
      '`matchLabels` belongs inside `podSelector` or `namespaceSelector`',
      'would refuse the peer, which is empty then',
    ],
    pruned: ['5:7 NP2001 warning', '5:7 NP2109'],
  },
  {
    title: 'S-826: `matchLabels` below a blank `podSelector`, in its column',
    text: `
  ingress:
  - from:
    - podSelector:
      matchLabels:
        role: api`,
    strict: ['6:7 NP2001'],
    field: 'spec.ingress[0].from[0].matchLabels',
    hint: [
      '`matchLabels` belongs inside `podSelector` or `namespaceSelector`: indent it further than `podSelector` on line 5',
      'would refuse the peer, which is empty then',
    ],
    pruned: ['5:7 NP2109', '6:7 NP2001 warning'],
  },
  {
    title: 'S-828: a blank `podSelector` is valid, and means every pod',
    text: `
  podSelector:
  ingress:`,
    strict: [],
    pruned: { ingress: [] },
  },
];

const head = 'metadata: {name: p}\nspec:';

for (const { title, text, strict, field, hint = [], pruned } of mistakes) {
  describe(title, (test) => {
    test('strict', () => {
      const outcome = decodeText(head + text);
      assert.equal(places(outcome), strict);
      if (field !== undefined) assert.is(onlyOne(outcome).message, `unknown field "${field}"`);
      for (const part of hint) assert.match(onlyOne(outcome).hint ?? '', part);
    });
    test('--decode=warn', () => {
      const outcome = decodeText(head + text, { decode: 'warn' });
      if (Array.isArray(pruned)) return assert.equal(places(outcome), pruned);
      const { pods = '{}', ingress, egress = null } = pruned as Exclude<typeof pruned, readonly string[]>;
      assert.equal(meaning(outcome), { pods, ingress, egress });
      assert.equal(
        places(outcome),
        strict.map((place) => `${place} warning`),
      );
    });
  });
}

describe('mistakes outside of spec', (test) => {
  test('S-816: `policyTypes` under metadata', () => {
    const problem = onlyOne(decodeText('metadata:\n  name: p\n  policyTypes: [Egress]\nspec:\n  podSelector: {}\n'));
    assert.is(problem.message, 'unknown field "metadata.policyTypes"');
    assert.match(
      problem.hint ?? '',
      '`policyTypes` belongs to `spec`: begin it in column 3, as `podSelector` on line 5',
    );
    assert.match(problem.hint ?? '', 'would fill in `policyTypes` itself');
  });
  test('S-827: `spec` under metadata', () => {
    const text = 'metadata:\n  name: p\n  spec:\n    podSelector: {}\n';
    const problem = onlyOne(decodeText(text));
    assert.is(problem.message, 'unknown field "metadata.spec"');
    assert.match(
      problem.hint ?? '',
      'belongs to the object itself, beside `kind`: begin it in column 1, as `metadata`',
    );
    assert.match(problem.hint ?? '', 'would deny all ingress to every pod of the namespace');
    assert.equal(meaning(decodeText(text, { decode: 'warn' })), { pods: '{}', ingress: [], egress: null });
  });
  test('S-823: a forgotten namespace is valid', () => assert.is(messages(decodeText('metadata: {name: p}')), ''));
  test('S-113: `status` is to be removed', () =>
    assert.is(
      onlyOne(decodeText('metadata: {name: p}\nstatus: {}')).hint,
      'remove `status`: a NetworkPolicy has none',
    ));
});

describe('every unknown field gets a place to go (S-830)', (test) => {
  const cases: readonly (readonly [spec: string, hint: string])[] = [
    [
      '{ingress: [{port: 80}]}',
      '`port` belongs into an item of `ports`. A server that drops unknown fields would allow every port',
    ],
    [
      '{ingress: [{port: [{port: 80}]}]}',
      'did you mean `ports`? A server that drops unknown fields would allow every port',
    ],
    ['{name: x}', '`name` belongs to `metadata`'],
    ['{namespaceSelector: {}}', '`namespaceSelector` belongs into an item of `from`'],
    ['{from: [{podSelector: {}}]}', '`from` belongs to a rule of `ingress`'],
    [
      '{ingress: [{from: [{cidr: 10.0.0.0/8}]}]}',
      '`cidr` belongs inside `ipBlock`. A server that drops unknown fields would refuse the peer, which is empty then',
    ],
    ['{ingress: [{from: [{app: web}]}]}', '`app` looks like a label; did you mean `podSelector.matchLabels.app`?'],
    [
      '{ingress: [{from: [{namespace: prod}]}]}',
      'a peer names namespaces by their labels: `namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: …}}`',
    ],
    [
      '{ingress: [{from: [{podSelector: {}, namespaceSelectr: {}}]}]}',
      "did you mean `namespaceSelector`? A server that drops unknown fields would look in the policy's own namespace only",
    ],
    [
      '{podSelector: {key: a, operator: Exists}}',
      '`key` looks like a label; did you mean `podSelector.matchLabels.key`? A server that drops unknown fields would apply the policy to every pod of the namespace',
    ],
    ['{wibble: {}}', 'fields allowed here: podSelector, ingress, egress, policyTypes'],
    [
      '{"podSelector\\u00a0": {}}',
      'the name holds the character U+00A0, as text copied from a web page may do: type `podSelector` by hand',
    ],
  ];
  for (const [spec, hint] of cases) {
    test(spec, () => {
      const outcome = decodeText(`metadata: {name: p}\nspec: ${spec}`);
      assert.match(outcome.diagnostics[0]?.hint ?? '', hint);
    });
  }
});
