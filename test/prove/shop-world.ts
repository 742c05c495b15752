// A small typed world for claims. api may connect to db on TCP 5432 and to 198.51.100.0/24; db lets in api and 192.0.2.0/24.
import { createCompiler } from '../../src/compile.ts';
import { defaultSemantics, type SemanticsOptions } from '../../src/net/semantics-options.ts';
import type { ProvenWorld } from '../../src/prove/terrain.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';

const api = labels({ app: 'api' });
const db = labels({ app: 'db' });

export const policies = [
  policy('prod/db', {
    subject: db,
    ingress: [rule([podPeer(api)], [port('TCP', 5432)]), rule([ipBlock('192.0.2.0/24')], [port('TCP', 5432, 5433)])],
    line: 10,
  }),
  policy('prod/api', {
    subject: api,
    egress: [rule([podPeer(db)], [port('TCP', 5432)]), rule([ipBlock('198.51.100.0/24')], null)],
    line: 20,
  }),
];

const pods = [
  pod('dev/job-0', { labels: { app: 'job' }, ips: ['10.0.1.1'], node: 'n2', workload: 'job' }),
  pod('prod/api-0', { labels: { app: 'api' }, ips: ['10.0.0.1', 'fd00::1'], node: 'n1', workload: 'api' }),
  pod('prod/api-1', { labels: { app: 'api' }, ips: ['10.0.0.2', 'fd00::2'], node: 'n2', workload: 'api' }),
  pod('prod/db-0', { labels: { app: 'db' }, ips: ['10.0.0.3', 'fd00::3'], node: 'n1', workload: 'db' }),
];

/** The names of nodes and namespaces with what they have. */
export const shop = snapshot(
  [
    ...pods,
    pod('prod/old-0', { labels: { app: 'db' }, ips: ['10.0.0.9'], live: false }),
    { ...pod('prod/agent-x', { ips: ['192.168.0.1'], node: 'n1', live: false, workload: 'agent' }), hostNetwork: true },
  ],
  { dev: { env: 'dev' }, prod: { env: 'prod' }, empty: {} },
  { n1: ['192.168.0.1', 'fd01::1'], n2: ['192.168.0.2', '192.168.0.3'] },
);

/** The shop, or another snapshot, under the same policies. */
export function provenWorld(
  world: Snapshot = shop,
  semantics: Partial<SemanticsOptions> = {},
  allowIncomplete = false,
): ProvenWorld {
  const options = { semantics: { ...defaultSemantics, ...semantics }, allowIncomplete };
  const read = {
    snapshot: world,
    policies,
    clusterPolicies: [],
    skippedByKind: new Map<string, number>(),
    documentByPolicy: new Map(),
  };
  return { world: read, compiler: createCompiler(read, options), ...options };
}
