// The world as commands need it that answer questions about connections.
import { createCompiler, type Compiler } from '../compile.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { World } from '../input/world.ts';
import { andThen } from './and-then.ts';
import { compileOptions, type InputFlags } from './input-options.ts';
import { loadWorld } from './load-world.ts';

export interface JudgedWorld {
  readonly world: World;
  readonly compiler: Compiler;
}

/** Reads a world and refuses one whose answers would be guesses, as compiling does. Source: S-303. */
export async function loadJudgedWorld(
  policies: readonly string[],
  flags: InputFlags,
  host: Host,
): Promise<Outcome<JudgedWorld>> {
  return andThen(await loadWorld(policies, flags, host), (world) => {
    const compiler = createCompiler(world, compileOptions(flags));
    return { value: { world, compiler }, diagnostics: compiler.diagnostics };
  });
}
