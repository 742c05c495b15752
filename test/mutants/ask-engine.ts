// Asks one engine about some golden cases: the verdicts that people wrote, judged with real packets.
import { createCompiler } from '../../src/compile.ts';
import { caseNames as allCaseNames, loadCase } from '../golden/cases.ts';
import { engineSettings } from '../kit/kernel-engines.ts';
import { judgeByKernel, type KernelCase } from '../kit/kernel-requests.ts';

/** Prints like the tests do; sets the exit code. Throws when there is no such engine, or a case has no flows. */
export async function askEngine(name: string, caseNames: readonly string[]): Promise<void> {
  const unknown = caseNames.filter((each) => !allCaseNames().includes(each));
  if (unknown.length > 0) throw new Error(`there is no golden case ${unknown.join(', ')}`);
  const chosen = engineSettings.filter(({ by }) => by.engine.name === name);
  if (chosen.length === 0) throw new Error(`there is no engine ${name}`);
  const cases = await Promise.all(caseNames.map(kernelCase));
  const counts = { passed: 0, failed: 0 };
  for (const { by, setting } of chosen) {
    const wrongByCase = await judgeByKernel(cases, by, setting).then(
      ({ disagreementsByCase }) => disagreementsByCase,
      (error: unknown) => new Map(caseNames.map((each) => [each, [messageOf(error)]])),
    );
    for (const [caseName, wrong] of wrongByCase) {
      if (wrong.length === 0) counts.passed++;
      else counts.failed++;
      if (wrong.length > 0) console.log(`   FAIL  ${name}, ${setting}  "${caseName}"\n    ${wrong.join('\n    ')}\n`);
    }
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

async function kernelCase(name: string): Promise<KernelCase> {
  const { world, file, flows } = await loadCase(name);
  if (world === null || flows.length === 0) throw new Error(`golden case ${name} has no flows`);
  return { name, snapshot: world.snapshot, compiler: createCompiler(world, file.options.compile), flows };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
