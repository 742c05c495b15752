// `npm run verify`: everything that proves the project, and at the end one line `N passed, N failed`.
import { execa } from 'execa';
import { installSystemPackages } from './system-packages.ts';

interface Step {
  readonly title: string;
  readonly argv: readonly [program: string, ...args: string[]];
  /** The step counts its own tests and prints them last; any other step counts as one. */
  readonly counts: boolean;
}

const npm = (script: string, ...args: readonly string[]): Step['argv'] => [
  'npm',
  'run',
  '--silent',
  script,
  '--',
  ...args,
];

const steps: readonly Step[] = [
  { title: 'types, lint, format, unused code', argv: npm('check'), counts: false },
  { title: 'build', argv: npm('build'), counts: false },
  { title: 'tests without the kernel', argv: ['npm', 'test', '--silent'], counts: true },
  { title: 'tests in the kernel', argv: npm('test:kernel'), counts: true },
  { title: 'the README’s demo', argv: npm('demo', '--brief'), counts: false },
];

const totals = { passed: 0, failed: 0 };
await installSystemPackages();
for (const step of steps) {
  console.log(`\n== ${step.title}`);
  const { passed, failed } = await run(step);
  totals.passed += passed;
  totals.failed += failed;
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;

async function run({ argv: [program, ...args], counts }: Step): Promise<{ passed: number; failed: number }> {
  const result = await execa(program, args, { stdout: ['inherit', 'pipe'], stderr: 'inherit', reject: false });
  const [, passed, failed] = /(\d+) passed, (\d+) failed[^\n]*\s*$/.exec(result.stdout) ?? [];
  if (counts && passed !== undefined && failed !== undefined) {
    // A runner that ends badly although nothing failed is a failure of its own.
    const crashed = result.exitCode !== 0 && failed === '0' ? 1 : 0;
    return { passed: Number(passed), failed: Number(failed) + crashed };
  }
  return result.exitCode === 0 && !counts ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
