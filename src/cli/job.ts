// What `compile` and `ir` have in common: the world compiled, scope after scope, into files.
import { createCompiler, type Compiler } from '../compile.ts';
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { Ir, Scope } from '../ir/ir.ts';
import type { Artifact } from '../target.ts';
import { andThen, fine } from './and-then.ts';
import { onlyDiagnostics, type CommandResult } from './command-result.ts';
import { deliver } from './deliver.ts';
import { compileOptions, type InputFlags } from './input-options.ts';
import { loadWorld } from './load-world.ts';
import { placeOf, type Place } from './place.ts';
import { printFilesAsJson, printFilesAsText } from './print-files.ts';
import { checkScopeFlags, scopesOf, type ScopeFlags } from './scope-options.ts';
import { homelessPods, worldRemarks } from './world-remarks.ts';

export interface Job {
  readonly policies: readonly string[];
  readonly flags: InputFlags & ScopeFlags & { readonly format: 'text' | 'json' };
  readonly host: Host;
  /** One scope's IR → its files. */
  readonly produce: (ir: Ir) => Promise<Outcome<readonly Artifact[]>>;
}

/** Runs the job to its end: files are in place, or the result says why not. */
export async function runJob(job: Job): Promise<CommandResult> {
  const { value: plan, diagnostics } = await planJob(job);
  if (plan === null) return onlyDiagnostics(diagnostics);
  const produce = (scope: Scope): Promise<Outcome<readonly Artifact[]>> =>
    andThen(plan.compiler.ir(scope), job.produce);
  const print = job.flags.format === 'json' ? printFilesAsJson : printFilesAsText;
  const result = await deliver(plan.scopes, produce, { place: plan.place, print, host: job.host });
  return {
    ...result,
    diagnostics: [...diagnostics, ...result.diagnostics],
    remarks: [...plan.remarks, ...result.remarks],
  };
}

interface Plan {
  readonly compiler: Compiler;
  readonly scopes: readonly Scope[];
  readonly place: Place;
  readonly remarks: readonly string[];
}

async function planJob({ policies, flags, host }: Job): Promise<Outcome<Plan>> {
  const usage = await andThen(checkScopeFlags(flags), () => checkFormat(flags));
  const place = await andThen(usage, () => placeOf(flags, host));
  return andThen(place, async (place) =>
    andThen(await loadWorld(policies, flags, host), (world) => {
      const compiler = createCompiler(world, compileOptions(flags));
      return andThen(scopesOf(flags, compiler), (scopes) =>
        fine({
          compiler,
          scopes,
          place,
          remarks: [...worldRemarks(world), ...(isForNodes(flags) ? homelessPods(world) : [])],
        }),
      );
    }),
  );
}

function isForNodes({ node, eachNode }: ScopeFlags): boolean {
  return node !== undefined || eachNode === true;
}

function checkFormat({ format, output }: Job['flags']): Outcome<true> {
  if (format === 'text' || output === undefined) return fine(true);
  const problem = '`--format json` describes what goes to standard output, and `-o` writes files';
  return { value: null, diagnostics: [diagnose('NP7005', { problem }, null, { hint: 'leave out one of them' })] };
}
