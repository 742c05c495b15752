// What the API server refuses: every row of section 7, with what is still allowed beside it.
import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { codes, decodeSpec, decodeText, meaning, messages, onlyOne, places } from './decode-text.ts';

type Refused = readonly [rule: string, spec: string, code: string, path: string, phrase: string];

const required = 'must be specified when `operator` is';
const portRange = 'must be between 1 and 65535, inclusive';
const labelAlphabet = 'a valid label must be an empty string or consist of';
const cidrPhrase = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

const ports = (items: string): string => `{ingress: [{ports: [${items}]}]}`;
const from = (items: string): string => `{ingress: [{from: [${items}]}]}`;
const block = (cidr: string, ...except: readonly string[]): string =>
  from(`{ipBlock: {cidr: ${cidr}${except.length === 0 ? '' : `, except: [${except.join(', ')}]`}}}`);
const labels = (pairs: string): string => `{podSelector: {matchLabels: {${pairs}}}}`;
const expression = (fields: string): string => `{podSelector: {matchExpressions: [{${fields}}]}}`;

const port0 = 'spec.ingress[0].ports[0]';
const peer0 = 'spec.ingress[0].from[0]';
const expression0 = 'spec.podSelector.matchExpressions[0]';

const refused: readonly Refused[] = [
  [
    'S-702',
    '{policyTypes: [Ingress, Egress, Ingress]}',
    'NP2101',
    'spec.policyTypes',
    'may not specify more than two policyTypes',
  ],
  ['S-702', '{policyTypes: [a, b, c]}', 'NP2101', 'spec.policyTypes', 'may not specify more than two policyTypes'],
  ['S-703', '{policyTypes: [ingress]}', 'NP2102', 'spec.policyTypes[0]', 'unsupported value "ingress"'],
  ['S-703', '{policyTypes: [Egress, ""]}', 'NP2102', 'spec.policyTypes[1]', 'supported values: "Egress", "Ingress"'],
  [
    'S-704',
    from('{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}'),
    'NP2110',
    peer0,
    'may not specify both ipBlock and another peer',
  ],
  [
    'S-704',
    from('{ipBlock: {cidr: 10.0.0.0/8}, namespaceSelector: {}}'),
    'NP2110',
    peer0,
    'may not specify both ipBlock and another peer',
  ],
  [
    'S-704',
    '{egress: [{to: [{podSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}]}',
    'NP2110',
    'spec.egress[0].to[1]',
    'may not specify both ipBlock and another peer',
  ],
  ['S-705', block('""'), 'NP2105', `${peer0}.ipBlock.cidr`, 'is a required value'],
  ['S-705', from('{ipBlock: {}}'), 'NP2105', `${peer0}.ipBlock.cidr`, 'is a required value'],
  ['S-705', block('null', 'no cidr'), 'NP2105', `${peer0}.ipBlock.cidr`, 'is a required value'],
  ['S-706', from('{}'), 'NP2109', peer0, 'must specify a peer'],
  ['S-706', from('null'), 'NP2109', peer0, 'must specify a peer'],
  ['S-706', '{egress: [{to: [{}]}]}', 'NP2109', 'spec.egress[0].to[0]', 'must specify a peer'],
  [
    'S-706',
    from('{podSelector: null, namespaceSelector: null, ipBlock: null}'),
    'NP2109',
    peer0,
    'must specify a peer',
  ],
  ['S-707', ports('{protocol: tcp}'), 'NP2201', `${port0}.protocol`, 'supported values: "SCTP", "TCP", "UDP"'],
  ['S-707', ports('{protocol: ICMP}'), 'NP2201', `${port0}.protocol`, 'unsupported value "ICMP"'],
  ['S-707', ports('{protocol: ""}'), 'NP2201', `${port0}.protocol`, 'unsupported value ""'],
  ['S-708', ports('{port: 0}'), 'NP2202', `${port0}.port`, portRange],
  ['S-708', ports('{port: -1}'), 'NP2202', `${port0}.port`, portRange],
  ['S-708', ports('{port: 65536}'), 'NP2202', `${port0}.port`, portRange],
  ['S-709', ports('{port: 90, endPort: 80}'), 'NP2203', `${port0}.endPort`, 'must be greater than or equal to `port`'],
  ['S-710', ports('{port: 80, endPort: 65536}'), 'NP2204', `${port0}.endPort`, portRange],
  [
    'S-711',
    ports('{port: http, endPort: 80}'),
    'NP2205',
    `${port0}.endPort`,
    'may not be specified when `port` is non-numeric',
  ],
  ['S-712', ports('{endPort: 80}'), 'NP2206', `${port0}.endPort`, 'may not be specified when `port` is not specified'],
  [
    'S-712',
    ports('{port: null, endPort: 80}'),
    'NP2206',
    `${port0}.endPort`,
    'may not be specified when `port` is not specified',
  ],
  ['S-713', ports('{port: "80"}'), 'NP2207', `${port0}.port`, 'must contain at least one letter (a-z)'],
  ['S-713', ports('{port: 8080-8090}'), 'NP2207', `${port0}.port`, 'must contain at least one letter (a-z)'],
  ['S-713', ports('{port: "http,https"}'), 'NP2207', `${port0}.port`, 'must contain only alphanumeric characters'],
  ['S-729', ports('{port: abcdefghijklmnop}'), 'NP2207', `${port0}.port`, 'must be no more than 15 characters'],
  ['S-729', ports('{port: a--b}'), 'NP2207', `${port0}.port`, 'must not contain consecutive hyphens'],
  ['S-729', ports('{port: a-}'), 'NP2207', `${port0}.port`, 'must not begin or end with a hyphen'],
  ['S-714', labels('"a b": c'), 'NP2301', 'spec.podSelector.matchLabels', 'name part must consist of'],
  ['S-714', labels('"/b": c'), 'NP2301', 'spec.podSelector.matchLabels', 'prefix part must be non-empty'],
  ['S-714', labels('a/b/c: d'), 'NP2301', 'spec.podSelector.matchLabels', 'with an optional DNS subdomain prefix'],
  ['S-714', expression('key: a b, operator: Exists'), 'NP2301', `${expression0}.key`, 'name part must consist of'],
  ['S-714', expression('key: "", operator: Exists'), 'NP2301', `${expression0}.key`, 'name part must be non-empty'],
  ['S-714', expression('operator: Exists'), 'NP2301', `${expression0}.key`, 'name part must be non-empty'],
  ['S-715', labels('a: b c'), 'NP2302', 'spec.podSelector.matchLabels', labelAlphabet],
  [
    'S-715',
    labels(`a: ${'x'.repeat(64)}`),
    'NP2302',
    'spec.podSelector.matchLabels',
    'must be no more than 63 characters',
  ],
  ['S-716', expression('key: a, operator: In, values: [b, -c]'), 'NP2303', `${expression0}.values[1]`, labelAlphabet],
  ['S-717', expression('key: a, operator: In'), 'NP2304', `${expression0}.values`, `${required} 'In' or 'NotIn'`],
  [
    'S-717',
    expression('key: a, operator: NotIn, values: []'),
    'NP2304',
    `${expression0}.values`,
    `${required} 'In' or 'NotIn'`,
  ],
  [
    'S-718',
    expression('key: a, operator: Exists, values: [b]'),
    'NP2305',
    `${expression0}.values`,
    "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
  ],
  [
    'S-718',
    expression('key: a, operator: DoesNotExist, values: [""]'),
    'NP2305',
    `${expression0}.values`,
    "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
  ],
  [
    'S-719',
    expression('key: a, operator: Equals, values: [b]'),
    'NP2306',
    `${expression0}.operator`,
    'not a valid selector operator',
  ],
  [
    'S-719',
    expression('key: a, operator: in, values: [b]'),
    'NP2306',
    `${expression0}.operator`,
    'not a valid selector operator',
  ],
  [
    'S-719',
    expression('key: a, operator: Gt, values: [b]'),
    'NP2306',
    `${expression0}.operator`,
    'not a valid selector operator',
  ],
  ['S-719', expression('key: a'), 'NP2306', `${expression0}.operator`, 'not a valid selector operator'],
  ['S-720', block('10.0.0.0'), 'NP2103', `${peer0}.ipBlock.cidr`, cidrPhrase],
  ['S-720', block('10.0.0.0/33'), 'NP2103', `${peer0}.ipBlock.cidr`, cidrPhrase],
  ['S-720', block('"fd00::/129"'), 'NP2103', `${peer0}.ipBlock.cidr`, cidrPhrase],
  ['S-720', block('10.0.0.256/32'), 'NP2103', `${peer0}.ipBlock.cidr`, cidrPhrase],
  ['S-720', block('10.0.0.0/-1'), 'NP2103', `${peer0}.ipBlock.cidr`, cidrPhrase],
  ['S-720', block('" 10.0.0.0/8"'), 'NP2103', `${peer0}.ipBlock.cidr`, cidrPhrase],
  ['S-720', block('db.example.com'), 'NP2103', `${peer0}.ipBlock.cidr`, cidrPhrase],
  ['S-720', block('10.0.0.0/8', '10.1.0.0'), 'NP2103', `${peer0}.ipBlock.except[0]`, cidrPhrase],
  ['S-721', block('010.0.0.0/8'), 'NP2106', `${peer0}.ipBlock.cidr`, 'must not have leading 0s in IP or prefix length'],
  ['S-721', block('10.0.0.0/08'), 'NP2106', `${peer0}.ipBlock.cidr`, 'must not have leading 0s in IP or prefix length'],
  [
    'S-721',
    block('10.0.0.0/8', '10.01.0.0/16'),
    'NP2106',
    `${peer0}.ipBlock.except[0]`,
    'must not have leading 0s in IP or prefix length',
  ],
  [
    'S-722',
    block('"::ffff:10.0.0.0/104"'),
    'NP2107',
    `${peer0}.ipBlock.cidr`,
    'must not have an IPv4-mapped IPv6 address',
  ],
  [
    'S-722',
    block('"::ffff:a00:0/104"'),
    'NP2107',
    `${peer0}.ipBlock.cidr`,
    'must not have an IPv4-mapped IPv6 address',
  ],
  ['S-723', block('10.0.0.5/24'), 'NP2108', `${peer0}.ipBlock.cidr`, 'must not have bits set beyond the prefix length'],
  [
    'S-723',
    block('"fd00::1/64"'),
    'NP2108',
    `${peer0}.ipBlock.cidr`,
    'must not have bits set beyond the prefix length',
  ],
  [
    'S-723',
    block('10.0.0.0/8', '10.1.0.1/16'),
    'NP2108',
    `${peer0}.ipBlock.except[0]`,
    'must not have bits set beyond the prefix length',
  ],
  [
    'S-724',
    block('10.1.0.0/16', '10.2.0.0/16'),
    'NP2104',
    `${peer0}.ipBlock.except[0]`,
    'must be a strict subset of `cidr`',
  ],
  [
    'S-724',
    block('10.1.0.0/16', '10.1.0.0/16'),
    'NP2104',
    `${peer0}.ipBlock.except[0]`,
    'must be a strict subset of `cidr`',
  ],
  [
    'S-724',
    block('10.1.0.0/16', '10.0.0.0/8'),
    'NP2104',
    `${peer0}.ipBlock.except[0]`,
    'must be a strict subset of `cidr`',
  ],
  [
    'S-724',
    block('0.0.0.0/0', '10.0.0.0/8', '"fd00::/8"'),
    'NP2104',
    `${peer0}.ipBlock.except[1]`,
    'must be a strict subset of `cidr`',
  ],
  ['S-730', ports('{port: 1.5}'), 'NP2002', `${port0}.port`, 'must be a number or a name, not the number 1.5'],
  ['S-730', ports('{port: 2147483648}'), 'NP2002', `${port0}.port`, 'not the number 2147483648'],
  [
    'S-730',
    ports('{port: 80, endPort: 123456789012345678901}'),
    'NP2002',
    `${port0}.endPort`,
    'not the number 123456789012345678901',
  ],
  [
    'S-730',
    ports('{port: 80, endPort: "90"}'),
    'NP2002',
    `${port0}.endPort`,
    'must be an integer, not the string "90"',
  ],
];

