// BASE and HEAD → two worlds, ready to be compared. What they have in common is read once.
import { createCompiler } from '../compile.ts';
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { ComparedWorld } from '../diff/diff-worlds.ts';
import type { Host } from '../host/host.ts';
import { readWorlds } from '../input/read-world.ts';
import { andThen } from './and-then.ts';
import { findFiles } from './find-files.ts';
import { compileOptions, type WorldFlags } from './input-options.ts';
import { stdinTwice } from './load-world.ts';

export interface ComparedWorlds {
  readonly base: ComparedWorld;
  readonly head: ComparedWorld;
}

/** Reads both, and refuses worlds whose answers would be guesses, as compiling does. Source: S-303. */
export async function loadCompared(
  base: string,
  head: string,
  flags: WorldFlags,
  host: Host,
): Promise<Outcome<ComparedWorlds>> {
  const misuse = stdinTwice([base, head, ...flags.snapshot]);
  if (misuse !== null) return { value: null, diagnostics: [misuse] };
  const problems: Diagnostic[] = [];
  const report = (problem: Diagnostic): void => void problems.push(problem);
  const sides = [await findFiles([base], 'policies', host, report), await findFiles([head], 'policies', host, report)];
  const snapshots = await findFiles(flags.snapshot, 'snapshot', host, report);
  if (problems.length > 0) return { value: null, diagnostics: problems };
  const { namespace, decode, allowIncomplete, namedPortsInit } = flags;
  const read = await readWorlds(sides, snapshots, { namespace, decode, allowIncomplete, namedPortsInit });
  return andThen(read, (worlds) => {
    const [first, second] = worlds.map((world) => ({ world, compiler: createCompiler(world, compileOptions(flags)) }));
    if (first === undefined || second === undefined)
      return { value: null, diagnostics: [diagnose('NP7010', {}, null)] };
    const diagnostics = [...new Set([...first.compiler.diagnostics, ...second.compiler.diagnostics])];
    return { value: { base: first, head: second }, diagnostics };
  });
}
