// The walk through the tiers as people and programs read it, written by hand.
import * as assert from 'uvu/assert';
import { parseCidr } from '../../src/net/cidr.ts';
import { defaultSemantics } from '../../src/net/semantics-options.ts';
import type { Action, ClusterPeer, ClusterPolicy, ClusterRule, Tier } from '../../src/policy/cluster-policy.ts';
import { everything } from '../../src/policy/label-selector.ts';
import type { NetworkPolicy } from '../../src/policy/network-policy.ts';
import { printTrace, traceDocument } from '../../src/trace/print-trace.ts';
import { createTracer, type Trace } from '../../src/trace/trace.ts';
import { field, labels, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { describe } from '../kit/suite.ts';
import { must } from '../kit/must.ts';
import { question } from './question.ts';

const shop = snapshot(
  [
    pod('prod/api', { labels: { name: 'api' }, ips: ['10.0.1.5'] }),
    pod('prod/db', { labels: { role: 'db' }, ips: ['10.0.0.7'] }),
  ],
  { prod: { team: 'x' } },
);

const everyPod: ClusterPeer = podPeer(everything, everything);
const step = (
  action: Action,
  peers: readonly ClusterPeer[],
  index: number,
  facts: Partial<ClusterRule> = {},
): ClusterRule => ({
  name: null,
  action,
  peers,
  ports: null,
  origin: field(`spec.ingress[${index}]`, 11 + index),
  ...facts,
});
const tier = (name: Tier, ...ingress: readonly ClusterRule[]): ClusterPolicy => ({
  kind: 'ClusterNetworkPolicy',
  name: name === 'Admin' ? 'guard' : 'base',
  tier: name,
  priority: 10,
  subject: podPeer(everything, everything),
  ingress,
  egress: [],
  origin: field('', 4),
});
const open = policy('prod/open', { ingress: [rule(null, null, field('spec.ingress[0]', 30))], line: 24 });
const closed = policy('prod/closed', { ingress: [], line: 40 });

function traced(clusterPolicies: readonly ClusterPolicy[], policies: readonly NetworkPolicy[] = []): Trace {
  return createTracer(
    { policies, clusterPolicies, snapshot: shop },
    defaultSemantics,
  )(question('10.0.1.5', '10.0.0.7', 'TCP 80'));
}

/** What the destination's side says, and the suggestion. */
function told(...world: Parameters<typeof traced>): readonly string[] {
  const lines = printTrace(traced(...world)).split('\n');
  return lines
    .slice(
      lines.findIndex((line) => line.startsWith('prod/db')),
      -1,
    )
    .filter((line) => line !== '');
}

describe('a trace through tiers', (test) => {
  test('ends at an Admin rule that denies', () =>
    assert.equal(
      told(
        [
          tier(
            'Admin',
            step('Pass', [everyPod], 0, { ports: [port('TCP', 81)] }),
            step('Deny', [everyPod], 1, { name: 'no "pods"' }),
          ),
        ],
        [open],
      ),
      [
        'prod/db refuses this: Admin guard ingress[1] denies',
        '  Admin  ClusterNetworkPolicy/guard ingress[1] "no "pods""  test.yaml:12',
        '    Deny  everything, every pod in every namespace',
        'To allow it: accept or pass it in a rule before ClusterNetworkPolicy/guard ingress[1], or narrow that rule.',
      ],
    ));
  test('ends at an Admin rule that accepts, whatever NetworkPolicies say', () =>
    assert.equal(told([tier('Admin', step('Accept', [everyPod], 0, { ports: [port('TCP', 80)] }))], [closed]), [
      'prod/db accepts this: Admin guard ingress[0] accepts',
      '  Admin  ClusterNetworkPolicy/guard ingress[0]  test.yaml:11',
      '    Accept  TCP 80, every pod in every namespace',
    ]));
  test('goes on to a NetworkPolicy that allows', () =>
    assert.equal(told([tier('Admin', step('Pass', [everyPod], 0))], [open]), [
      'prod/db accepts this: Admin guard ingress[0] passes → NetworkPolicy prod/open allows',
      '  Admin  ClusterNetworkPolicy/guard ingress[0]  test.yaml:11',
      '    Pass  everything, every pod in every namespace',
      'NetworkPolicies: it is isolated for ingress by 1 policy',
      '  prod/open  test.yaml:24  selects every pod',
      'and this rule allows it:',
      '  prod/open ingress[0]  test.yaml:30',
      '    port  TCP 80 fits: the rule lists no ports, so it takes all',
      '    peer  prod/api fits: the rule lists no `from`, so it takes everyone',
    ]));
  test('goes on to NetworkPolicies that do not', () =>
    assert.equal(told([tier('Admin', step('Pass', [everyPod], 0))], [closed]).slice(0, 5), [
      'prod/db refuses this: Admin guard ingress[0] passes → NetworkPolicy prod/closed does not allow it',
      '  Admin  ClusterNetworkPolicy/guard ingress[0]  test.yaml:11',
      '    Pass  everything, every pod in every namespace',
      'NetworkPolicies: it is isolated for ingress by 1 policy',
      '  prod/closed  test.yaml:40  selects every pod',
    ]));
  test('goes on to Baseline where no NetworkPolicy isolates', () =>
    assert.equal(told([tier('Admin', step('Pass', [everyPod], 0)), tier('Baseline', step('Deny', [everyPod], 0))]), [
      'prod/db refuses this: Admin guard ingress[0] passes → no NetworkPolicy isolates it for ingress → Baseline base ingress[0] denies',
      '  Admin  ClusterNetworkPolicy/guard ingress[0]  test.yaml:11',
      '    Pass  everything, every pod in every namespace',
      '  Baseline  ClusterNetworkPolicy/base ingress[0]  test.yaml:11',
      '    Deny  everything, every pod in every namespace',
      'To allow it: accept it in a rule before ClusterNetworkPolicy/base ingress[0], or allow it in a NetworkPolicy: Baseline is not asked then.',
    ]));
  test('ends in the default behind everything', () =>
    assert.is(
      told([tier('Baseline', step('Pass', [everyPod], 0))])[0],
      'prod/db accepts this: no NetworkPolicy isolates it for ingress → Baseline base ingress[0] passes → allowed by default',
    ));
  test('does not speak of tiers that say nothing', () => {
    const elsewhere: ClusterPeer = {
      kind: 'networks',
      cidrs: [must(parseCidr('192.0.2.0/24').cidr)],
      origin: field('spec.ingress[0].from[0]'),
    };
    assert.equal(told([tier('Admin', step('Deny', [elsewhere], 0))]), [
      'prod/db accepts this: no policy isolates it for ingress.',
    ]);
  });
  test('says why a rule denies that is not understood', () => {
    const unknown: ClusterPeer = { kind: 'unknown', origin: field('spec.ingress[0].from[0]') };
    assert.equal(told([tier('Admin', step('Pass', [unknown], 0))]), [
      'prod/db refuses this: Admin guard ingress[0] denies',
      '  Admin  ClusterNetworkPolicy/guard ingress[0]  test.yaml:11',
      '    Pass, taken as Deny: it has a peer or port of which nothing is known  everything, something of a newer schema',
      'To allow it: put right ClusterNetworkPolicy/guard ingress[0], which denies because it cannot be understood as it stands.',
    ]);
  });
  test('is a list in the JSON document', () => {
    const { ingress } = traceDocument(
      traced([tier('Admin', step('Deny', [podPeer(labels({ name: 'api' }), everything)], 0, { name: 'x' }))], [open]),
    );
    const { decidedBy, tiers, allowedBy, verdict } = ingress as Record<string, unknown>;
    assert.is(verdict, 'deny');
    assert.equal(allowedBy, []);
    assert.equal(decidedBy, [{ pod: 'prod/db', tier: 'Admin' }]);
    assert.equal(tiers, [
      {
        pod: 'prod/db',
        tier: 'Admin',
        policy: 'ClusterNetworkPolicy/guard',
        priority: 10,
        rule: 'x',
        path: 'spec.ingress[0]',
        file: 'test.yaml',
        line: 11,
        action: 'Deny',
        because: null,
      },
    ]);
  });
});