describe('refused (section 7)', (test) => {
  for (const [rule, spec, code, path, phrase] of refused) {
    test(`${rule}: ${spec.slice(0, 90)}`, () => {
      const outcome = decodeSpec(spec);
      const { message } = onlyOne(outcome);
      assert.equal(codes(outcome), [code]);
      assert.match(message, `\`${path}\``);
      assert.match(message, phrase);
      assert.is(outcome.value, null);
    });
  }
});

const accepted: readonly (readonly [rule: string, spec: string])[] = [
  ['S-702', '{policyTypes: [Ingress, Egress]}'],
  ['S-704', from('{ipBlock: {cidr: 10.0.0.0/8}, podSelector: null, namespaceSelector: null}')],
  ['S-708', ports('{port: 1}, {port: 65535}')],
  ['S-709', ports('{port: 80, endPort: 80}')],
  ['S-710', ports('{port: 1, endPort: 65535}')],
  ['S-713', ports('{port: abcdefghijklmno}, {port: 8080-tcp}')],
  ['S-714', labels(`${'p'.repeat(253)}/${'n'.repeat(63)}: v, 1.a_B-2: v`)],
  ['S-715', labels(`a: "", b: ${'x'.repeat(63)}, c: 1.a_B-2`)],
  ['S-716', expression('key: a, operator: In, values: ["", b]')],
  ['S-719', expression('key: a, operator: NotIn, values: [b, b]')],
  ['S-720', block('0.0.0.0/0')],
  ['S-720', block('"::/0"')],
  ['S-720', block('192.168.5.10/32')],
  ['S-724', block('10.0.0.0/8', '10.0.0.0/9', '10.255.255.255/32')],
  ['S-724', block('"::/0"', '"fd00::/8"')],
  ['S-733', from('{namespaceSelector: {matchLabels: {nobody: has-this}}}')],
];

