// Pieces of documents for tests, with what a test does not care about filled in.
import type {
  CauseDocument,
  ConnectionDocument,
  PartyDocument,
  WorkloadDocument,
} from '../../../src/report/document.ts';

export function workload(id: string, more: Partial<WorkloadDocument> = {}): WorkloadDocument {
  const [namespace = '', name = ''] = id.split('/');
  const isolated = { ingress: 'all', egress: 'none' } as const;
  return { id, namespace, name, kind: 'live', pods: 2, presence: 'both', isolated, ...more };
}

/** All pods of a workload, or the named ones. */
export function pods(id: string, names: readonly string[] | null = null): PartyDocument {
  return { kind: 'workload', workload: id, pods: names, count: names?.length ?? 2 };
}

export function outside(text: string, ranges: readonly string[] = [text]): PartyDocument {
  return { kind: 'outside', ranges, text };
}

/** TCP on one port, over both families. */
export function connection(
  change: ConnectionDocument['change'],
  source: PartyDocument,
  destination: PartyDocument,
  port: number,
  causes: readonly CauseDocument[] = [],
): ConnectionDocument {
  const ports = [{ transport: 'TCP', first: port, last: port }] as const;
  return { change, source, destination, families: ['IPv4', 'IPv6'], ports, text: `TCP ${port}`, causes };
}

/** Everything, over both families. */
export function everything(
  change: ConnectionDocument['change'],
  source: PartyDocument,
  destination: PartyDocument,
  causes: readonly CauseDocument[] = [],
): ConnectionDocument {
  const ports = (['OTHER', 'SCTP', 'TCP', 'UDP'] as const).map((transport) => ({ transport, first: 0, last: 65535 }));
  return { change, source, destination, families: ['IPv4', 'IPv6'], ports, text: 'everything', causes };
}

/** A rule of the head on the destination's side. */
export function cause(policy: string, path: string, line: number, more: Partial<CauseDocument> = {}): CauseDocument {
  const file = `policies/${policy.split('/')[0]}.yaml`;
  return { world: 'head', side: 'destination', effect: 'allows', policy, path, file, line, column: 7, ...more };
}
