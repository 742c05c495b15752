// A random world made ready for questions: read, compiled, and with the flows to ask about.
import { createCompiler, type Compiler } from '../../src/compile.ts';
import { hasErrors, type Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { printText } from '../../src/diagnostics/text.ts';
import { readWorld } from '../../src/input/read-world.ts';
import type { World } from '../../src/input/world.ts';
import type { Ir } from '../../src/ir/ir.ts';
import type { Flow } from '../../src/net/flow.ts';
import { chooseProbes } from './probes.ts';
import type { RandomWorld } from './random-world.ts';
import { createRandom } from './world/random.ts';
import { renderFiles } from './world/render.ts';

export interface Compiled {
  readonly world: World;
  readonly compiler: Compiler;
  /** Of the whole snapshot. */
  readonly ir: Ir;
}

export interface Subject extends Compiled {
  readonly manifests: RandomWorld;
  readonly probes: readonly Flow[];
}

/** Reads and compiles a world as the command line does. Throws what was reported when that is an error. */
export async function compileWorld(manifests: RandomWorld): Promise<Compiled> {
  const read = await readWorld(renderFiles(manifests), manifests.readOptions);
  const world = usable(read.value, read.diagnostics);
  const { semantics, readOptions } = manifests;
  const compiler = createCompiler(world, { semantics, allowIncomplete: readOptions.allowIncomplete });
  const compiled = compiler.ir({ kind: 'snapshot' });
  return { world, compiler, ir: usable(compiled.value, compiled.diagnostics) };
}

/** Compiles a world and chooses at most `cap` probes, the same for the same world. */
export async function prepareSubject(manifests: RandomWorld, cap: number): Promise<Subject> {
  const compiled = await compileWorld(manifests);
  return { ...compiled, manifests, probes: chooseProbes(compiled.world, createRandom(cap), cap) };
}

const refused = Symbol('refused');

/** Whether this was thrown because a world was refused. Every world that the generator makes is valid: that is a finding. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.cause === refused;
}

function usable<T>(value: T | null, diagnostics: readonly Diagnostic[]): T {
  if (value !== null && !hasErrors(diagnostics)) return value;
  throw new Error(printText(diagnostics, { color: false }), { cause: refused });
}
