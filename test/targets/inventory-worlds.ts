// A small world for what plans consist of, and how two of them differ.
import { createCompiler } from '../../src/compile.ts';
import type { Ir } from '../../src/ir/ir.ts';
import type { NetworkPolicy } from '../../src/policy/network-policy.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import type { Inventory, Target } from '../../src/target.ts';
import { labels, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { must } from '../kit/must.ts';

const api = labels({ name: 'api' });
const web = labels({ name: 'web' });
const db = labels({ name: 'db' });

/** On node n1, with one IPv4 address each: api-0, db-0 and web-0, of three workloads. */
export const cluster = snapshot(
  [
    pod('prod/api-0', { labels: { name: 'api' }, ips: ['10.0.0.9'], workload: 'api' }),
    pod('prod/db-0', { labels: { name: 'db' }, ips: ['10.0.0.7'], workload: 'db' }),
    pod('prod/web-0', { labels: { name: 'web' }, ips: ['10.0.0.5'], workload: 'web' }),
  ],
  { prod: {} },
);

/** db takes TCP 5432 from api. */
export const apiToDb = policy('prod/api', { subject: db, ingress: [rule([podPeer(api)], [port('TCP', 5432)])] });
/** db takes the same port from web as well: one more peer. */
export const webToDb = policy('prod/web', { subject: db, ingress: [rule([podPeer(web)], [port('TCP', 5432)])] });
/** db takes another port from web. */
export const webToMetrics = policy('prod/web', { subject: db, ingress: [rule([podPeer(web)], [port('TCP', 80)])] });
/** db takes one more port from api. */
export const apiToMetrics = policy('prod/more', { subject: db, ingress: [rule([podPeer(api)], [port('TCP', 80)])] });
/** Nobody takes anything. */
export const denyAll = policy('prod/deny', { ingress: [] });

export function compiled(policies: readonly NetworkPolicy[], world: Snapshot = cluster): Ir {
  const { ir } = createCompiler({ policies, snapshot: world, clusterPolicies: [], skippedByKind: new Map() });
  return must(ir({ kind: 'node', name: 'n1' }).value);
}

export function inventoryOf<Plan>(target: Target<Plan>, ir: Ir, ...switches: readonly string[]): Inventory {
  return target.inventory(must(target.plan(ir, { version: '1.2.3', switches: new Set(switches) }).value));
}

/** `- element 10.0.0.7`, `+ set ipv4_addr`: what is on one side only, sorted. */
export function changes(base: Inventory, head: Inventory): readonly string[] {
  return (['set', 'element', 'rule'] as const).flatMap((kind) => [
    ...without(base[`${kind}s`], head[`${kind}s`]).map((text) => `- ${kind} ${text}`),
    ...without(head[`${kind}s`], base[`${kind}s`]).map((text) => `+ ${kind} ${text}`),
  ]);
}

function without(texts: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...texts].sort();
  for (const other of others) if (left.includes(other)) left.splice(left.indexOf(other), 1);
  return left;
}
