// Everything that was read: the typed policies and the typed cluster.
import type { Policies } from '../policy/policies.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

export interface World extends Policies {
  readonly snapshot: Snapshot;
  /** Objects that netpolc does not use, counted by `apiVersion/Kind`; workloads are used when `planned`. */
  readonly skippedByKind: ReadonlyMap<string, number>;
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
}

export const defaultReadOptions: ReadOptions = {
  namespace: 'default',
  decode: 'strict',
  allowIncomplete: false,
  namedPortsInit: 'sidecars',
  planned: false,
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