describe('accepted (section 7)', (test) => {
  for (const [rule, spec] of accepted) {
    test(`${rule}: ${spec.slice(0, 90)}`, () => assert.is(messages(decodeSpec(spec)), ''));
  }

  test('S-731: there is no limit on the number of items', () => {
    const many = Array.from({ length: 2000 }, (_, index) => `{port: ${index + 1}}`).join(', ');
    assert.is(decodeSpec(ports(many)).value?.ingress?.[0]?.ports?.length, 2000);
  });
});

describe('names (S-112, S-701)', (test) => {
  const cases: readonly (readonly [metadata: string, code: string, phrase: string])[] = [
    ['{name: Db}', 'NP2005', 'a lowercase RFC 1123 subdomain must consist of'],
    ['{name: a..b}', 'NP2005', 'a lowercase RFC 1123 subdomain must consist of'],
    [`{name: ${'x'.repeat(254)}}`, 'NP2005', 'must be no more than 253 characters'],
    ['{name: ""}', 'NP2005', 'a lowercase RFC 1123 subdomain must consist of'],
    ['{}', 'NP2004', '`metadata.name` is required'],
    ['null', 'NP2004', '`metadata.name` is required'],
    ['{name: null}', 'NP2004', '`metadata.name` is required'],
    ['{generateName: db-}', 'NP2004', '`metadata.generateName` gives no name to a file'],
    ['{name: p, namespace: a.b}', 'NP2006', 'a lowercase RFC 1123 label must consist of'],
    [`{name: p, namespace: ${'n'.repeat(64)}}`, 'NP2006', 'must be no more than 63 characters'],
    ['{name: p, namespace: ""}', 'NP2006', 'a lowercase RFC 1123 label must consist of'],
  ];
  for (const [metadata, code, phrase] of cases) {
    test(`${metadata.slice(0, 40)}: ${code}`, () => {
      const problem = onlyOne(decodeText(`metadata: ${metadata}\nspec: {}`));
      assert.is(problem.code, code);
      assert.match(problem.message, phrase);
    });
  }

  test('S-701: 253 characters in several parts are a name', () =>
    assert.is(messages(decodeText(`metadata: {name: ${`${'x'.repeat(62)}.`.repeat(4)}x}`)), ''));
  test('S-112: generateName beside a name is nothing', () =>
    assert.is(messages(decodeText('metadata: {name: p, generateName: x-}')), ''));
});

