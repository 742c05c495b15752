import * as assert from 'uvu/assert';
import { defaultSemantics } from '../../src/net/semantics-options.ts';
import type { NetworkPolicy } from '../../src/policy/network-policy.ts';
import { traceDocument } from '../../src/trace/print-trace.ts';
import { createTracer } from '../../src/trace/trace.ts';
import { field, labels, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { describe } from '../kit/suite.ts';
import { question } from './question.ts';

const world = snapshot(
  [
    pod('prod/db', { labels: { role: 'db' }, ips: ['10.0.0.7'] }),
    pod('prod/web', { labels: { app: 'web' }, ips: ['10.0.1.4'] }),
  ],
  { prod: {} },
);
const dbPolicy = policy('prod/db-policy', {
  subject: labels({ role: 'db' }),
  ingress: [rule([podPeer(labels({ app: 'api' }))], [port('TCP', 3306)], field('spec.ingress[0]', 11))],
  line: 4,
});
const document = (policies: readonly NetworkPolicy[], ...asked: Parameters<typeof question>): object =>
  traceDocument(createTracer({ policies, clusterPolicies: [], snapshot: world }, defaultSemantics)(question(...asked)));

describe('the JSON document of a trace', (test) => {
  test('says who was asked about, and what each side says', () =>
    assert.equal(document([dbPolicy], '10.0.1.4', '10.0.0.7', 'TCP 3306'), {
      schemaVersion: 1,
      verdict: 'deny',
      deniedBy: ['ingress'],
      source: { address: '10.0.1.4', pods: ['prod/web'], node: null, service: null },
      destination: { address: '10.0.0.7', pods: ['prod/db'], node: null, service: null },
      protocol: 'TCP',
      port: 3306,
      egress: {
        verdict: 'allow',
        state: 'open',
        why: null,
        decidedBy: [{ pod: 'prod/web', tier: 'default' }],
        tiers: [],
        isolatedBy: [],
        allowedBy: [],
        nearest: [],
        suggestions: [],
      },
      ingress: {
        verdict: 'deny',
        state: 'isolated',
        why: null,
        decidedBy: [{ pod: 'prod/db', tier: 'NetworkPolicy' }],
        tiers: [],
        isolatedBy: [
          { pod: 'prod/db', policy: 'prod/db-policy', file: 'test.yaml', line: 4, selects: 'pods with role=db' },
        ],
        allowedBy: [],
        nearest: [
          {
            pod: 'prod/db',
            policy: 'prod/db-policy',
            path: 'spec.ingress[0]',
            file: 'test.yaml',
            line: 11,
            port: {
              fits: true,
              entries: [
                { index: 0, path: 'spec.ingress[0].ports[0]', wants: 'TCP 3306', fits: true, lacks: [], because: [] },
              ],
            },
            peer: {
              fits: false,
              entries: [
                {
                  index: 0,
                  path: 'spec.ingress[0].from[0]',
                  wants: 'pods with app=api in namespace prod',
                  wantsBoth: false,
                  fits: false,
                  lacks: [
                    {
                      kind: 'pod-label',
                      pod: 'prod/web',
                      requirement: { key: 'app', operator: 'In', values: ['api'] },
                      found: 'web',
                      labels: ['app=web'],
                    },
                  ],
                  because: ['prod/web has app=web'],
                },
              ],
              alternatives: null,
            },
          },
        ],
        suggestions: [
          'give prod/web the label app=api, or add podSelector app=web as another peer to prod/db-policy ingress[0]',
        ],
      },
    }));
  test('says why a side is exempt', () => {
    const exempt = { decidedBy: [], tiers: [], isolatedBy: [], allowedBy: [], nearest: [], suggestions: [] };
    const fromNode = document([dbPolicy], '192.0.2.1', '10.0.0.7', 'TCP 1', { source: 'n1' });
    assert.equal(fromNode, {
      schemaVersion: 1,
      verdict: 'allow',
      deniedBy: [],
      source: { address: '192.0.2.1', pods: [], node: 'n1', service: null },
      destination: { address: '10.0.0.7', pods: ['prod/db'], node: null, service: null },
      protocol: 'TCP',
      port: 1,
      egress: { verdict: 'allow', state: 'exempt', why: 'not-a-pod', ...exempt },
      ingress: { verdict: 'allow', state: 'exempt', why: 'own-node', ...exempt },
    });
  });
});
