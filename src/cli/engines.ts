// Who can say whether a connection passes: the oracle, the IR, and the kernel under each target's rules.
import { emitScope } from '../compile.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { evaluate } from '../ir/evaluate.ts';
import type { Flow, Verdict } from '../net/flow.ts';
import type { ReplayRequest } from '../replay/visits.ts';
import type { Engine, Target } from '../target.ts';
import { version } from '../version.ts';
import { andThen, fine } from './and-then.ts';
import { compileOptions, type InputFlags } from './input-options.ts';
import type { JudgedWorld } from './judged-world.ts';

/** Somebody who answers: the value of `--engine`. */
export interface Judge {
  readonly name: string;
  /** What it says on each flow, in order; or nothing, and why. */
  readonly judge: (flows: readonly Flow[]) => Promise<Outcome<readonly Said[]>>;
}

/** One verdict, or one for each topology when they differ: `nftables/routed`, `nftables/bridged`. */
export type Said = readonly { readonly engine: string; readonly verdict: Verdict }[];

export interface EngineFlags extends InputFlags {
  readonly engine: string;
  readonly topology: 'both' | 'routed' | 'bridged';
}

interface Case extends JudgedWorld {
  readonly flags: EngineFlags;
  readonly host: Host;
}

/** What `--engine` takes. Written out, so that targets are loaded only for who asks one. */
export const engineNames: readonly string[] = [
  'oracle',
  'ir',
  'nftables',
  'iptables',
  'iptables-legacy',
  'ebpf',
  'ebpf-test-run',
  'all',
];

/** The engines that `--engine` names, in the order in which they answer. What they need is loaded with them. */
export async function findEngines(name: string): Promise<Outcome<readonly ((given: Case) => Judge)[]>> {
  if (name === 'oracle') return fine([oracleEngine]);
  if (name === 'ir') return fine([irEngine]);
  const { targets } = await import('../../targets/index.ts');
  const kernels = targets.flatMap((target) => target.engines.flatMap((engine) => kernelJudges(target, engine)));
  if (name === 'all') return fine([oracleEngine, irEngine, ...kernels.map(({ engine }) => engine)]);
  const kernel = kernels.find((each) => each.name === name);
  if (kernel !== undefined) return fine([kernel.engine]);
  const { unknownName } = await import('./find-target.ts');
  const names = ['oracle', 'ir', ...kernels.map((each) => each.name), 'all'];
  return { value: null, diagnostics: [unknownName(name, names, 'engine')] };
}

function oracleEngine({ world, flags }: Case): Judge {
  return {
    name: 'oracle',
    judge: async (flows) => {
      const { createOracle } = await import('../trace/oracle.ts');
      const oracle = createOracle(world, compileOptions(flags).semantics);
      return fine(flows.map((flow) => [{ engine: 'oracle', verdict: oracle(flow) }]));
    },
  };
}

function irEngine({ compiler }: Case): Judge {
  return {
    name: 'ir',
    judge: (flows) =>
      andThen(compiler.ir({ kind: 'snapshot' }), (ir) =>
        fine(flows.map((flow) => [{ engine: 'ir', verdict: evaluate(ir, flow) }])),
      ),
  };
}

function kernelEngine(target: Target, engine: Engine): (given: Case) => Judge {
  return (given) => ({
    name: engine.name,
    judge: async (flows) => {
      const { replay } = await import('../replay/replay.ts');
      const request = requestOf(given, target, flows);
      const said: { readonly topology: string; readonly verdicts: readonly Verdict[] }[] = [];
      const diagnostics: Diagnostic[] = [];
      for (const topology of topologiesOf(given.flags)) {
        const outcome = await replay([request], { engine, topology }, given.host);
        diagnostics.push(...outcome.diagnostics);
        const verdicts = outcome.value?.[0]?.verdicts;
        if (verdicts === undefined) return { value: null, diagnostics };
        said.push({ topology, verdicts });
      }
      return { value: flows.map((_, index) => oneIfEqual(engine.name, said, index)), diagnostics };
    },
  });
}

/** What an engine says about real packets, and, where it can, about captures of them. */
function kernelJudges(
  target: Target,
  engine: Engine,
): readonly { readonly name: string; readonly engine: (given: Case) => Judge }[] {
  const byPackets = { name: engine.name, engine: kernelEngine(target, engine) };
  if (engine.judgeCapture === undefined) return [byPackets];
  return [byPackets, { name: `${engine.name}-test-run`, engine: testRunEngine(target, engine) }];
}

function testRunEngine(target: Target, engine: Engine): (given: Case) => Judge {
  const name = `${engine.name}-test-run`;
  return (given) => ({
    name,
    judge: async (flows) => {
      const { testRun } = await import('../replay/test-run.ts');
      return andThen(await testRun([requestOf(given, target, flows)], engine, given.host), ([result]) =>
        fine((result?.verdicts ?? []).map((verdict) => [{ engine: name, verdict }])),
      );
    },
  });
}

/** What a kernel is asked: these flows, under the files that `compile` makes of each scope. */
function requestOf({ world, compiler }: Case, target: Target, flows: readonly Flow[]): ReplayRequest {
  return { world, artifactsOf: (scope) => emitScope(compiler, scope, target, { version }), flows };
}

function topologiesOf({ topology }: EngineFlags): readonly ('routed' | 'bridged')[] {
  return topology === 'both' ? ['routed', 'bridged'] : [topology];
}

function oneIfEqual(
  engine: string,
  columns: readonly { readonly topology: string; readonly verdicts: readonly Verdict[] }[],
  index: number,
): Said {
  const said = columns.flatMap(({ topology, verdicts }) => {
    const verdict = verdicts[index];
    return verdict === undefined ? [] : [{ engine: `${engine}/${topology}`, verdict }];
  });
  const [first] = said;
  const equal = first !== undefined && said.every(({ verdict }) => verdict === first.verdict);
  return equal ? [{ engine, verdict: first.verdict }] : said;
}
