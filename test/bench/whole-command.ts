// P-1 to P-5: the built command line as a user runs it, beside what Node alone takes.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { targets } from '../../targets/index.ts';
import { must } from '../kit/must.ts';
import { clusterFile, type Indent } from './cluster/cluster-file.ts';
import { clusterPoliciesOf } from './cluster/cluster-policies.ts';
import { writePolicies, type PolicyChange } from './cluster/policy-folders.ts';
import { nodeName, planCluster, sizes } from './cluster/plan.ts';
import { interleave, median, medianRatio, runProcess, type Run } from './measure.ts';
import { atMost, type Result } from './result.ts';

const main = resolve(import.meta.dirname, '../../dist/cli/main.js');
const local = nodeName(7);
/** The target that goals speak of. */
const reference = 'nftables';

/** P-1 and P-2: one node of 150,000 pods ÷ reading the same file with JSON.parse. */
export async function benchOneNode(rounds: number): Promise<readonly Result[]> {
  return oneNode(await clusterFile(sizes.large), rounds, '150,000 pods');
}

/** The same for the text that kubectl prints, whose blanks JSON.parse skips faster than anything else can. */
export async function benchOneNodeIndented(rounds: number): Promise<readonly Result[]> {
  const indent: Indent = 4;
  return oneNode(await clusterFile(sizes.medium, indent), rounds, '20,000 pods, indented');
}

/** The goals are nftables'; the other targets are told beside them. */
async function oneNode(file: string, rounds: number, what: string): Promise<readonly Result[]> {
  return inFolder(async (folder) => {
    const runs = await interleave<string, Run>(rounds, {
      bare: () => runProcess(bareParse(file)),
      ...Object.fromEntries(
        targets.map(({ name }) => [name, () => runProcess(compileNode(file, { target: name, folder }))]),
      ),
    });
    const bare = must(runs['bare']);
    return targets.flatMap(({ name }): readonly Result[] => {
      const compile = must(runs[name]);
      const wanted = (limit: number): Result['wanted'] => (name === reference ? atMost(limit) : null);
      const wall = { bareMs: median(walls(bare)), compileMs: median(walls(compile)) };
      const peak = { bareKb: median(peaks(bare)), compileKb: median(peaks(compile)) };
      return [
        {
          goal: 'P-1',
          what: `one node, ${what} ÷ JSON.parse, wall, ${name}`,
          value: medianRatio(walls(compile), walls(bare)),
          wanted: wanted(1.5),
          details: wall,
        },
        {
          goal: 'P-2',
          what: `one node, ${what} ÷ JSON.parse, peak memory, ${name}`,
          value: peak.compileKb / peak.bareKb,
          wanted: wanted(2),
          details: peak,
        },
      ];
    });
  });
}

/** P-3: time at 150,000 pods ÷ at 20,000, over the ratio of the file sizes. */
export async function benchGrowth(rounds: number): Promise<readonly Result[]> {
  const [large, medium] = [await clusterFile(sizes.large), await clusterFile(sizes.medium)];
  const [largeBytes, mediumBytes] = [(await stat(large)).size, (await stat(medium)).size];
  const runs = await inFolder((folder) =>
    interleave(rounds, {
      large: () => runProcess(compileNode(large, { target: reference, folder })),
      medium: () => runProcess(compileNode(medium, { target: reference, folder })),
    }),
  );
  const value = medianRatio(walls(runs.large), walls(runs.medium)) / (largeBytes / mediumBytes);
  const details = { largeMs: median(walls(runs.large)), mediumMs: median(walls(runs.medium)), largeBytes, mediumBytes };
  return [{ goal: 'P-3', what: 'growth from 20,000 to 150,000 pods ÷ linear', value, wanted: atMost(1.15), details }];
}

/** P-4: all 180 nodes of 20,000 pods ÷ one, each target with itself. */
export async function benchEachNode(rounds: number): Promise<readonly Result[]> {
  const file = await clusterFile(sizes.medium);
  return inFolder(async (folder) => {
    const runs = await interleave<string, Run>(
      rounds,
      Object.fromEntries(
        targets.flatMap(({ name: target }) => [
          [`${target} one`, () => runProcess(compileNode(file, { target, folder }))],
          [`${target} all`, () => runProcess(compileEachNode(file, { target, folder }))],
        ]),
      ),
    );
    return targets.flatMap(({ name }): readonly Result[] => {
      const [one, all] = [must(runs[`${name} one`]), must(runs[`${name} all`])];
      const wall = { oneMs: median(walls(one)), allMs: median(walls(all)) };
      const peak = { oneKb: median(peaks(one)), allKb: median(peaks(all)) };
      const what = `all 180 nodes ÷ one, 20,000 pods, ${name}`;
      const wanted = name === reference ? atMost(4) : null;
      return [
        { goal: 'P-4', what, value: medianRatio(walls(all), walls(one)), wanted, details: wall },
        { goal: 'P-4', what: `${what}, peak memory`, value: peak.allKb / peak.oneKb, wanted: null, details: peak },
      ];
    });
  });
}

