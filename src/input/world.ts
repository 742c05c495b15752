// Everything that was read: the typed policies and the typed cluster.
import type { Code } from '../diagnostics/catalogue/index.ts';
import type { MappingNode } from '../parse/node.ts';
import type { ClusterPolicy } from '../policy/cluster-policy.ts';
import type { NetworkPolicy } from '../policy/network-policy.ts';
import type { Policies } from '../policy/policies.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

export interface World extends Policies {
  readonly snapshot: Snapshot;
  /** Objects that netpolc does not use, counted by `apiVersion/Kind`; workloads are used when `planned`. */
  readonly skippedByKind: ReadonlyMap<string, number>;
  /** What the author wrote, for every policy; empty unless `keepDocuments` asks for it. */
  readonly documentByPolicy: ReadonlyMap<NetworkPolicy | ClusterPolicy, MappingNode>;
}

/** How input is read. The CLI's flags of the same names. */
export interface ReadOptions {
  /** For objects without `metadata.namespace`. Source: S-111. */
  readonly namespace: string;
  /** Source: S-103, S-104. */
  readonly decode: 'strict' | 'warn';
  /** Go on with an incomplete or contradictory snapshot, to the safe side. Source: S-303, S-323. */
  readonly allowIncomplete: boolean;
  /** Container ports that count for named ports. Source: S-254. */
  readonly namedPortsInit: 'sidecars' | 'all';
  /**
   * The files given as policies say what will be, as a repository does: workloads in them become pod templates, and their
   * cluster objects replace those of the same name in a snapshot. Otherwise two of a name are an error (S-110).
   */
  readonly planned: boolean;
  /** Keep what policies were decoded from: what is absent, and where everything stands. */
  readonly keepDocuments: boolean;
  /**
   * For diagnosis: errors of these codes in a policy become warnings and do not keep it out, and beside other errors there
   * is a world of what could be read. Null for everything that acts on policies.
   */
  readonly tolerated: ReadonlySet<Code> | null;
}

export const defaultReadOptions: ReadOptions = {
  namespace: 'default',
  decode: 'strict',
  allowIncomplete: false,
  namedPortsInit: 'sidecars',
  planned: false,
  keepDocuments: false,
  tolerated: null,
};

/** One input file as the caller hands it over. Bytes come in chunks so that a snapshot need not fit into a string. */
export interface InputFile {
  /** As given by the user; what diagnostics call it. `-` is shown as `<stdin>`. */
  readonly name: string;
  /** Policies of a snapshot count only when no policies were given. */
  readonly role: 'policies' | 'snapshot';
  /** The bytes, unpacked. Throws an InputFault where they cannot be had; every other error is a bug. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/**
 * What a file's chunks throw when the system refuses to read on, the compressed file is damaged, or it stands for a file
 * that is elsewhere. The message is the reason.
 */
export interface InputFault extends Error {
  readonly inputFault: 'NP1003' | 'NP1014' | 'NP1023';
}
