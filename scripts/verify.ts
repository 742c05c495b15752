// `npm run verify`: everything that proves the project, and at the end one line `N passed, N failed`.
import { execa } from 'execa';
import { installSystemPackages } from './system-packages.ts';

interface Step {
  readonly title: string;
  readonly argv: readonly [program: string, ...args: string[]];
  /** The step counts its own tests and prints them last; any other step counts as one. */
  readonly counts: boolean;
}

interface Result {
  readonly passed: number;
  readonly failed: number;
  /** Everything that was said, in the order of saying. */
  readonly said: string;
}

const npm = (script: string, ...args: readonly string[]): Step['argv'] => [
  'npm',
  'run',
  '--silent',
  script,
  '--',
  ...args,
];

const check: Step = { title: 'types, lint, format, unused code', argv: npm('check'), counts: false };
const steps: readonly Step[] = [
  { title: 'build', argv: npm('build'), counts: false },
  { title: 'tests without the kernel', argv: ['npm', 'test', '--silent'], counts: true },
  { title: 'tests in a browser', argv: npm('test:browser'), counts: true },
  { title: 'tests in the kernel', argv: npm('test:kernel'), counts: true },
  { title: 'the README’s demo', argv: npm('demo', '--brief'), counts: false },
];

await installSystemPackages();
// What only looks at the sources runs beside the tests that need one processor; the kernel's tests have both for themselves.
const checked = run(check, 'quiet');
const results: Result[] = [];
for (const step of steps) {
  if (step.title === 'tests in the kernel') results.push(tell(check, await checked));
  console.log(`\n== ${step.title}`);
  results.push(await run(step, 'aloud'));
}
const passed = results.reduce((sum, each) => sum + each.passed, 0);
const failed = results.reduce((sum, each) => sum + each.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function tell({ title }: Step, result: Result): Result {
  console.log(`\n== ${title}\n${result.said}`);
  return result;
}

async function run({ argv: [program, ...args], counts }: Step, voice: 'aloud' | 'quiet'): Promise<Result> {
  const pipes =
    voice === 'quiet'
      ? ({ all: true } as const)
      : ({ all: true, stdout: ['inherit', 'pipe'], stderr: ['inherit', 'pipe'] } as const);
  const { stdout, all, exitCode } = await execa(program, args, { ...pipes, reject: false });
  const [, good, bad] = /(\d+) passed, (\d+) failed[^\n]*\s*$/.exec(stdout) ?? [];
  if (counts && good !== undefined && bad !== undefined) {
    // A runner that ends badly although nothing failed is a failure of its own.
    const crashed = exitCode !== 0 && bad === '0' ? 1 : 0;
    return { passed: Number(good), failed: Number(bad) + crashed, said: all };
  }
  return exitCode === 0 && !counts ? { passed: 1, failed: 0, said: all } : { passed: 0, failed: 1, said: all };
}
