// What tiers become in the IR, by hand; verdicts are held by golden cases and random worlds.
import * as assert from 'uvu/assert';
import { createCompiler, defaultCompileOptions } from '../../src/compile.ts';
import { inputFromText } from '../../src/input/input-from-text.ts';
import { readWorld } from '../../src/input/read-world.ts';
import { defaultReadOptions } from '../../src/input/world.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Direction, Endpoint, Ir } from '../../src/ir/ir.ts';
import { formatRanges } from '../../src/net/range-text.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const cluster = `
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: a, labels: {team: x}}}
- {apiVersion: v1, kind: Namespace, metadata: {name: b, labels: {team: 'y'}}}
- {apiVersion: v1, kind: Pod, metadata: {namespace: a, name: db, labels: {role: db}}, spec: {nodeName: n1}, status: {podIP: 10.0.0.1}}
- {apiVersion: v1, kind: Pod, metadata: {namespace: a, name: web}, spec: {nodeName: n1}, status: {podIP: 10.0.0.2}}
- {apiVersion: v1, kind: Pod, metadata: {namespace: b, name: web}, spec: {nodeName: n2}, status: {podIP: 10.0.0.9}}
`;

async function compiled(policies: string): Promise<{ readonly ir: Ir; readonly diagnostics: readonly Diagnostic[] }> {
  const files = [inputFromText('p.yaml', 'policies', policies), inputFromText('c.yaml', 'snapshot', cluster)];
  const { value, diagnostics } = await readWorld(files, defaultReadOptions);
  assert.equal(diagnostics, []);
  const outcome = createCompiler(must(value), defaultCompileOptions).ir({ kind: 'snapshot' });
  return { ir: must(outcome.value), diagnostics: outcome.diagnostics };
}

const rules = (list: string): string => `[${list}]`;
const cnp = (name: string, tier: string, priority: number, spec: string): string => `
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: {name: ${name}}
spec: {tier: ${tier}, priority: ${priority}, ${spec}}
`;
const np = (name: string, spec: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {namespace: a, name: ${name}}
spec: ${spec}
`;
const inA = 'subject: {namespaces: {matchLabels: {team: x}}}';
const fromB = 'from: [{namespaces: {matchLabels: {team: "y"}}}]';

const endpoint = (ir: Ir, key: string): Endpoint =>
  must(ir.endpoints.find(({ namespace, name }) => `${namespace}/${name}` === key));

/** `every`, then rows with what stands behind them; null when it is open. */
function told(ir: Ir, key: string, direction: Direction = 'ingress'): readonly string[] | null {
  const id = endpoint(ir, key)[direction];
  if (id === null) return null;
  const text = (set: string): string => {
    const { addresses } = must(ir.addressSetById.get(set));
    return [...formatRanges(addresses.IPv4, 'IPv4'), ...formatRanges(addresses.IPv6, 'IPv6')].join(' ');
  };
  const profile = must(ir.profileById.get(id));
  const because = (origins: readonly { readonly policy: string; readonly path: string }[]): string =>
    origins.map(({ policy, path }) => `${policy} ${path}`).join(', ');
  return [
    `${text(profile.every)} < ${because(profile.origins)}`,
    ...profile.rows.map(
      (row) => `${row.transport} ${row.first}-${row.last} ${text(row.peers)} < ${because(row.origins)}`,
    ),
  ];
}

describe('tiers in the IR', (test) => {
  test('a denial leaves the rest open, and says which rule took something away', async () => {
    const { ir } = await compiled(cnp('guard', 'Admin', 1, `${inA}, ingress: ${rules(`{action: Deny, ${fromB}}`)}`));
    assert.equal(told(ir, 'a/db'), [
      '0.0.0.0-10.0.0.8 10.0.0.10-255.255.255.255 ::/0 < ClusterNetworkPolicy/guard spec.ingress[0]',
    ]);
    assert.is(told(ir, 'b/web'), null);
    assert.is(told(ir, 'a/db', 'egress'), null);
    assert.equal(
      endpoint(ir, 'a/db').origins.ingress.map(({ policy, path }) => `${policy} ${path}`),
      ['ClusterNetworkPolicy/guard spec.subject'],
    );
  });
  test('what accepts everything that others deny leaves the pod open', async () => {
    const all = 'from: [{namespaces: {}}]';
    const { ir } = await compiled(
      cnp('guard', 'Admin', 1, `${inA}, ingress: ${rules(`{action: Accept, ${all}}, {action: Deny, ${all}}`)}`),
    );
    assert.is(told(ir, 'a/db'), null);
  });
  test('a NetworkPolicy keeps what Admin leaves, and each part says whose it is', async () => {
    const policies = [
      cnp(
        'guard',
        'Admin',
        1,
        `${inA}, ingress: ${rules(
          `{action: Accept, ${fromB}, protocols: [{tcp: {destinationPort: {number: 9090}}}]}, {action: Deny, ${fromB}}`,
        )}`,
      ),
      np('open', '{podSelector: {matchLabels: {role: db}}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.8/31}}]}]}'),
    ];
    const { ir } = await compiled(policies.join('---'));
    assert.equal(told(ir, 'a/db'), [
      '10.0.0.8 < a/open spec.ingress[0]',
      'TCP 9090-9090 10.0.0.9 < ClusterNetworkPolicy/guard spec.ingress[0]',
    ]);
  });
  test('equal outcomes share a profile, whatever the tiers were', async () => {
    const denyB = `ingress: ${rules(`{action: Deny, ${fromB}}`)}`;
    const policies = [
      cnp('admin', 'Admin', 1, `subject: {pods: {podSelector: {matchLabels: {role: db}}}}, ${denyB}`),
      cnp(
        'base',
        'Baseline',
        1,
        `subject: {pods: {podSelector: {matchExpressions: [{key: role, operator: DoesNotExist}]}, namespaceSelector: {matchLabels: {team: x}}}}, ${denyB}`,
      ),
    ];
    const { ir } = await compiled(policies.join('---'));
    assert.is(endpoint(ir, 'a/db').ingress, endpoint(ir, 'a/web').ingress);
    assert.is(ir.profileById.size, 1);
  });
  test('policies that no pod is the subject of change nothing', async () => {
    const nobody = 'subject: {namespaces: {matchLabels: {team: z}}}';
    const { ir } = await compiled(cnp('guard', 'Admin', 1, `${nobody}, ingress: ${rules(`{action: Deny, ${fromB}}`)}`));
    assert.is(ir.profileById.size, 0);
    assert.ok(ir.endpoints.every(({ origins }) => origins.ingress.length + origins.egress.length === 0));
  });
});

