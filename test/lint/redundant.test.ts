import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { lintText } from './lint-files.ts';

const policy = (name: string, spec: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: a}
spec: ${spec}
`;
const pod = (name: string, labels: string, address: string): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: a, labels: ${labels}}
spec: {containers: [{name: c}]}
status: {phase: Running, podIP: ${address}}
`;
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n';
const tcp = (port: number): string => `ports: [{protocol: TCP, port: ${port}}]`;
const from = (labels: string): string => `from: [{podSelector: {matchLabels: ${labels}}}]`;
const ingress = (subject: string, ...rules: readonly string[]): string =>
  `{podSelector: ${subject}, policyTypes: [Ingress], ingress: [${rules.map((rule) => `{${rule}}`).join(', ')}]}`;

/** `policy: message` of everything that L-23 says. */
async function redundantIn(policies: readonly string[], pods: readonly string[] = []): Promise<readonly string[]> {
  const snapshot = pods.length === 0 ? {} : { snapshot: [namespace, ...pods].join('---\n') };
  const { findings } = await lintText(policies.join('---'), snapshot);
  const own = findings.filter(({ lint }) => lint === 'L-23');
  return own.map(({ policy: key, diagnostic }) => `${key ?? ''}: ${diagnostic.message}`);
}

describe('what is redundant whatever pods there are (L-23)', (test) => {
  test('a rule for fewer peers and ports than another one of the policy', async () =>
    assert.equal(
      await redundantIn([policy('p', ingress('{}', 'from: [{podSelector: {}}]', `${from('{x: v}')}, ${tcp(80)}`))]),
      ['a/p: `spec.ingress[1]` adds nothing: what it allows is allowed by `a/p` ingress[0]'],
    ));

  test('a rule that is within one of another policy for more pods', async () =>
    assert.equal(
      await redundantIn([
        policy('all', ingress('{}', 'from: [{podSelector: {}}]')),
        policy(
          'web',
          ingress(
            '{matchLabels: {app: web}}',
            from('{x: v}'),
            'from: [{namespaceSelector: {}, podSelector: {matchLabels: {x: v}}}]',
          ),
        ),
      ]),
      ['a/web: `spec.ingress[0]` adds nothing: what it allows is allowed by `a/all` ingress[0]'],
    ));

  test('ports are compared as intervals', async () => {
    const wide = 'ports: [{protocol: TCP, port: 80, endPort: 89}, {protocol: TCP, port: 90, endPort: 99}]';
    const narrow = 'ports: [{protocol: TCP, port: 85, endPort: 95}]';
    assert.is((await redundantIn([policy('p', ingress('{}', wide, narrow))])).length, 1);
    const more = 'ports: [{protocol: TCP, port: 85, endPort: 100}]';
    assert.equal(await redundantIn([policy('p', ingress('{}', wide, more))]), []);
    const other = 'ports: [{protocol: UDP, port: 85}]';
    assert.equal(await redundantIn([policy('p', ingress('{}', wide, other))]), []);
  });

  test('a named port is within every port of its protocol', async () => {
    const named = 'ports: [{protocol: TCP, port: http}]';
    assert.is((await redundantIn([policy('p', ingress('{}', 'ports: [{protocol: TCP}]', named))])).length, 1);
    assert.equal(await redundantIn([policy('p', ingress('{}', tcp(80), named))]), []);
  });

  test('blocks are compared as sets', async () => {
    const halves = 'from: [{ipBlock: {cidr: 10.0.0.0/9}}, {ipBlock: {cidr: 10.128.0.0/9}}]';
    const whole = 'from: [{ipBlock: {cidr: 10.0.0.0/8}}]';
    const holed = 'from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]';
    assert.is((await redundantIn([policy('p', ingress('{}', halves, whole))])).length, 1);
    assert.equal(await redundantIn([policy('p', ingress('{}', holed, `${whole}, ${tcp(80)}`))]), []);
  });

  test('pods are not within blocks, unless those are everything', async () => {
    const everyone = "from: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: '::/0'}}]";
    assert.equal(
      await redundantIn([policy('p', ingress('{}', 'from: [{ipBlock: {cidr: 0.0.0.0/0}}]', from('{x: v}')))]),
      [],
    );
    assert.is((await redundantIn([policy('p', ingress('{}', everyone, from('{x: v}')))])).length, 1);
  });

  test('of two equal rules the later one', async () =>
    assert.equal(await redundantIn([policy('p', ingress('{}', from('{x: v}'), from('{x: v}')))]), [
      'a/p: `spec.ingress[1]` adds nothing: what it allows is allowed by `a/p` ingress[0]',
    ]));

  test('a policy whose pods another one isolates, and of which every rule is within others', async () =>
    assert.equal(
      await redundantIn([
        policy('all', ingress('{}', 'from: [{podSelector: {}}]')),
        policy('web', ingress('{matchLabels: {app: web}}', from('{x: v}'))),
      ]),
      ['a/web: the policy adds nothing: what it allows is allowed by `a/all` ingress[0]'],
    ));

  test('a policy without rules, where another one isolates the same pods', async () =>
    assert.equal(
      await redundantIn([policy('all', ingress('{}')), policy('web', ingress('{matchLabels: {app: web}}'))]),
      ['a/web: the policy adds nothing: its pods are isolated by `a/all`'],
    ));

  test('not a policy that alone isolates a direction', async () =>
    assert.equal(
      await redundantIn([
        policy('all', ingress('{}', 'from: [{podSelector: {}}]')),
        policy('web', `{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress, Egress], egress: []}`),
      ]),
      [],
    ));

  test('not a rule for other pods, or of another direction', async () => {
    const rule = from('{x: v}');
    const subjects = [
      policy('a', ingress('{matchLabels: {app: a}}', rule)),
      policy('b', ingress('{matchLabels: {app: b}}', rule)),
    ];
    assert.equal(await redundantIn(subjects), []);
    const both =
      '{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{from: [{podSelector: {}}]}], egress: [{to: [{podSelector: {}}]}]}';
    assert.equal(await redundantIn([policy('p', both)]), []);
  });

  test('a part that was only guessed makes nothing redundant', async () => {
    const misplaced = policy('wide', ingress('{}', 'from: [{podSelector: {role: api}}]'));
    assert.equal(await redundantIn([misplaced, policy('web', ingress('{}', from('{x: v}')))]), []);
  });
});

