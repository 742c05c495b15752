// A comparison → its document.
import type { Subject } from '../connectivity/endpoints.ts';
import type { WorldDiff } from '../diff/diff-worlds.ts';
import {
  bySubjectWorkload,
  connectionDocument,
  placeDocument,
  podNames,
  workloadDocuments,
} from './connection-document.ts';
import { reportSchemaVersion, type DiffDocument, type IsolationDocument, type OutputComparison } from './document.ts';
import { summarizeDiff } from './summary.ts';

export interface DiffNames {
  readonly base: string;
  readonly head: string;
}

export function diffDocument(diff: WorldDiff, comparison: OutputComparison, names: DiffNames): DiffDocument {
  const all = bySubjectWorkload(diff.subjects);
  const connections = diff.connections.map((connection) => connectionDocument(connection, all));
  const isolation = diff.isolation.map(({ change, direction, workload, subjects, origins }): IsolationDocument => {
    const pods = podNames(subjects, workload, all);
    return { change, direction, workload: workload.id, pods, policies: origins.map(placeDocument) };
  });
  const hasAll = diff.connections.some(({ change }) => change === 'kept');
  const workloads = hasAll ? all.keys() : mentioned(diff).map(({ workload }) => workload);
  return {
    schemaVersion: reportSchemaVersion,
    kind: 'diff',
    ...names,
    summary: summarizeDiff({ connections, isolation, ...comparison }),
    workloads: workloadDocuments(workloads, all, diff.stateOf),
    connections,
    isolation,
    outputs: comparison.outputs,
  };
}

function mentioned({ connections, isolation }: WorldDiff): readonly Subject[] {
  const ofConnections = connections.flatMap(({ source, destination }) =>
    [source, destination].flatMap((party) => (party.kind === 'pods' ? party.subjects : [])),
  );
  return [...ofConnections, ...isolation.flatMap(({ subjects }) => subjects)];
}
