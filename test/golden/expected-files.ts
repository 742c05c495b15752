// What is machine-written into a case's `expected/`: compared byte for byte, re-written by `npm run golden:update`.
import { createCompiler, emit, type Compiler } from '../../src/compile.ts';
import type { Diagnostic, Outcome } from '../../src/diagnostics/diagnostic.ts';
import { printText } from '../../src/diagnostics/text.ts';
import type { Ir, Scope } from '../../src/ir/ir.ts';
import { printIr } from '../../src/ir/json.ts';
import type { Target } from '../../src/target.ts';
import type { GoldenCase } from './cases.ts';

/** A case compiled: for the whole snapshot and for each node. */
export interface CompiledCase {
  /** What reading and compiling reported, each once. */
  readonly diagnostics: readonly Diagnostic[];
  /** Null when the input does not compile. */
  readonly whole: Ir | null;
  readonly irByNode: ReadonlyMap<string, Ir>;
}

const snapshotScope: Scope = { kind: 'snapshot' };

/** Compiles a case for every scope; the diagnostics are those of the whole snapshot, which no scope adds to. */
export function compileCase({ file, world, diagnostics }: GoldenCase): CompiledCase {
  if (world === null) return { diagnostics, whole: null, irByNode: new Map() };
  const compiler = createCompiler(world, file.options.compile);
  const whole = compiler.ir(snapshotScope);
  return {
    diagnostics: [...diagnostics, ...whole.diagnostics],
    whole: whole.value,
    irByNode: new Map([...compiler.nodes].flatMap((node) => irOfNode(compiler, node))),
  };
}

function irOfNode(compiler: Compiler, name: string): readonly (readonly [string, Ir])[] {
  const { value } = compiler.ir({ kind: 'node', name });
  return value === null ? [] : [[name, value]];
}

/** The files under `expected/` by path; no two machines print them differently. */
export function expectedFiles(compiled: CompiledCase, targets: readonly Target[]): ReadonlyMap<string, string> {
  const { diagnostics, whole, irByNode } = compiled;
  const files = new Map<string, string>();
  if (diagnostics.length > 0) files.set('diagnostics.txt', printText(diagnostics, { color: false }));
  if (whole === null) return files;
  files.set('ir.json', printIr(whole));
  for (const [scope, ir] of [['netpolc', whole] as const, ...irByNode]) {
    for (const target of targets) {
      for (const { suffix, content } of artifacts(emit(ir, target, { version: 'golden' }), target)) {
        // Bytes are another form of a file that is text; the target's own tests hold that.
        // Scripts are the same for every case.
        if (typeof content !== 'string' || suffix.endsWith('.sh')) continue;
        files.set(`${target.name}/${scope}.${suffix}`, content);
      }
    }
  }
  return files;
}

function artifacts<T>({ value, diagnostics }: Outcome<readonly T[]>, { name }: Target): readonly T[] {
  if (value === null) throw new Error(`target ${name} gives nothing:\n${printText(diagnostics, { color: false })}`);
  return value;
}