/** B-7: one node of 150,000 pods, and every node of 20,000, under 100 cluster policies ÷ without any. */
export async function benchTiers(rounds: number): Promise<readonly Result[]> {
  const questions = [
    { what: 'one node, 150,000 pods', size: sizes.large, argv: compileNode },
    { what: 'all 180 nodes, 20,000 pods', size: sizes.medium, argv: compileEachNode },
  ];
  const results: Result[] = [];
  for (const { what, size, argv } of questions) {
    const file = await clusterFile(size);
    const runs = await inFolder(async (folder) => {
      const tiers = join(folder, 'tiers.json');
      const items = clusterPoliciesOf(planCluster(size), 100);
      await writeFile(tiers, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
      const output = { target: reference, folder: join(folder, 'out') };
      return interleave(rounds, {
        without: () => runProcess(argv(file, output)),
        with: () => runProcess([...argv(file, output), '-s', tiers]),
      });
    });
    const details = { withoutMs: median(walls(runs.without)), withMs: median(walls(runs.with)) };
    const value = medianRatio(walls(runs.with), walls(runs.without));
    results.push({ goal: 'B-7', what: `${what}: 100 cluster policies ÷ none`, value, wanted: atMost(1.3), details });
  }
  return results;
}

/** B-8: what one changed policy of 10,000 does among 150,000 pods ÷ compiling one node from the same files. */
export async function benchDiff(rounds: number): Promise<readonly Result[]> {
  const cluster = await clusterFile(sizes.large);
  const plan = planCluster(sizes.large);
  return inFolder(async (folder) => {
    const write = (change: PolicyChange | null): Promise<string> =>
      writePolicies(plan, join(folder, change ?? 'base'), change);
    const [base, narrow, wide] = [await write(null), await write('one namespace'), await write('everybody')];
    const diff = (head: string): [string, ...string[]] => [process.execPath, main, 'diff', base, head, '-s', cluster];
    const output = { target: reference, folder: join(folder, 'out') };
    const runs = await interleave(rounds, {
      compile: () => runProcess([...compileNode(cluster, output), base]),
      narrow: () => runProcess(diff(narrow)),
      wide: () => runProcess(diff(wide)),
      connectionsOnly: () => runProcess([...diff(narrow), '--target', 'none']),
    });
    const result = (what: string, of: readonly Run[], wanted: Result['wanted']): Result => ({
      goal: 'B-8',
      what: `diff of one policy, 150,000 pods ÷ compiling a node: ${what}`,
      value: medianRatio(walls(of), walls(runs.compile)),
      wanted,
      details: { compileMs: median(walls(runs.compile)), diffMs: median(walls(of)), diffKb: median(peaks(of)) },
    });
    return [
      result('lets a namespace in', runs.narrow, atMost(1.5)),
      result('lets everybody in', runs.wide, atMost(1.5)),
      result('lets a namespace in, connections only', runs.connectionsOnly, null),
    ];
  });
}

/** P-5: `--version` ÷ `node -e 0`. Milliseconds: more rounds. */
export async function benchStart(rounds: number): Promise<readonly Result[]> {
  const runs = await interleave(rounds * 4, {
    bare: () => runProcess([process.execPath, '-e', '0']),
    version: () => runProcess([process.execPath, main, '--version']),
  });
  const details = { bareMs: median(walls(runs.bare)), versionMs: median(walls(runs.version)) };
  return [
    {
      goal: 'P-5',
      what: '--version ÷ node -e 0',
      value: medianRatio(walls(runs.version), walls(runs.bare)),
      wanted: atMost(2.5),
      details,
    },
  ];
}

/** Says why the command line cannot be measured, or null. */
export function whyNoCommand(): string | null {
  return existsSync(main) ? null : `${main} is missing: npm run build`;
}

function bareParse(file: string): [string, ...string[]] {
  const script = `globalThis.kept = JSON.parse(require('node:fs').readFileSync(${JSON.stringify(file)}, 'utf8'))`;
  return [process.execPath, '-e', script];
}

interface Output {
  readonly target: string;
  readonly folder: string;
}

function compileNode(file: string, output: Output): [string, ...string[]] {
  return [...compile(file, output), '--node', local];
}

function compileEachNode(file: string, output: Output): [string, ...string[]] {
  return [...compile(file, output), '--each-node'];
}

function compile(file: string, { target, folder }: Output): [string, ...string[]] {
  return [process.execPath, main, 'compile', '-s', file, '--target', target, '-o', folder];
}

/** A folder to write into, which goes again. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'netpolc-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function walls(runs: readonly Run[]): readonly number[] {
  return runs.map(({ wallMs }) => wallMs);
}

function peaks(runs: readonly Run[]): readonly number[] {
  return runs.map(({ peakKb }) => peakKb);
}
