// B-5: what each target takes to come from an IR to its artifacts.
import { createCompiler } from '../../src/compile.ts';
import type { World } from '../../src/input/world.ts';
import type { Ir, Scope } from '../../src/ir/ir.ts';
import type { Target } from '../../src/target.ts';
import { targets } from '../../targets/index.ts';
import { must } from '../kit/must.ts';
import { clusterWorld } from './cluster/cluster-world.ts';
import { nodeName, sizes } from './cluster/plan.ts';
import { interleave, median, medianRatio } from './measure.ts';
import type { Result } from './result.ts';

interface Emission {
  readonly planMs: number;
  readonly printMs: number;
  readonly bytes: number;
}

const scopes: readonly { readonly what: string; readonly scope: Scope }[] = [
  { what: 'one node', scope: { kind: 'node', name: nodeName(7) } },
  { what: 'every pod', scope: { kind: 'snapshot' } },
];

/** B-5: plan and print of each target ÷ nftables', for a node of 20,000 pods and for all of them at once. */
export async function benchCompileTime(rounds: number): Promise<readonly Result[]> {
  const world = await clusterWorld(sizes.medium);
  const results: Result[] = [];
  for (const { what, scope } of scopes) results.push(...(await benchScope(world, scope, { what, rounds })));
  return results;
}

async function benchScope(
  world: World,
  scope: Scope,
  { what, rounds }: { readonly what: string; readonly rounds: number },
): Promise<readonly Result[]> {
  const variants = Object.fromEntries(
    targets.map((target) => [target.name, async () => emission(irOf(world, scope), target)]),
  );
  const runs = await interleave(rounds, variants);
  const timesOf = (name: string): readonly number[] => must(runs[name]).map(({ planMs, printMs }) => planMs + printMs);
  return targets.map(({ name }) => ({
    goal: 'B-5',
    what: `plan and print, ${what} of 20,000 pods: ${name} ÷ nftables`,
    value: medianRatio(timesOf(name), timesOf('nftables')),
    wanted: null,
    details: {
      planMs: median(must(runs[name]).map(({ planMs }) => planMs)),
      printMs: median(must(runs[name]).map(({ printMs }) => printMs)),
      nftablesMs: median(timesOf('nftables')),
      bytes: must(runs[name]?.[0]).bytes,
    },
  }));
}

/** Made anew each time: what targets remember about an IR's parts must not help. */
function irOf(world: World, scope: Scope): Ir {
  return must(createCompiler(world).ir(scope).value);
}

function emission(ir: Ir, target: Target): Emission {
  const started = performance.now();
  const plan = must(target.plan(ir, { version: 'bench', switches: new Set() }).value);
  const planned = performance.now();
  const artifacts = target.print(plan);
  const printed = performance.now();
  const bytes = artifacts.reduce((sum, { content }) => sum + content.length, 0);
  return { planMs: planned - started, printMs: printed - planned, bytes };
}
