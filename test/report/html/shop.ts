// A shop and what its operators change: every state of a cell, every kind of workload, pods, addresses, isolation, output.
import type { DiffDocument, MatrixDocument, OutputDocument, WorkloadDocument } from '../../../src/report/document.ts';
import { cause, connection, everything, outside, pods, workload } from './document-parts.ts';

const workloads: readonly WorkloadDocument[] = [
  workload('ingress-nginx/controller', { pods: 3, isolated: { ingress: 'none', egress: 'none' } }),
  workload('monitoring/alertmanager', { isolated: { ingress: 'none', egress: 'none' } }),
  workload('monitoring/prometheus', { pods: 1, isolated: { ingress: 'none', egress: 'none' } }),
  workload('payments/api', { pods: 4, isolated: { ingress: 'all', egress: 'all' } }),
  workload('payments/fraud-check', { kind: 'planned', presence: 'head' }),
  workload('payments/ledger', { pods: 3 }),
  workload('shop/cart', { pods: 5 }),
  workload('shop/db', { pods: 3, isolated: { ingress: 'some', egress: 'none' } }),
  workload('shop/web', { pods: 6 }),
  workload('shop/{tier=batch}', { kind: 'future', pods: 1 }),
];

const atBase = { world: 'base' } as const;
const isolates = { effect: 'isolates' } as const;
const internet = outside('any address', ['0.0.0.0/0', '::/0']);

const changes: DiffDocument['connections'] = [
  connection('gained', pods('ingress-nginx/controller'), pods('payments/api'), 8443, [
    cause('payments/api', 'spec.ingress[1]', 31),
  ]),
  connection('gained', pods('monitoring/prometheus'), pods('payments/api'), 9090, [
    cause('payments/metrics', 'spec.ingress[0]', 58),
  ]),
  connection('gained', pods('monitoring/prometheus'), pods('payments/ledger'), 9090, [
    cause('payments/metrics', 'spec.ingress[0]', 58),
  ]),
  connection('gained', pods('payments/api'), pods('payments/fraud-check'), 8080, [
    cause('payments/fraud', 'spec.ingress[0]', 80),
    cause('payments/api-egress', 'spec.egress[2].to[0]', 44, { side: 'source' }),
  ]),
  connection('lost', pods('payments/api'), outside('203.0.113.0/24'), 443, [
    cause('payments/api-egress', 'spec.egress[0].to[0]', 40, { ...atBase, side: 'source' }),
  ]),
  connection('gained', pods('shop/cart'), pods('shop/db'), 5432, [cause('shop/db', 'spec.ingress[0].from[1]', 68)]),
  connection('lost', pods('shop/cart'), pods('shop/db'), 3306, [
    cause('shop/db', 'spec.ingress[0].from[1]', 66, atBase),
  ]),
  connection('lost', pods('shop/web', ['shop/web-4', 'shop/web-5']), pods('shop/db', ['shop/db-0']), 5432, [
    cause('shop/db', 'spec.ingress[1]', 71, atBase),
  ]),
  everything('lost', pods('shop/web'), pods('payments/ledger'), [
    cause('payments/default-deny', 'spec.podSelector', 6, isolates),
  ]),
  connection('kept', pods('shop/web'), pods('shop/cart'), 8080, [cause('shop/cart', 'spec.ingress[0]', 22)]),
  connection('lost', pods('shop/{tier=batch}'), pods('payments/ledger'), 9000, [
    cause('payments/default-deny', 'spec.podSelector', 6, isolates),
  ]),
  connection(
    'gained',
    outside('198.51.100.0/24; 2001:db8:7::/48', ['198.51.100.0/24', '2001:db8:7::/48']),
    pods('shop/web'),
    443,
    [cause('shop/web', 'spec.ingress[0].from[0]', 12)],
  ),
  connection('lost', internet, pods('ingress-nginx/controller'), 80, [
    cause('ingress-nginx/controller', 'spec.ingress[0]', 9, atBase),
  ]),
];

const same = { before: 12, after: 12, added: 0, removed: 0 };
const outputs: readonly OutputDocument[] = [
  {
    target: 'nftables',
    node: 'worker-1',
    sets: { before: 12, after: 14, added: 3, removed: 1 },
    elements: { before: 210, after: 238, added: 40, removed: 12 },
    rules: { before: 44, after: 46, added: 4, removed: 2 },
    diff: '--- base/worker-1.nft\n+++ head/worker-1.nft\n@@ -12,3 +12,3 @@\n \tchain pod-1 {\n-\t\ttcp dport 3306 ip saddr @s1 accept\n+\t\ttcp dport 5432 ip saddr @s1 accept\n \t}',
  },
  {
    target: 'ebpf',
    node: 'worker-1',
    sets: same,
    elements: { before: 90, after: 97, added: 9, removed: 2 },
    rules: same,
    diff: null,
  },
  {
    target: 'nftables',
    node: 'worker-2',
    sets: same,
    elements: same,
    rules: { before: 30, after: 31, added: 1, removed: 0 },
    diff: null,
  },
];

export const shopDiff: DiffDocument = {
  schemaVersion: 1,
  kind: 'diff',
  base: 'main',
  head: 'tighten-payments',
  summary: {
    text: 'Gained 6 connections. Lost 6 connections. Newly isolated: 1 workload side. No longer isolated: 1 workload side',
    gained: 6,
    lost: 6,
    isolated: 1,
    opened: 1,
    nodes: 2,
    compared: 2,
  },
  workloads,
  connections: changes,
  isolation: [
    {
      change: 'isolated',
      direction: 'ingress',
      workload: 'payments/ledger',
      pods: null,
      policies: [cause('payments/default-deny', 'spec.podSelector', 6)],
    },
    {
      change: 'open',
      direction: 'egress',
      workload: 'shop/web',
      pods: ['shop/web-4', 'shop/web-5'],
      policies: [cause('shop/web-egress', 'spec.podSelector', 90, atBase)],
    },
  ],
  outputs,
};

export const shopMatrix: MatrixDocument = {
  schemaVersion: 1,
  kind: 'matrix',
  input: 'policies/ and cluster.json',
  workloads: workloads.filter(({ kind }) => kind === 'live'),
  connections: [
    everything('kept', pods('ingress-nginx/controller'), pods('monitoring/alertmanager')),
    connection('kept', pods('ingress-nginx/controller'), pods('shop/web'), 8080, [
      cause('shop/web', 'spec.ingress[1]', 19),
    ]),
    everything('kept', pods('monitoring/prometheus'), pods('monitoring/alertmanager')),
    connection('kept', pods('monitoring/prometheus'), pods('payments/api'), 9090, [
      cause('payments/metrics', 'spec.ingress[0]', 58),
    ]),
    connection('kept', pods('payments/api'), pods('payments/ledger'), 9000, [
      cause('payments/ledger', 'spec.ingress[0]', 77),
    ]),
    connection('kept', pods('shop/cart'), pods('shop/db'), 5432, [cause('shop/db', 'spec.ingress[0].from[1]', 68)]),
    connection('kept', pods('shop/web'), pods('shop/cart'), 8080, [cause('shop/cart', 'spec.ingress[0]', 22)]),
    connection('kept', pods('shop/web', ['shop/web-0']), pods('shop/db'), 5432, [
      cause('shop/db', 'spec.ingress[1]', 71),
    ]),
    everything('kept', pods('shop/web'), internet),
    everything('kept', internet, pods('ingress-nginx/controller')),
  ],
};
