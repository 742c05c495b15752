// Connections → their documents, and the workloads that they speak of.
import { groupBy } from '../collections/get-or-make.ts';
import { compareText } from '../ir/order.ts';
import type { Direction, Origin } from '../ir/ir.ts';
import type { Cause } from '../connectivity/causes.ts';
import type { Connection, Party } from '../connectivity/connections.ts';
import { present, type Subject } from '../connectivity/endpoints.ts';
import type { StateOf } from '../connectivity/side-states.ts';
import type { Workload } from '../connectivity/workloads.ts';
import { families, type Family } from '../net/address.ts';
import { listPorts } from '../net/port-set.ts';
import { positionOf } from '../source/source.ts';
import type { CauseDocument, ConnectionDocument, PartyDocument, PlaceDocument, WorkloadDocument } from './document.ts';
import { addressText, portText, rangesOf } from './port-text.ts';

/** All endpoints, by their workload. */
export type SubjectsByWorkload = ReadonlyMap<Workload, readonly Subject[]>;

export function bySubjectWorkload(subjects: readonly Subject[]): SubjectsByWorkload {
  return groupBy(subjects, ({ workload }) => workload);
}

export function connectionDocument(connection: Connection, all: SubjectsByWorkload): ConnectionDocument {
  const { change, source, destination, ports, causes } = connection;
  const meant = familiesOf(source, destination);
  const possible = commonFamilies(source, destination);
  const only = meant.length < possible.length ? ` over ${meant.join()}` : '';
  return {
    change,
    source: partyDocument(source, all),
    destination: partyDocument(destination, all),
    families: meant,
    ports: listPorts(ports),
    text: `${portText(ports)}${only}`,
    causes: causes.map(causeDocument),
  };
}

export function placeDocument({ policy, path, span }: Origin): PlaceDocument {
  return { policy, path, file: span.source.name, ...positionOf(span) };
}

/** Names of some of a workload's endpoints; null when they are all. */
export function podNames(
  subjects: readonly Subject[],
  workload: Workload,
  all: SubjectsByWorkload,
): readonly string[] | null {
  return subjects.length === all.get(workload)?.length ? null : subjects.map(({ name }) => name);
}

/** The documents of workloads, sorted. */
export function workloadDocuments(
  workloads: Iterable<Workload>,
  all: SubjectsByWorkload,
  stateOf: StateOf,
): readonly WorkloadDocument[] {
  return [...new Set(workloads)]
    .sort((a, b) => compareText(a.id, b.id))
    .map((workload) => {
      const { id, namespace, name, kind } = workload;
      const subjects = all.get(workload) ?? [];
      const isolated = {
        ingress: isolationOf(subjects, 'ingress', stateOf),
        egress: isolationOf(subjects, 'egress', stateOf),
      };
      return { id, namespace, name, kind, pods: subjects.length, presence: presenceOf(subjects), isolated };
    });
}

function partyDocument(party: Party, all: SubjectsByWorkload): PartyDocument {
  if (party.kind === 'outside') {
    return { kind: 'outside', ranges: rangesOf(party.addresses), text: addressText(party.addresses) };
  }
  const { workload, subjects } = party;
  return {
    kind: 'workload',
    workload: workload.id,
    pods: podNames(subjects, workload, all),
    count: subjects.length,
  };
}

function causeDocument({ world, direction, effect, origin }: Cause): CauseDocument {
  return { world, side: direction === 'egress' ? 'source' : 'destination', effect, ...placeDocument(origin) };
}

function familiesOf(source: Party, destination: Party): readonly Family[] {
  const pods = source.kind === 'pods' ? source : destination;
  return pods.kind === 'pods' ? pods.families : [];
}

/** The families in which the two could talk at all. Addresses outside say themselves which family is meant. */
function commonFamilies(source: Party, destination: Party): readonly Family[] {
  if (source.kind === 'outside' || destination.kind === 'outside') return [];
  const has = ({ subjects }: Extract<Party, { kind: 'pods' }>, family: Family): boolean =>
    subjects.some((subject) => present(subject).addresses.some((address) => address.family === family));
  return families.filter((family) => has(source, family) && has(destination, family));
}

function presenceOf(subjects: readonly Subject[]): WorkloadDocument['presence'] {
  if (subjects.every(({ base }) => base === null)) return 'head';
  return subjects.every(({ head }) => head === null) ? 'base' : 'both';
}

function isolationOf(subjects: readonly Subject[], direction: Direction, stateOf: StateOf): 'all' | 'some' | 'none' {
  const isolated = subjects.filter((subject) => {
    const { base, head } = stateOf(subject, direction);
    return (head === 'absent' ? base : head) !== 'open';
  });
  return isolated.length === 0 ? 'none' : isolated.length === subjects.length ? 'all' : 'some';
}
