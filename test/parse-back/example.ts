// A small world with one of everything, and what each engine made of it: recorded, so that tests can change a listing
// where a kernel never would. `NETPOLC_RECORD=1 npm run test:kernel -- parse-back/example` records it again.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createCompiler } from '../../src/compile.ts';
import type { Ir } from '../../src/ir/ir.ts';
import type { Artifact } from '../../src/target.ts';
import { ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { irOf } from './cases.ts';
import type { Listing } from './reader.ts';

export interface Example {
  /** Those that a reader compares. */
  readonly artifacts: readonly Artifact[];
  readonly listing: Listing;
}

/** Ports: one, few, a range, all. Peers: single addresses, blocks, everybody. Two endpoints, restricted both ways. */
export function exampleIr(): Ir {
  const pods = [
    pod('a/db', { labels: { app: 'db' }, ips: ['10.0.0.7', '10.0.0.8', 'fd00::7'] }),
    pod('a/web', { labels: { app: 'web' }, ips: ['10.0.0.9', 'fd00::9'] }),
  ];
  const db = policy('a/db', {
    subject: labels({ app: 'db' }),
    ingress: [
      rule([ipBlock('192.168.0.0/16', '192.168.5.0/24'), ipBlock('fd05::/64')], null),
      rule([podPeer(labels({ app: 'web' }))], [port('TCP', 3306), port('UDP', 100, 200), port('SCTP', 0, 65535)]),
    ],
    egress: [rule(null, [port('UDP', 53)])],
  });
  const world = { snapshot: snapshot(pods, { a: {} }), policies: [db], clusterPolicies: [], skippedByKind: new Map() };
  return irOf(createCompiler(world), { kind: 'snapshot' });
}

/** Files are text; their last ending keeps formatters away from what machines wrote. */
export function readExample(engine: string): Example {
  const folder = exampleFolder(engine);
  const texts = (of: string): readonly (readonly [string, string])[] =>
    readdirSync(join(folder, of)).map((file) => [basename(file, '.txt'), readFileSync(join(folder, of, file), 'utf8')]);
  return {
    artifacts: texts('artifacts').map(([suffix, content]) => ({ suffix, content })),
    listing: new Map(texts('listing')),
  };
}

export function exampleFolder(engine: string): string {
  return join(import.meta.dirname, 'example', engine);
}
