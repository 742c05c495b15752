// What holds for one input file while it is read.
import type { SnapshotOptions } from '../snapshot/decode-options.ts';
import type { KnownFiles } from './known-files.ts';
import type { InputFile, ReadOptions } from './world.ts';

export interface InputContext {
  /** What diagnostics call the file. */
  readonly name: string;
  readonly role: InputFile['role'];
  /** NetworkPolicies of this file count. Those of a snapshot do not when policies were given. */
  readonly policiesCount: boolean;
  readonly options: ReadOptions;
  readonly snapshot: SnapshotOptions;
  /** Files that were read before and may come again; null when nothing comes twice. */
  readonly knownFiles: KnownFiles | null;
}
