// What the API server fills in, and what absence, null and emptiness mean. Semantics 2.1 to 2.3.
import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { decodeSpec, decodeText, meaning } from './decode-text.ts';

type Rules = readonly string[] | null;

/** spec → ingress and egress; null where the direction is not among the types. `*` is every peer, or every port. */
function holds(cases: readonly (readonly [rule: string, spec: string, ingress: Rules, egress: Rules])[]) {
  return (test: Parameters<Parameters<typeof describe>[1]>[0]): void => {
    for (const [rule, spec, ingress, egress] of cases) {
      test(`${rule}: ${spec}`, () => assert.equal(meaning(decodeSpec(spec)), { pods: '{}', ingress, egress }));
    }
  };
}

const none: Rules = [];
const all: Rules = ['* : *'];

describe(
  'policyTypes (2.1)',
  holds([
    ['S-201', '{podSelector: {}}', none, null],
    ['S-201', '{policyTypes: null}', none, null],
    ['S-201', '{policyTypes: []}', none, null],
    ['S-201', '{policyTypes: [], egress: [{}]}', none, all],
    ['S-202', '{}', none, null],
    ['S-203', '{egress: [{}]}', none, all],
    ['S-203', '{policyTypes: [Egress], egress: [{}]}', null, all],
    ['S-204', '{egress: []}', none, null],
    ['S-204', '{egress: null}', none, null],
    ['S-204', '{policyTypes: [Egress]}', null, none],
    ['S-204', '{policyTypes: [Ingress, Egress]}', none, none],
    ['S-205', '{policyTypes: [Ingress], egress: [{}]}', none, null],
    ['S-205', '{policyTypes: [Egress], ingress: [{}]}', null, none],
    ['S-205', '{policyTypes: [Egress, Ingress]}', none, none],
    ['S-206', '{policyTypes: [Ingress, Ingress]}', none, null],
    ['S-206', '{policyTypes: [Egress, Egress]}', null, none],
    ['S-207', '{egress: [null]}', none, all],
  ]),
);

describe(
  'absent, null and empty (2.2)',
  holds([
    ['S-210', 'null', none, null],
    ['S-210', '{}', none, null],
    ['S-211', '{podSelector: null}', none, null],
    ['S-211', '{podSelector: {}}', none, null],
    ['S-212', '{ingress: [{from: [{podSelector: null, namespaceSelector: {}}]}]}', ['pods {} of {} : *'], null],
    ['S-212', '{ingress: [{from: [{podSelector: {}, namespaceSelector: {}}]}]}', ['pods {} of {} : *'], null],
    ['S-213', '{ingress: [{from: [{podSelector: {}}]}]}', ['pods {} of own : *'], null],
    ['S-213', '{ingress: [{from: [{podSelector: {}, namespaceSelector: null}]}]}', ['pods {} of own : *'], null],
    ['S-213', '{ingress: [{from: [{namespaceSelector: {}}]}]}', ['pods {} of {} : *'], null],
    ['S-214', '{ingress: null}', none, null],
    ['S-214', '{ingress: []}', none, null],
    ['S-214', '{ingress: [{}]}', all, null],
    ['S-215', '{policyTypes: [Egress], egress: null}', null, none],
    ['S-215', '{policyTypes: [Egress], egress: []}', null, none],
    ['S-215', '{policyTypes: [Egress], egress: [{}]}', null, all],
    ['S-216', '{ingress: [{from: null}]}', all, null],
    ['S-216', '{ingress: [{from: []}]}', all, null],
    ['S-216', '{policyTypes: [Egress], egress: [{to: null}]}', null, all],
    ['S-216', '{policyTypes: [Egress], egress: [{to: []}]}', null, all],
    ['S-217', '{ingress: [{ports: null}]}', all, null],
    ['S-217', '{ingress: [{ports: []}]}', all, null],
    ['S-217', '{ingress: [{ports: [{}]}]}', ['* : TCP 0-65535'], null],
    ['S-217', '{ingress: [{ports: [null]}]}', ['* : TCP 0-65535'], null],
    ['S-218', '{podSelector: {matchLabels: null, matchExpressions: null}}', none, null],
    ['S-218', '{podSelector: {matchLabels: {}, matchExpressions: []}}', none, null],
    ['S-219', '{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: null}}]}]}', ['10.0.0.0/8 : *'], null],
    ['S-219', '{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: []}}]}]}', ['10.0.0.0/8 : *'], null],
    ['S-106', '{ingress: [null]}', all, null],
  ]),
);

