// That the campaign would find something: compilers and oracles that are wrong on purpose. Source: P-20 of the reliability study.
import * as assert from 'uvu/assert';
import type { World } from '../../src/input/world.ts';
import type { NetworkPolicy, PolicyRule } from '../../src/policy/network-policy.ts';
import { createOracle } from '../../src/trace/oracle.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { runCampaign } from './campaign.ts';
import type { Subject } from './subject.ts';

type Mistake = (world: World) => World;

const onPolicies =
  (change: (policy: NetworkPolicy) => NetworkPolicy): Mistake =>
  (world) => ({ ...world, policies: world.policies.map(change) });

const onRules = (change: (rule: PolicyRule, policy: NetworkPolicy) => PolicyRule): Mistake =>
  onPolicies((policy) => ({
    ...policy,
    ingress: policy.ingress?.map((rule) => change(rule, policy)) ?? null,
    egress: policy.egress?.map((rule) => change(rule, policy)) ?? null,
  }));

const mistakes: Readonly<Record<string, Mistake>> = {
  'exceptions are forgotten': onRules((rule) => ({
    ...rule,
    peers: rule.peers?.map((peer) => (peer.kind === 'ipBlock' ? { ...peer, except: [] } : peer)) ?? null,
  })),
  'the last port of a range is missed': onRules((rule) => ({
    ...rule,
    ports:
      rule.ports?.map((port) =>
        port.kind === 'range' && port.range.last > port.range.first
          ? { ...port, range: { ...port.range, last: port.range.last - 1 } }
          : port,
      ) ?? null,
  })),
  'a podSelector alone means every namespace': onRules((rule) => ({
    ...rule,
    peers:
      rule.peers?.map((peer) =>
        peer.kind === 'pods' ? { ...peer, namespaceSelector: peer.namespaceSelector ?? { requirements: [] } } : peer,
      ) ?? null,
  })),
  'NotIn wants the key to be there': onRules((rule) => ({
    ...rule,
    peers:
      rule.peers?.map((peer) =>
        peer.kind === 'pods'
          ? {
              ...peer,
              podSelector: {
                requirements: peer.podSelector.requirements.flatMap((each) =>
                  each.operator === 'NotIn'
                    ? [each, { key: each.key, operator: 'Exists' as const, values: [] }]
                    : [each],
                ),
              },
            }
          : peer,
      ) ?? null,
  })),
  'UDP is taken for TCP': onRules((rule) => ({
    ...rule,
    ports: rule.ports?.map((port) => (port.protocol === 'UDP' ? { ...port, protocol: 'TCP' as const } : port)) ?? null,
  })),
  'a policy without rules does not isolate': onPolicies((policy) => ({
    ...policy,
    ingress: policy.ingress?.length === 0 ? null : policy.ingress,
  })),
  'finished pods are peers': (world) => ({
    ...world,
    snapshot: {
      ...world.snapshot,
      pods: world.snapshot.pods.map((pod) => ({ ...pod, live: pod.addresses.length > 0 })),
    },
  }),
  'sidecars have no named ports': (world) => ({
    ...world,
    snapshot: {
      ...world.snapshot,
      pods: world.snapshot.pods.map((pod) => ({ ...pod, namedPorts: pod.namedPorts.slice(0, 1) })),
    },
  }),
};

describe('a campaign finds and shrinks', (test) => {
  for (const [name, mistake] of Object.entries(mistakes)) {
    test(name, async () => {
      const oracle = ({ world, manifests }: Subject): ReturnType<typeof createOracle> =>
        createOracle(mistake(world), manifests.semantics);
      const { failure, worlds } = await runCampaign({
        firstSeed: 1,
        probesPerWorld: 300,
        goOn: (done) => done < 500,
        only: ['is-read', 'oracle'],
        oracle,
      });
      const { mismatch, world, files } = must(failure, `a mismatch within ${worlds} worlds`);
      assert.is(mismatch.property, 'oracle');
      assert.ok(world.policies.length <= 1, `${world.policies.length} policies are left`);
      assert.ok(world.cluster.length <= 4, `${world.cluster.length} objects are left`);
      assert.equal([...files.keys()], ['case.yaml', 'policies.yaml', 'snapshot.yaml', 'flows.jsonl']);
    });
  }
});