describe('rules of tiers that cut addresses and ports into too many pieces (S-1208)', (test) => {
  test('are an error that names the rule, and no IR', async () => {
    // Each rule: 625 single addresses, on 25 ports that no other rule speaks of.
    const addresses = (peer: number): string =>
      Array.from({ length: 25 }, (_, index) => `10.${peer}.${2 * index}.1/32`).join(', ');
    const peers = Array.from({ length: 25 }, (_, index) => `{networks: [${addresses(index)}]}`).join(', ');
    const ports = (first: number): string =>
      Array.from({ length: 25 }, (_, index) => `{tcp: {destinationPort: {number: ${first + 2 * index}}}}`).join(', ');
    const policies = Array.from({ length: 2 }, (_, policy) => {
      const list = Array.from(
        { length: 25 },
        (__, index) => `{action: Deny, to: [${peers}], protocols: [${ports(1 + 60 * (25 * policy + index))}]}`,
      );
      return cnp(`p${policy}`, 'Admin', policy, `${inA}, egress: [${list.join(', ')}]`);
    });
    const files = [
      inputFromText('p.yaml', 'policies', policies.join('---')),
      inputFromText('c.yaml', 'snapshot', cluster),
    ];
    const world = must((await readWorld(files, defaultReadOptions)).value);
    const { value, diagnostics } = createCompiler(world, defaultCompileOptions).ir({ kind: 'snapshot' });
    assert.is(value, null);
    assert.equal(
      diagnostics.map(({ code }) => code),
      ['NP4004'],
    );
    assert.match(must(diagnostics[0]).message, /^with `spec\.egress\[\d+\]` of `ClusterNetworkPolicy\/p\d`/);
  });
});

describe('domain names without a DNSSnapshot (S-1017)', (test) => {
  test('are told of for each peer that has some', async () => {
    const names = '{domainNames: [a.example]}';
    const egress = `egress: ${rules(`{action: Accept, to: [${names}, {namespaces: {}}]}, {action: Accept, to: [${names}]}`)}`;
    const { diagnostics } = await compiled(cnp('names', 'Admin', 1, `${inA}, ${egress}`));
    assert.equal(
      diagnostics.map(({ code, severity }) => `${code} ${severity}`),
      ['NP3022 warning', 'NP3022 warning'],
    );
  });
});

describe('cluster policies of equal priority (S-1007)', (test) => {
  const told_ = async (...policies: readonly string[]): Promise<readonly string[]> =>
    (await compiled(policies.join('---'))).diagnostics.map(({ code, message }) => `${code} ${message}`);
  const act = (action: string, port: number): string =>
    `{action: ${action}, ${fromB}, protocols: [{tcp: {destinationPort: {number: ${port}}}}]}`;
  const of = (name: string, list: string, subject = inA, tier = 'Admin'): string =>
    cnp(name, tier, 7, `${subject}, ingress: ${rules(list)}`);
  const warned = [
    'NP3023 `ClusterNetworkPolicy/p` and `ClusterNetworkPolicy/q` have priority 7 in the Admin tier and decide differently about the same connections',
  ];

  test('are told of when they decide differently about the same connection', async () => {
    assert.equal(await told_(of('q', act('Accept', 80)), of('p', act('Deny', 80))), warned);
    assert.equal(await told_(of('q', act('Pass', 80)), of('p', act('Accept', 80))), warned);
  });
  test('are not when they agree, or speak of other ports, pods or tiers', async () => {
    assert.equal(await told_(of('q', act('Deny', 80)), of('p', act('Deny', 80))), []);
    assert.equal(await told_(of('q', act('Accept', 80)), of('p', act('Deny', 81))), []);
    assert.equal(
      await told_(
        of('q', act('Accept', 80)),
        of('p', act('Deny', 80), 'subject: {namespaces: {matchLabels: {team: "y"}}}'),
      ),
      [],
    );
    assert.equal(await told_(of('q', act('Accept', 80)), of('p', act('Deny', 80), inA, 'Baseline')), []);
  });
  test('are not when somebody before them has decided', async () => {
    const before = cnp('first', 'Admin', 1, `${inA}, ingress: ${rules(act('Deny', 80))}`);
    assert.equal(await told_(before, of('q', act('Accept', 80)), of('p', act('Deny', 80))), []);
  });
  test('within Baseline, about what Admin leaves', async () => {
    const [q, p] = [of('q', act('Accept', 80), inA, 'Baseline'), of('p', act('Deny', 80), inA, 'Baseline')];
    assert.is((await told_(q, p)).length, 1);
    assert.equal(await told_(cnp('first', 'Admin', 1, `${inA}, ingress: ${rules(act('Accept', 80))}`), q, p), []);
  });
});