describe('absent spec (S-210)', (test) => {
  test('a policy without `spec` denies all ingress of its namespace', () =>
    assert.equal(meaning(decodeText('metadata: {name: p}')), { pods: '{}', ingress: [], egress: null }));
});

describe(
  'ports (2.3)',
  holds([
    ['S-221', '{ingress: [{ports: [{port: 80}]}]}', ['* : TCP 80'], null],
    ['S-221', '{ingress: [{ports: [{protocol: null, port: 80}]}]}', ['* : TCP 80'], null],
    ['S-221', '{ingress: [{ports: [{protocol: SCTP, port: 80}]}]}', ['* : SCTP 80'], null],
    ['S-222', '{ingress: [{ports: [{protocol: UDP}]}]}', ['* : UDP 0-65535'], null],
    ['S-222', '{ingress: [{ports: [{protocol: UDP, port: null}]}]}', ['* : UDP 0-65535'], null],
    ['S-223', '{ingress: [{ports: [{port: 1}, {port: 65535}]}]}', ['* : TCP 1, TCP 65535'], null],
    ['S-224', '{ingress: [{ports: [{port: 80, endPort: 90}]}]}', ['* : TCP 80-90'], null],
    ['S-224', '{ingress: [{ports: [{port: 80, endPort: 80}]}]}', ['* : TCP 80'], null],
    ['S-224', '{ingress: [{ports: [{port: 80, endPort: null}]}]}', ['* : TCP 80'], null],
    ['S-225', '{ingress: [{ports: [{protocol: UDP, port: dns}]}]}', ['* : UDP dns'], null],
    ['S-226', '{policyTypes: [Egress], egress: [{ports: [{port: 80}]}]}', null, ['* : TCP 80']],
    ['S-227', '{ingress: [{ports: [{protocol: UDP, port: 53}, {port: 53}]}]}', ['* : UDP 53, TCP 53'], null],
  ]),
);

describe(
  'rules and peers (2.4)',
  holds([
    ['S-231', '{ingress: [{from: [{podSelector: {}}], ports: [{port: 80}]}]}', ['pods {} of own : TCP 80'], null],
    ['S-233', '{ingress: [{ports: [{port: 80}]}, {ports: [{port: 81}]}]}', ['* : TCP 80', '* : TCP 81'], null],
    [
      'S-234',
      '{ingress: [{from: [{podSelector: {}}, {namespaceSelector: {}}]}]}',
      ['pods {} of own | pods {} of {} : *'],
      null,
    ],
    [
      'S-242',
      '{ingress: [{from: [{podSelector: {matchLabels: {a: b}}, namespaceSelector: {matchLabels: {c: d}}}]}]}',
      ['pods {a In b} of {c In d} : *'],
      null,
    ],
    [
      'S-243',
      '{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.2.0.0/16]}}]}]}',
      ['10.0.0.0/8 - 10.1.0.0/16 - 10.2.0.0/16 : *'],
      null,
    ],
    [
      'S-247',
      '{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/9, 10.128.0.0/9, 10.0.0.0/9]}}]}]}',
      ['10.0.0.0/8 - 10.0.0.0/9 - 10.128.0.0/9 - 10.0.0.0/9 : *'],
      null,
    ],
  ]),
);

describe('selectors as decoded (S-401 to S-406)', (test) => {
  const cases: readonly (readonly [selector: string, pods: string])[] = [
    ['{matchLabels: {role: db, tier: back}}', '{role In db & tier In back}'],
    ['{matchLabels: {role: ""}}', '{role In }'],
    ['{matchLabels: {a: b}, matchExpressions: [{key: a, operator: In, values: [c, d]}]}', '{a In b & a In c d}'],
    ['{matchExpressions: [{key: a, operator: NotIn, values: ["", b]}]}', '{a NotIn  b}'],
    [
      '{matchExpressions: [{key: a, operator: Exists}, {key: b, operator: DoesNotExist}]}',
      '{a Exists & b DoesNotExist}',
    ],
    ['{matchExpressions: [{key: a, operator: Exists, values: []}]}', '{a Exists}'],
    ['{matchExpressions: [{key: a, operator: Exists, values: null}]}', '{a Exists}'],
    ['{matchLabels: {constructor: a, toString: b}}', '{constructor In a & toString In b}'],
  ];
  for (const [selector, pods] of cases) {
    test(selector, () =>
      assert.equal(meaning(decodeSpec(`{podSelector: ${selector}}`)), { pods, ingress: [], egress: null }),
    );
  }
});
