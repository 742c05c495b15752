// What `diff` and `matrix` print, as plain data: the JSON form, and what every other form is made of. Described field by field
// in schema/report.schema.json.
import type { Direction } from '../ir/ir.ts';
import type { Family } from '../net/address.ts';
import type { TransportPorts } from '../net/port-set.ts';
import type { Existence } from '../connectivity/workloads.ts';
import type { Change } from '../connectivity/change.ts';

export const reportSchemaVersion = 1;

export interface DiffDocument {
  readonly schemaVersion: typeof reportSchemaVersion;
  readonly kind: 'diff';
  /** What was compared, as the user named it. */
  readonly base: string;
  readonly head: string;
  readonly summary: DiffSummary;
  /** Those that a connection or an isolation change speaks of; all of them when unchanged connections are listed. Sorted. */
  readonly workloads: readonly WorkloadDocument[];
  readonly connections: readonly ConnectionDocument[];
  readonly isolation: readonly IsolationDocument[];
  readonly outputs: readonly OutputDocument[];
}

export interface DiffSummary {
  /** The whole change in one line. */
  readonly text: string;
  /** Pairs of a source and a destination (workloads, or addresses outside) that may do more. */
  readonly gained: number;
  /** Pairs that may do less; a pair can be both. */
  readonly lost: number;
  /** Workloads that a policy selects now and did not before, or the other way round, in a direction. */
  readonly isolated: number;
  readonly opened: number;
  /** Nodes whose compiled output differs. */
  readonly nodes: number;
  /** Of how many of them the output was compared: large clusters have more than anybody reads. */
  readonly compared: number;
}

export interface MatrixDocument {
  readonly schemaVersion: typeof reportSchemaVersion;
  readonly kind: 'matrix';
  readonly input: string;
  readonly workloads: readonly WorkloadDocument[];
  /** All of change `kept`. */
  readonly connections: readonly ConnectionDocument[];
}

export interface WorkloadDocument {
  /** `namespace/name` */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly kind: Existence;
  /** How many endpoints it has. */
  readonly pods: number;
  /** On which sides it exists. */
  readonly presence: 'both' | 'base' | 'head';
  /** Whether policies select all of its pods, some or none; of the head, and of the base where it is gone. */
  readonly isolated: Readonly<Record<Direction, 'all' | 'some' | 'none'>>;
}

export type PartyDocument =
  | {
      readonly kind: 'workload';
      readonly workload: string;
      /** `namespace/name` of the pods that are meant; null for all of the workload. */
      readonly pods: readonly string[] | null;
      /** How many. */
      readonly count: number;
    }
  | {
      readonly kind: 'outside';
      /** Addresses, prefixes and ranges. Those that belong to pods of either side are not meant. */
      readonly ranges: readonly string[];
      readonly text: string;
    };

/**
 * Every pod or address of the source with every one of the destination (never a pod with itself), in each of the families,
 * on each of the ports. Connections do not overlap.
 */
export interface ConnectionDocument {
  readonly change: Change;
  readonly source: PartyDocument;
  readonly destination: PartyDocument;
  readonly families: readonly Family[];
  readonly ports: readonly TransportPorts[];
  /** Ports in words; with the family where the other one differs. */
  readonly text: string;
  readonly causes: readonly CauseDocument[];
}

export interface CauseDocument extends PlaceDocument {
  readonly world: 'base' | 'head';
  /** Whose policy it is. */
  readonly side: 'source' | 'destination';
  readonly effect: 'allows' | 'isolates';
}

/** A piece of a policy and where it stands. */
export interface PlaceDocument {
  readonly policy: string;
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface IsolationDocument {
  readonly change: 'isolated' | 'open';
  readonly direction: Direction;
  readonly workload: string;
  readonly pods: readonly string[] | null;
  readonly policies: readonly PlaceDocument[];
}

/** What was found out about compiled output. */
export interface OutputComparison {
  /** Sorted by node, then target. */
  readonly outputs: readonly OutputDocument[];
  /** Every node whose output differs, sorted; outputs are those of the first. */
  readonly nodes: readonly string[];
  /** Of how many nodes. */
  readonly compared: number;
}

/** What changes in a node's artifacts of one target. */
export interface OutputDocument {
  readonly target: string;
  readonly node: string;
  readonly sets: CountDocument;
  readonly elements: CountDocument;
  readonly rules: CountDocument;
  /** A unified diff of the artifacts, when it was asked for. */
  readonly diff: string | null;
}

export interface CountDocument {
  readonly before: number;
  readonly after: number;
  readonly added: number;
  readonly removed: number;
}
