// Who can reach whom → its document.
import type { Subject } from '../connectivity/endpoints.ts';
import type { WorldDiff } from '../diff/diff-worlds.ts';
import { bySubjectWorkload, connectionDocument, workloadDocuments } from './connection-document.ts';
import { reportSchemaVersion, type MatrixDocument } from './document.ts';

/** `diff` is the comparison of a world with itself: all of its connections are kept. `isOfInterest` as it was asked for. */
export function matrixDocument(
  diff: WorldDiff,
  input: string,
  isOfInterest: (subject: Subject) => boolean,
): MatrixDocument {
  const all = bySubjectWorkload(diff.subjects);
  const ends = diff.connections.flatMap(({ source, destination }) =>
    [source, destination].flatMap((party) => (party.kind === 'pods' ? [party.workload] : [])),
  );
  const ofInterest = diff.subjects.filter(isOfInterest).map(({ workload }) => workload);
  return {
    schemaVersion: reportSchemaVersion,
    kind: 'matrix',
    input,
    workloads: workloadDocuments([...ends, ...ofInterest], all, diff.stateOf),
    connections: diff.connections.map((connection) => connectionDocument(connection, all)),
  };
}