describe('rules about the rules (S-725 to S-728)', (test) => {
  test('S-726: host bits of a live object are masked off with a warning', () => {
    const outcome = decodeSpec(block('10.0.0.5/24', '10.0.0.129/25'), { live: true });
    assert.equal(places(outcome), ['4:43 NP2108 warning', '4:65 NP2108 warning']);
    assert.equal(meaning(outcome), { pods: '{}', ingress: ['10.0.0.0/24 - 10.0.0.128/25 : *'], egress: null });
  });
  test('S-726: leading zeros and mapped addresses are refused in live objects too', () => {
    assert.equal(codes(decodeSpec(block('010.0.0.0/8'), { live: true })), ['NP2106']);
    assert.equal(codes(decodeSpec(block('"::ffff:10.0.0.0/104"'), { live: true })), ['NP2107']);
  });
  test('S-727: other forms of IPv6 text mean the same and are warned about', () => {
    const outcome = decodeSpec(block('"FD00:0::/64"'));
    assert.equal(places(outcome), ['4:43 NP2307 warning']);
    assert.match(messages(outcome), 'fd00::/64');
    assert.equal(meaning(outcome), { pods: '{}', ingress: ['fd00::/64 : *'], egress: null });
  });
  test('S-728: what lies inside and is longer is an exception, at either end of the block', () =>
    assert.is(messages(decodeSpec(block('10.1.0.0/16', '10.1.0.0/17', '10.1.255.0/24'))), ''));
});

