// The pipeline: a world and a scope → the IR; the IR and a target → artifacts. Any error means no artifact.
import { diagnose, hasErrors, type Diagnostic, type Outcome } from './diagnostics/diagnostic.ts';
import type { World } from './input/world.ts';
import { checkIr } from './ir/check.ts';
import type { Ir, Scope } from './ir/ir.ts';
import { mostRanges, TiersTooLarge } from './lower/first-match.ts';
import { createLower } from './lower/lower.ts';
import { createSides, type Sides } from './lower/sides.ts';
import { createTiersOf } from './lower/tiers.ts';
import { checkTies } from './lower/ties.ts';
import { defaultSemantics, type SemanticsOptions } from './net/semantics-options.ts';
import { indexCluster } from './resolve/cluster.ts';
import { checkCompleteness } from './resolve/completeness.ts';
import type { Artifact, Target } from './target.ts';

export interface CompileOptions {
  readonly semantics: SemanticsOptions;
  /** Let what an incomplete snapshot leaves open count to the safe side. Source: S-303, S-323. */
  readonly allowIncomplete: boolean;
}

export const defaultCompileOptions: CompileOptions = { semantics: defaultSemantics, allowIncomplete: false };

/** Compiles one scope after another of the same world, sharing the work. */
export interface Compiler {
  /**
   * The IR of a scope, checked. The diagnostics about the world are the same for every scope. A node that neither a
   * Node object nor a pod mentions is an error.
   */
  readonly ir: (scope: Scope) => Outcome<Ir>;
  /** What is to say about the world, whatever the scope: the same objects that `ir` reports. Errors mean no IR. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every node that the world mentions, sorted. */
  readonly nodes: ReadonlySet<string>;
  /** The same answers for single endpoints. To be asked within `unlessTooLarge`, and only when there are no errors. */
  readonly sides: Sides;
}

/** What a world is compiled from; what its authors wrote makes no difference. */
export type CompiledWorld = Omit<World, 'documentByPolicy'>;

/** Prepares to compile a world. O(pods + labels); selectors are answered when a scope needs them. */
export function createCompiler(world: CompiledWorld, options: CompileOptions = defaultCompileOptions): Compiler {
  const cluster = indexCluster(world.snapshot);
  const tiersOf = createTiersOf(cluster, world.clusterPolicies);
  const ties = unlessTooLarge(() => checkTies(cluster, world.clusterPolicies, tiersOf));
  const worldDiagnostics = [
    ...checkCompleteness(cluster, world, options.allowIncomplete),
    ...ties.diagnostics,
    ...(ties.value ?? []),
  ];
  const sides = createSides(cluster, world.policies, tiersOf);
  const lower = createLower(cluster, sides, options.semantics);
  const nodes = nodesOf(world);
  return {
    diagnostics: worldDiagnostics,
    nodes,
    sides,
    ir: (scope) => {
      if (scope.kind === 'node' && !nodes.has(scope.name)) return unknownNode(scope.name);
      if (hasErrors(worldDiagnostics)) return { value: null, diagnostics: worldDiagnostics };
      const { value: ir, diagnostics: limits } = unlessTooLarge(() => lower(scope));
      const diagnostics = [...worldDiagnostics, ...limits, ...(ir === null ? [] : checkIr(ir))];
      return { value: hasErrors(diagnostics) ? null : ir, diagnostics };
    },
  };
}

/** Does what asks for tables; rules of tiers that leave too much undecided end it with an error (NP4004). */
export function unlessTooLarge<T>(work: () => T): Outcome<T> {
  try {
    return { value: work(), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof TiersTooLarge)) throw error;
    const { policy, path, span } = error.origin;
    return { value: null, diagnostics: [diagnose('NP4004', { policy, path, limit: mostRanges }, span)] };
  }
}

export interface EmitOptions {
  /** netpolc's version, for the header of an artifact. */
  readonly version: string;
  /** Names of the target's switches that are on; default none. */
  readonly switches?: ReadonlySet<string>;
}

/** Generates a target's artifacts; none when the target cannot express the IR exactly. */
export function emit<Plan>(ir: Ir, target: Target<Plan>, options: EmitOptions): Outcome<readonly Artifact[]> {
  const { value: plan, diagnostics } = target.plan(ir, { switches: new Set(), ...options });
  if (plan === null || hasErrors(diagnostics)) return { value: null, diagnostics };
  return { value: target.print(plan), diagnostics };
}

/** A scope's artifacts, from its IR; what is to say about the world is said by the compiler's own diagnostics. */
export function emitScope(
  compiler: Compiler,
  scope: Scope,
  target: Target,
  options: EmitOptions,
): Outcome<readonly Artifact[]> {
  const { value: ir, diagnostics } = compiler.ir(scope);
  return ir === null ? { value: null, diagnostics } : emit(ir, target, options);
}

function nodesOf(world: CompiledWorld): ReadonlySet<string> {
  const ofPods = world.snapshot.pods.flatMap((pod) => pod.node ?? []);
  return new Set([...new Set([...world.snapshot.nodeByName.keys(), ...ofPods])].sort());
}

function unknownNode(node: string): Outcome<Ir> {
  return { value: null, diagnostics: [diagnose('NP4002', { node }, null)] };
}
