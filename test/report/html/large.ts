// A cluster of 300 workloads in 20 namespaces, its matrix full, its comparison with a tenth of all pairs changed.
import type { ConnectionDocument, DiffDocument, MatrixDocument } from '../../../src/report/document.ts';
import { cause, connection, everything, pods, workload } from './document-parts.ts';

const namespaces = 20;
const workloadsInEach = 15;

const ids = Array.from({ length: namespaces }, (_, namespace) =>
  Array.from(
    { length: workloadsInEach },
    (_none, index) => `team-${String(namespace).padStart(2, '0')}/service-${String(index).padStart(2, '0')}`,
  ),
).flat();

const workloads = ids.map((id) => workload(id));

/** 90 000 connections: everything is allowed between namespaces of the same parity, one port otherwise. */
export const largeMatrix: MatrixDocument = {
  schemaVersion: 1,
  kind: 'matrix',
  input: 'cluster.json',
  workloads,
  connections: pairs().map(([from, to, a, b]): ConnectionDocument =>
    (namespaceOf(a) + namespaceOf(b)) % 2 === 0
      ? everything('kept', pods(from), pods(to))
      : connection('kept', pods(from), pods(to), 8080, [cause(`${to}-in`, 'spec.ingress[0]', b + 1)]),
  ),
};

/** 9 000 changes. */
export const largeDiff: DiffDocument = {
  schemaVersion: 1,
  kind: 'diff',
  base: 'main',
  head: 'new-defaults',
  summary: {
    text: 'Gained 4500 connections. Lost 4500 connections',
    gained: 4500,
    lost: 4500,
    isolated: 0,
    opened: 0,
    nodes: 0,
    compared: 0,
  },
  workloads,
  connections: pairs()
    .filter(([, , a, b]) => (a * 7 + b * 3) % 10 === 0)
    .map(([from, to, a, b]) =>
      connection((a + b) % 2 === 0 ? 'gained' : 'lost', pods(from), pods(to), 8000 + (b % 5), [
        cause(`${to}-in`, 'spec.ingress[0]', b + 1, (a + b) % 2 === 0 ? {} : { world: 'base' }),
      ]),
    ),
  isolation: [],
  outputs: [],
};

function pairs(): readonly (readonly [from: string, to: string, a: number, b: number])[] {
  return ids.flatMap((from, a) => ids.map((to, b) => [from, to, a, b] as const));
}

function namespaceOf(index: number): number {
  return Math.floor(index / workloadsInEach);
}
