// Strict decoding of the three cluster-scoped kinds: what is refused, what is taken, and what is filled in.
import * as assert from 'uvu/assert';
import type { Outcome } from '../../src/diagnostics/diagnostic.ts';
import { parseYaml } from '../../src/parse/yaml.ts';
import { clusterPeerText, clusterPortText } from '../../src/trace/words.ts';
import type { ClusterPolicy, ClusterPolicyKind, ClusterRule } from '../../src/policy/cluster-policy.ts';
import { decodeClusterPolicy } from '../../src/policy/decode-cluster-policy.ts';
import { domainMatches, domainNameProblem } from '../../src/policy/domain-name.ts';
import { wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { messages, places } from './decode-text.ts';

const kinds = {
  CNP: ['ClusterNetworkPolicy', 'tier: Admin, priority: 5, subject: {namespaces: {}}'],
  ANP: ['AdminNetworkPolicy', 'priority: 5, subject: {namespaces: {}}'],
  BANP: ['BaselineAdminNetworkPolicy', 'subject: {namespaces: {}}'],
} as const satisfies Record<string, readonly [ClusterPolicyKind, string]>;

type Kind = keyof typeof kinds;

function decode(
  kind: ClusterPolicyKind,
  spec: string,
  { lenient = false, name = 'default' } = {},
): Outcome<ClusterPolicy> {
  const text = `kind: ${kind}\nmetadata: {name: ${name}}\nspec: {${spec}}\n`;
  const { value, diagnostics } = parseYaml(wholeSource('policy.yaml', text));
  assert.equal(diagnostics, []);
  return decodeClusterPolicy(kind, must(must(value)[0]), lenient ? 'warn' : 'strict');
}

/** A policy with further fields beside those that it must have. */
function withRules(kind: Kind, rules: string, lenient = false): Outcome<ClusterPolicy> {
  const [name, head] = kinds[kind];
  return decode(name, `${head}, ${rules}`, { lenient });
}

const codes = ({ diagnostics }: Outcome<unknown>): readonly string[] =>
  diagnostics.map(({ code, severity }) => (severity === 'error' ? code : `${code} ${severity}`));

/** `Accept: PORTS from PEERS`. */
const told = (rule: ClusterRule): string => {
  const ports = rule.ports === null ? '*' : rule.ports.map(clusterPortText).join(', ');
  return `${rule.action}: ${ports} <> ${rule.peers.map(clusterPeerText).join(' | ')}`;
};

const first = (outcome: Outcome<ClusterPolicy>): string => {
  const { ingress, egress } = must(outcome.value, messages(outcome));
  return told(must([...ingress, ...egress][0]));
};

const everyone = '{namespaces: {}}';
const deny = (fields: string): string => `ingress: [{action: Deny, from: [${everyone}], ${fields}}]`;
const denyTo = (peer: string, fields = ''): string => `egress: [{action: Deny, to: [${peer}]${fields}}]`;
const acceptTo = (peer: string, fields = ''): string => `egress: [{action: Accept, to: [${peer}]${fields}}]`;
const many = (count: number, item: string): string => Array.from({ length: count }, () => item).join(', ');

type Refused = readonly [rule: string, kind: Kind, rules: string, code: string, phrase: string];

const refused: readonly Refused[] = [
  [
    'S-1019',
    'CNP',
    'ingress: [{action: Deny, from: [{namespaces: {}, pods: {}}]}]',
    'NP2401',
    'only one of namespaces, pods',
  ],
  ['S-1009', 'CNP', 'ingress: [{action: Deny, from: [{}]}]', 'NP2402', 'sets none of namespaces, pods'],
  ['S-1009', 'CNP', 'ingress: [{action: Deny, from: [null]}]', 'NP2402', 'sets none of namespaces, pods'],
  ['S-1014', 'CNP', 'ingress: [{action: Deny, from: [{networks: [10.0.0.0/8]}]}]', 'NP2001', 'networks'],
  ['S-1019', 'CNP', 'ingress: [{action: Deny}]', 'NP2403', '`spec.ingress[0].from` is a required value'],
  ['S-1019', 'CNP', `ingress: [{from: [${everyone}]}]`, 'NP2403', '`spec.ingress[0].action` is a required value'],
  [
    'S-1019',
    'CNP',
    `ingress: [{action: deny, from: [${everyone}]}]`,
    'NP2404',
    'supported values: "Accept", "Deny", "Pass"',
  ],
  ['S-1102', 'CNP', `ingress: [{action: Allow, from: [${everyone}]}]`, 'NP2404', 'unsupported value "Allow"'],
  [
    'S-1102',
    'ANP',
    `ingress: [{action: Accept, from: [${everyone}]}]`,
    'NP2404',
    'supported values: "Allow", "Deny", "Pass"',
  ],
  ['S-1102', 'BANP', `ingress: [{action: Pass, from: [${everyone}]}]`, 'NP2404', 'supported values: "Allow", "Deny"'],
  ['S-1019', 'CNP', 'ingress: [{action: Deny, from: []}]', 'NP2406', 'must have at least one item'],
  ['S-1010', 'CNP', deny('protocols: []'), 'NP2406', '`spec.ingress[0].protocols`'],
  ['S-1019', 'CNP', denyTo('{networks: []}'), 'NP2406', '`spec.egress[0].to[0].networks`'],
  [
    'S-1019',
    'CNP',
    `ingress: [${many(26, `{action: Deny, from: [${everyone}]}`)}]`,
    'NP2407',
    'has 26 items, must have at most 25',
  ],
  ['S-1019', 'CNP', `ingress: [{action: Deny, from: [${many(26, everyone)}]}]`, 'NP2407', '`spec.ingress[0].from`'],
  [
    'S-1019',
    'CNP',
    deny(`protocols: [${many(26, '{destinationNamedPort: a}')}]`),
    'NP2407',
    '`spec.ingress[0].protocols`',
  ],
  [
    'S-1104',
    'ANP',
    `ingress: [${many(101, `{action: Deny, from: [${everyone}]}`)}]`,
    'NP2407',
    'must have at most 100',
  ],
  ['S-1104', 'ANP', denyTo(`{networks: [${many(26, '10.0.0.0/8')}]}`), 'NP2407', 'must have at most 25'],
  ['S-1018', 'CNP', deny(`name: ${'x'.repeat(101)}`), 'NP2408', 'no more than 100 characters, has 101'],
  [
    'S-1016',
    'CNP',
    denyTo(`{networks: ['2001:0db8:0000:0000:0000:0000:0000:0000/00000032']}`),
    'NP2410',
    'no more than 43 characters',
  ],
  ['S-1016', 'CNP', denyTo('{networks: [10.0.0.1]}'), 'NP2103', 'must be a valid CIDR'],
  ['S-1016', 'CNP', denyTo('{networks: [010.0.0.0/8]}'), 'NP2106', 'leading 0s'],
  ['S-1017', 'CNP', acceptTo("{domainNames: ['*example.com']}"), 'NP2411', 'must stand alone'],
  ['S-1017', 'CNP', acceptTo("{domainNames: ['a..b']}"), 'NP2411', 'one dot between them'],
  ['S-1017', 'CNP', acceptTo("{domainNames: ['*']}"), 'NP2411', 'one dot between them'],
  ['S-1017', 'CNP', denyTo('{domainNames: [example.com]}'), 'NP2412', 'not with Deny'],
  ['S-1105', 'BANP', 'egress: [{action: Allow, to: [{domainNames: [example.com]}]}]', 'NP2001', 'domainNames'],
  [
    'S-1012',
    'CNP',
    acceptTo('{nodes: {}}', ', protocols: [{destinationNamedPort: http}]'),
    'NP2413',
    'networks, nodes or domainNames',
  ],
  [
    'S-1012',
    'ANP',
    denyTo('{networks: [10.0.0.0/8]}', ', ports: [{namedPort: http}]'),
    'NP2413',
    '`spec.egress[0].ports[0]`',
  ],
  ['S-713', 'CNP', deny('protocols: [{destinationNamedPort: "80"}]'), 'NP2207', 'at least one letter'],
  ['S-1011', 'CNP', deny('protocols: [{tcp: {}}]'), 'NP2414', 'every TCP port is 1-65535'],
  ['S-1019', 'CNP', deny('protocols: [{tcp: {destinationPort: {}}}]'), 'NP2402', 'none of number, range'],
  ['S-1019', 'CNP', deny('protocols: [{tcp: {destinationPort: {number: 0}}}]'), 'NP2202', 'between 1 and 65535'],
  ['S-1019', 'CNP', deny('protocols: [{sctp: {destinationPort: {range: {start: 1, end: 65536}}}}]'), 'NP2202', '65536'],
  [
    'S-1019',
    'CNP',
    deny('protocols: [{udp: {destinationPort: {range: {start: 80, end: 80}}}}]'),
    'NP2415',
    'Start port must be less than End port',
  ],
  [
    'S-1019',
    'CNP',
    deny('protocols: [{udp: {destinationPort: {range: {start: 80}}}}]'),
    'NP2403',
    '.range.end` is a required value',
  ],
  ['S-1106', 'ANP', deny('ports: [{portRange: {start: 81, end: 80}}]'), 'NP2415', 'must not be greater'],
  ['S-1103', 'ANP', deny('ports: [{portNumber: {protocol: tcp, port: 80}}]'), 'NP2201', 'unsupported value "tcp"'],
  ['S-1103', 'ANP', deny('ports: [{portNumber: {protocol: UDP}}]'), 'NP2403', '.portNumber.port` is a required value'],
  ['S-1103', 'ANP', deny('protocols: [{tcp: {destinationPort: {number: 1}}}]'), 'NP2001', 'protocols'],
  [
    'S-1107',
    'ANP',
    'ingress: [{action: Deny, from: [{namespaces: {namespaceSelector: {}}}]}]',
    'NP2001',
    'namespaceSelector',
  ],
  ['S-1107', 'ANP', 'ingress: [{action: Deny, from: [{namespaces: {sameLabels: [a]}}]}]', 'NP2001', 'sameLabels'],
];

describe('cluster-scoped policies are refused', (test) => {
  for (const [rule, kind, rules, code, phrase] of refused) {
    test(`${rule} ${kind} ${rules.length > 90 ? `${rules.slice(0, 90)}…` : rules}`, () => {
      const outcome = withRules(kind, rules);
      assert.is(outcome.value, null);
      assert.equal(codes(outcome), [code], messages(outcome));
      assert.ok(messages(outcome).includes(phrase), messages(outcome));
    });
  }
  const bare = (spec: string, kind: ClusterPolicyKind = 'ClusterNetworkPolicy', name = 'default'): readonly string[] =>
    codes(decode(kind, spec, { name }));
  test('without what they must have', () => {
    assert.equal(bare(''), ['NP2403', 'NP2403', 'NP2403']);
    assert.equal(bare('tier: Admin, subject: {namespaces: {}}'), ['NP2403']);
    assert.equal(bare('', 'AdminNetworkPolicy'), ['NP2403', 'NP2403']);
    assert.equal(bare('', 'BaselineAdminNetworkPolicy'), ['NP2403']);
  });
  test('with a priority out of bounds, and fields that another kind has', () => {
    assert.equal(bare('tier: Admin, priority: 1001, subject: {namespaces: {}}'), ['NP2405']);
    assert.equal(bare('tier: Admin, priority: -1, subject: {namespaces: {}}'), ['NP2405']);
    assert.equal(bare('tier: Admin, priority: 5, subject: {namespaces: {}}', 'AdminNetworkPolicy'), ['NP2001']);
    assert.equal(bare('priority: 5, subject: {namespaces: {}}', 'BaselineAdminNetworkPolicy'), ['NP2001']);
  });
  test('with a subject of none or both kinds, whatever is let in otherwise', () => {
    assert.equal(bare('tier: Admin, priority: 5, subject: {}'), ['NP2402']);
    assert.equal(codes(decode('AdminNetworkPolicy', 'priority: 5, subject: {galaxies: {}}', { lenient: true })), [
      'NP2402',
      'NP2001 warning',
    ]);
  });
  test('a BaselineAdminNetworkPolicy under any other name than default', () =>
    assert.equal(bare('subject: {namespaces: {}}', 'BaselineAdminNetworkPolicy', 'base'), ['NP2409']));
});

describe('cluster-scoped policies mean', (test) => {
  const means = (kind: Kind, rules: string, text: string): void => {
    test(`${kind} ${rules}`, () => assert.is(first(withRules(kind, rules)), text));
  };
  means('CNP', deny(''), 'Deny: * <> every pod in every namespace');
  means('CNP', deny('protocols: null'), 'Deny: * <> every pod in every namespace');
  means(
    'CNP',
    'ingress: [{action: Pass, from: [{pods: {podSelector: {matchLabels: {a: b}}}}, {pods: {namespaceSelector: {matchLabels: {c: d}}}}]}]',
    'Pass: * <> pods with a=b in every namespace | every pod in namespaces with c=d',
  );
  means(
    'CNP',
    deny(
      'protocols: [{tcp: {destinationPort: {number: 80}}}, {sctp: {destinationPort: {range: {start: 1, end: 65535}}}}, {destinationNamedPort: http}]',
    ),
    'Deny: TCP 80, any SCTP port, the port named http <> every pod in every namespace',
  );
  means('CNP', denyTo('{networks: [10.0.0.0/8, "fd00::/8"]}'), 'Deny: * <> addresses in 10.0.0.0/8 or fd00::/8');
  means('CNP', denyTo('{nodes: {}}'), 'Deny: * <> every node');
  means('CNP', denyTo('{nodes: {matchLabels: {a: b}}}'), 'Deny: * <> nodes with a=b');
  means(
    'CNP',
    acceptTo("{domainNames: ['*.A.example.', b.example]}"),
    'Accept: * <> addresses of *.a.example or b.example',
  );
  means('ANP', `ingress: [{action: Allow, from: [${everyone}]}]`, 'Accept: * <> every pod in every namespace');
  means(
    'ANP',
    deny('ports: [{portNumber: {port: 80}}, {portRange: {protocol: UDP, start: 5, end: 5}}, {namedPort: dns}]'),
    'Deny: TCP 80, UDP 5, the port named dns <> every pod in every namespace',
  );
  test('tiers and priorities by kind; BaselineAdminNetworkPolicy comes last (S-1101, S-1108)', () => {
    const of = (kind: Kind): unknown => {
      const { tier, priority, ingress, egress } = must(withRules(kind, 'ingress: []').value);
      return [tier, priority, ingress, egress];
    };
    assert.equal(of('CNP'), ['Admin', 5, [], []]);
    assert.equal(of('ANP'), ['Admin', 5, [], []]);
    assert.equal(of('BANP'), ['Baseline', 1001, [], []]);
  });
  test('host bits are masked off with a warning (S-1016)', () => {
    const outcome = withRules('CNP', denyTo('{networks: [10.1.2.3/8]}'));
    assert.equal(codes(outcome), ['NP2108 warning']);
    assert.is(first(outcome), 'Deny: * <> addresses in 10.0.0.0/8');
  });
  test('a status is no field to complain about', () => {
    const { value } = parseYaml(
      wholeSource(
        'p.yaml',
        'metadata: {name: p}\nspec: {tier: Baseline, priority: 0, subject: {pods: {}}, ingress: [{action: Pass, from: [{pods: {}}]}]}\nstatus: {conditions: []}\n',
      ),
    );
    assert.equal(decodeClusterPolicy('ClusterNetworkPolicy', must(must(value)[0]), 'strict').diagnostics, []);
  });
  test('nothing without rules, with a warning (L-39)', () => {
    assert.equal(codes(withRules('CNP', 'ingress: []')), ['NP2418 warning']);
    assert.equal(codes(withRules('CNP', deny(''))), []);
  });
  test('pods as well where they mean all addresses, with a warning unless pods are spared before (L-38)', () => {
    const everywhere = '{networks: [192.0.2.0/24, "::/0"]}';
    const after = (rule: string): readonly string[] =>
      codes(withRules('CNP', `egress: [${rule}, {action: Deny, to: [${everywhere}]}]`));
    assert.equal(codes(withRules('CNP', denyTo(everywhere))), ['NP2419 warning']);
    assert.equal(codes(withRules('CNP', acceptTo(everywhere))), ['NP2419 warning']);
    assert.equal(codes(withRules('CNP', `egress: [{action: Pass, to: [${everywhere}]}]`)), []);
    assert.equal(codes(withRules('CNP', denyTo('{networks: [0.0.0.0/1]}'))), []);
    assert.equal(after('{action: Pass, to: [{namespaces: {}}]}'), []);
    assert.equal(after('{action: Accept, to: [{pods: {}}]}'), []);
    assert.equal(after('{action: Pass, to: [{namespaces: {matchLabels: {a: b}}}]}'), ['NP2419 warning']);
    assert.equal(after('{action: Pass, to: [{namespaces: {}}], protocols: [{destinationNamedPort: a}]}'), [
      'NP2419 warning',
    ]);
  });
  test('up to a hundred characters of a name, whatever they are', () => {
    const name = '\u{1f512}'.repeat(100);
    assert.equal(codes(withRules('CNP', deny(`name: "${name}"`))), []);
  });
});

describe('what is written for a newer schema, under --decode=warn', (test) => {
  const lenient = (rules: string): Outcome<ClusterPolicy> => withRules('CNP', rules, true);
  test('is kept as unknown, with a warning at its place (S-1009)', () => {
    const outcome = lenient('ingress: [{action: Deny, from: [{}, {galaxies: {}}]}]');
    assert.equal(places(outcome), ['3:93 NP2402 warning', '3:97 NP2402 warning', '3:98 NP2001 warning']);
    assert.is(first(outcome), 'Deny: * <> something of a newer schema | something of a newer schema');
  });
  test('an entry of ports as well', () => {
    const outcome = lenient(deny('protocols: [{quic: {}}, {tcp: {ports: []}}, {udp: {destinationPort: {list: []}}}]'));
    assert.is(
      first(outcome),
      'Deny: something of a newer schema, something of a newer schema, something of a newer schema <> every pod in every namespace',
    );
  });
  test('tcp: {} is every TCP port (S-1011)', () =>
    assert.is(first(lenient(deny('protocols: [{tcp: {}}]'))), 'Deny: any TCP port <> every pod in every namespace'));
  test('names that are denied are as good as unknown (S-1017)', () =>
    assert.is(first(lenient(denyTo('{domainNames: [a.example]}'))), 'Deny: * <> something of a newer schema'));
});

describe('hints for cluster policies', (test) => {
  const hint = (kind: Kind, rules_: string): string => must(withRules(kind, rules_).diagnostics[0]?.hint);
  test('know what authors of other kinds write', () => {
    assert.match(hint('CNP', denyTo('{ipBlock: {cidr: 10.0.0.0/8}}')), /^write `networks`/);
    assert.match(hint('CNP', deny('ports: [{port: 80}]')), /^write `protocols`/);
    assert.match(hint('ANP', deny('protocols: [{tcp: {}}]')), /^write `ports`/);
    assert.is(hint('CNP', 'ingress: [{action: Deny, from: [{podSelector: {}}]}]'), '`podSelector` belongs to `pods`');
    assert.is(hint('CNP', 'egres: []'), 'did you mean `egress`?');
  });
  test('say nothing of what a server would make of a NetworkPolicy', () =>
    assert.is(
      hint('CNP', 'ingress: [{action: Deny, from: [{namespaces: {team: x}}]}]'),
      '`team` looks like a label; did you mean `namespaces.matchLabels.team`?',
    ));
});

describe('domain names', (test) => {
  test('are labels of letters, digits, hyphens and underscores', () => {
    for (const good of [
      'a',
      'example.com',
      'example.com.',
      '*.example.com',
      '_srv._tcp.example',
      'xn--a.example',
      `${'a'.repeat(63)}.b`,
    ])
      assert.is(domainNameProblem(good), null, good);
    for (const bad of [
      '',
      '.',
      '*',
      '*.',
      'a..b',
      '-a.b',
      'a-.b',
      'a.*.b',
      'a*.b',
      'ä.b',
      'a b',
      `${'a'.repeat(64)}.b`,
      'a.'.repeat(128),
    ])
      assert.type(domainNameProblem(bad), 'string', bad);
  });
  test('with a star mean what is below them, not themselves', () => {
    assert.ok(domainMatches('*.a.b', 'x.a.b'));
    assert.ok(domainMatches('*.a.b', 'y.x.a.b'));
    assert.not(domainMatches('*.a.b', 'a.b'));
    assert.not(domainMatches('*.a.b', 'xa.b'));
    assert.ok(domainMatches('a.b', 'a.b'));
    assert.not(domainMatches('a.b', 'x.a.b'));
  });
});
