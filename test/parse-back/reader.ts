// What parse-back needs to know about an engine.
import type { Ir } from '../../src/ir/ir.ts';
import type { Artifact, HostCommand } from '../../src/target.ts';
import type { Meaning } from './meaning.ts';

/** What commands printed, by their names. */
export type Listing = ReadonlyMap<string, string>;

export interface ListingCommand {
  readonly name: string;
  readonly argv: HostCommand['argv'];
}

/** Reads back what an engine put into the kernel. */
export interface Reader {
  /** Print everything that the kernel holds, of ours and of others. */
  readonly list: readonly ListingCommand[];
  /** Suffixes of the artifacts that `differences` looks at. */
  readonly compares: readonly string[];
  /**
   * What was emitted and is not listed, and the other way round, after the known habits of the tools were allowed for;
   * none when both say the same.
   */
  readonly differences: (artifacts: readonly Artifact[], listing: Listing) => readonly string[];
  /** Understands exactly what we emit, in listings alone, and throws at anything else. */
  readonly read: (listing: Listing) => Meaning;
  /** What `read` must find beside the judgements. */
  readonly factsByIr: (ir: Ir) => Meaning['facts'];
}

/** The text of an artifact; nothing where it may be absent and is. */
export function textOf(artifacts: readonly Artifact[], suffix: string, mayBeAbsent = false): string {
  const artifact = artifacts.find((each) => each.suffix === suffix);
  if (artifact === undefined && !mayBeAbsent) throw new Error(`${suffix} was not emitted`);
  return artifact?.content.toString() ?? '';
}

/** The output of one command. */
export function outputOf(listing: Listing, name: string): string {
  const output = listing.get(name);
  if (output === undefined) throw new Error(`nothing was listed for ${name}`);
  return output;
}