describe('all problems are told at once, in the order of the text', (test) => {
  test('seven mistakes give seven diagnostics', () => {
    const outcome = decodeText(`metadata: {name: P_}
spec:
  podSelector: {matchLabels: {a: b c}}
  policyTypes: [ingress]
  ingress:
  - from: [{}, {ipBlock: {cidr: 10.0.0.0/40}}]
    ports: [{port: 0}, {port: 9, endPort: 8}]
`);
    assert.equal(places(outcome), [
      '1:18 NP2005',
      '3:34 NP2302',
      '4:17 NP2102',
      '6:12 NP2109',
      '6:33 NP2103',
      '7:20 NP2202',
      '7:43 NP2203',
    ]);
  });
  test('S-713: one line per broken rule of a port name', () =>
    assert.equal(codes(decodeSpec(ports('{port: -1--2-}'))), ['NP2207', 'NP2207', 'NP2207']));
  test('S-705: the exceptions of a block without `cidr` are not checked', () =>
    assert.equal(codes(decodeSpec(from('{ipBlock: {except: [nonsense]}}'))), ['NP2105']));
});

describe('one mistake is told once', (test) => {
  const cases: readonly (readonly [what: string, spec: string, codes: readonly string[]])[] = [
    ['a misspelt `cidr` is not missing too', from('{ipBlock: {CIDR: 10.0.0.0/8}}'), ['NP2001']],
    ['a block that is a string has no missing `cidr`', from('{ipBlock: 10.0.0.0/8}'), ['NP2002']],
    ['a `cidr` that is a number is no broken text', from('{ipBlock: {cidr: 10}}'), ['NP2002']],
    ['a misspelt selector is no empty peer', from('{podselector: {}}'), ['NP2001']],
    ['misspelt `values` are not missing', expression('key: a, operator: In, value: [b]'), ['NP2001']],
    ['a port that does not fit 32 bits is not out of range', ports('{port: 5000000000}'), ['NP2002']],
    ['a type that is a number is not unsupported', '{policyTypes: [1]}', ['NP2002']],
  ];
  for (const [what, spec, expected] of cases) test(what, () => assert.equal(codes(decodeSpec(spec)), expected));
});

describe('hints', (test) => {
  const cases: readonly (readonly [spec: string, hint: string])[] = [
    [ports('{port: "80"}'), 'write the number without quotes: 80'],
    [ports('{port: 8080-8090}'), 'write the range with `port` and `endPort`'],
    [ports('{protocol: udp}'), 'write UDP'],
    [block('192.168.5.10'), 'for one address write 192.168.5.10/32'],
    [block('10.1.0.0/16', '10.2.0.0/16'), 'widen `cidr` or remove this exception'],
    [block('10.0.0.5/24'), 'write the first address of the block, or a longer prefix'],
    [labels('a: 1'), 'put the value in quotes'],
    ['{ingress: {from: []}}', 'begin each item with `- `'],
    ['{podSelector: {matchLabels: "role:db"}}', 'put a space behind the colon'],
    ['{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/33}}]}]}', 'the longest prefix length is 32'],
    ['{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: fd00::/129}}]}]}', 'the longest prefix length is 128'],
    ['{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: fd00::7}}]}]}', 'for one address write fd00::7/128'],
    ['{podSelector: {}, ingress: [{from: [{ipBlock: 10.0.0.0/8}]}]}', 'write `{cidr: 10.0.0.0/8}`'],
    ['{podSelector: {}, ingress: [{ports: [{port: "http,https"}]}]}', 'make an item of `ports` for each'],
  ];
  for (const [spec, hint] of cases) test(hint, () => assert.is(onlyOne(decodeSpec(spec)).hint, hint));
});