describe('what is redundant for the pods that there are (L-23)', (test) => {
  const pods = [
    pod('one', '{x: v, p: q}', '10.0.0.1'),
    pod('two', '{x: v, p: r}', '10.0.0.2'),
    pod('s', '{app: s}', '10.0.0.9'),
  ];

  test('a rule whose peers are those of several others together', async () =>
    assert.equal(
      await redundantIn(
        [policy('p', ingress('{matchLabels: {app: s}}', from('{p: q}'), from('{p: r}'), from('{x: v}')))],
        pods,
      ),
      [
        'a/p: `spec.ingress[2]` adds nothing at present: what it allows is allowed by `a/p` ingress[0] and `a/p` ingress[1]',
      ],
    ));

  test('not the one that has a peer more, but then the other two', async () => {
    const more = [...pods, pod('three', '{x: v}', '10.0.0.3')];
    const text = policy('p', ingress('{matchLabels: {app: s}}', from('{p: q}'), from('{p: r}'), from('{x: v}')));
    const message = (index: number): string =>
      `a/p: \`spec.ingress[${index}]\` adds nothing at present: what it allows is allowed by \`a/p\` ingress[2]`;
    assert.equal(await redundantIn([text], more), [message(0), message(1)]);
  });

  test('a block that holds a pod of another rule and nothing else', async () =>
    assert.is(
      (
        await redundantIn(
          [policy('p', ingress('{matchLabels: {app: s}}', from('{p: q}'), 'from: [{ipBlock: {cidr: 10.0.0.1/32}}]'))],
          pods,
        )
      ).length,
      1,
    ));

  test('nothing is said of a rule that allows nothing', async () =>
    assert.equal(
      await redundantIn([policy('p', ingress('{matchLabels: {app: s}}', from('{p: q}'), from('{no: one}')))], pods),
      [],
    ));

  test('both of two that hold the same pods are never named', async () =>
    assert.equal(
      await redundantIn(
        [
          policy(
            'p',
            ingress(
              '{matchLabels: {app: s}}',
              from('{p: q}'),
              'from: [{ipBlock: {cidr: 10.0.0.1/32}}]',
              from('{p: q, x: v}'),
            ),
          ),
        ],
        pods,
      ),
      [
        'a/p: `spec.ingress[1]` adds nothing at present: what it allows is allowed by `a/p` ingress[0]',
        'a/p: `spec.ingress[2]` adds nothing: what it allows is allowed by `a/p` ingress[0]',
      ],
    ));
});
