// What the page's script works with: a document with everything that repeats said once. Also what the still picture is made of.
import { escapeText } from '../../../diagnostics/safe-text.ts';
import type { CauseDocument, ConnectionDocument, DiffDocument, MatrixDocument, PartyDocument } from '../../document.ts';
import { createTable } from './table.ts';

/** Numbers in it are places in its own lists. All text is escaped: nothing in it is invisible or steers. */
export interface PageData {
  readonly kind: 'diff' | 'matrix';
  /** Sorted, so those of a namespace stand together. */
  readonly workloads: readonly WorkloadData[];
  readonly parties: readonly PartyData[];
  readonly ports: readonly PortsData[];
  readonly causes: readonly (readonly CauseData[])[];
  readonly connections: readonly ConnectionData[];
}

export interface WorkloadData {
  readonly namespace: string;
  readonly name: string;
  readonly kind: 'live' | 'planned' | 'future';
  readonly pods: number;
  readonly presence: 'both' | 'base' | 'head';
  readonly ingress: 'all' | 'some' | 'none';
  readonly egress: 'all' | 'some' | 'none';
}

export interface PartyData {
  /** The workload; as many as there are workloads stands for addresses outside. */
  readonly entity: number;
  /** Names of the pods that are meant; null for all. */
  readonly pods: readonly string[] | null;
  /** Addresses outside in short; empty for a workload. */
  readonly text: string;
  /** All of them. */
  readonly ranges: readonly string[];
  /** Every pod of it, or every address of a family. */
  readonly whole: boolean;
}

export interface PortsData {
  readonly text: string;
  /** Every protocol and port, in each family that both have. */
  readonly everything: boolean;
}

export interface CauseData {
  readonly world: 'base' | 'head';
  readonly side: 'source' | 'destination';
  readonly effect: 'allows' | 'isolates';
  readonly policy: string;
  readonly path: string;
  readonly place: string;
}

export type ChangeName = 'gained' | 'lost' | 'kept';

export type ConnectionData = readonly [
  change: ChangeName,
  source: number,
  destination: number,
  ports: number,
  causes: number,
];

/** O(document). */
export function pageData({ kind, workloads, connections }: DiffDocument | MatrixDocument): PageData {
  const entityById = new Map(workloads.map(({ id }, index) => [id, index]));
  const parties = createTable<PartyData>();
  const ports = createTable<PortsData>();
  const causes = createTable<readonly CauseData[]>();
  const partyOf = (party: PartyDocument): number => parties.add(partyData(party, entityById));
  return {
    kind,
    workloads: workloads.map(({ namespace, name, kind: workloadKind, pods, presence, isolated }) => ({
      namespace: escapeText(namespace),
      name: escapeText(name),
      kind: workloadKind,
      pods,
      presence,
      ...isolated,
    })),
    connections: connections.map((each) => [
      each.change,
      partyOf(each.source),
      partyOf(each.destination),
      ports.add(portsData(each)),
      causes.add(each.causes.map(causeData)),
    ]),
    parties: parties.items,
    ports: ports.items,
    causes: causes.items,
  };
}

/** `policies/shop.yaml:68` */
export function placeText({ file, line }: { readonly file: string; readonly line: number }): string {
  return escapeText(`${file}:${line}`);
}

function partyData(party: PartyDocument, entityById: ReadonlyMap<string, number>): PartyData {
  if (party.kind === 'outside') {
    const whole = /^any (?:IPv[46] )?address$/.test(party.text);
    const ranges = party.ranges.map(escapeText);
    return { entity: entityById.size, pods: null, text: escapeText(party.text), ranges, whole };
  }
  const entity = entityById.get(party.workload);
  if (entity === undefined) throw new Error(`a connection of ${party.workload}, which is not among the workloads`);
  return { entity, pods: party.pods?.map(escapeText) ?? null, text: '', ranges: [], whole: party.pods === null };
}

function portsData({ text }: ConnectionDocument): PortsData {
  return { text: escapeText(text), everything: text === 'everything' };
}

function causeData(cause: CauseDocument): CauseData {
  const { world, side, effect, policy, path } = cause;
  return { world, side, effect, policy: escapeText(policy), path: escapeText(path), place: placeText(cause) };
}
