// `npm run mutants -- [--quick] [--all-proofs] [--list] [ID…]`: injects seeded bugs, one after another, into copies of the
// project and shows that the proofs catch every one. `--ask ENGINE CASE…` asks an engine about golden cases, and
// `--load ENGINE replace|kill` its loader.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { askEngine } from '../test/mutants/ask-engine.ts';
import { askLoader } from '../test/mutants/ask-loader.ts';
import { mutants } from '../test/mutants/catalogue.ts';
import { mutate } from '../test/mutants/copy.ts';
import { createLaboratory, type Laboratory } from '../test/mutants/examine.ts';
import type { Mutant, Proof } from '../test/mutants/mutant.ts';
import { formatExamination, formatFinding, formatMatrix, mutantsDocument } from '../test/mutants/report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    'all-proofs': { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    ask: { type: 'string' },
    load: { type: 'string' },
  },
});

/** Machines that prove this have two processors; a kernel test waits as often as it works. */
const atOnce = 2;

if (values.ask !== undefined) await askEngine(values.ask, positionals);
else if (values.load !== undefined) await askLoader(values.load, positionals[0] === 'kill' ? 'kill' : 'replace');
else if (values.list) for (const { id, sentence } of mutants) console.log(`${id}\n    ${sentence}`);
else {
  const interruption = onInterruption();
  await main(chosenMutants(), interruption).catch((error: unknown) => {
    if (!interruption.aborted) throw error;
    console.log('interrupted');
    process.exitCode = 130;
  });
}

function chosenMutants(): readonly Mutant[] {
  const unknown = positionals.filter((id) => !mutants.some((mutant) => mutant.id === id));
  if (unknown.length > 0) throw new Error(`no such mutant: ${unknown.join(', ')}`);
  return mutants.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
}

async function main(chosen: readonly Mutant[], interruption: AbortSignal): Promise<void> {
  const start = performance.now();
  for (const mutant of chosen) mutate(readFileSync(mutant.file, 'utf8'), mutant);
  const laboratory = createLaboratory(process.cwd(), atOnce, interruption);
  const asked = chosen.filter((mutant) => proofsOf(mutant).length > 0);
  if (asked.length < chosen.length) console.log(`${chosen.length - asked.length} need the kernel and are left out`);
  if (await checkBaseline(laboratory, asked)) await examineAll(laboratory, asked, start);
  else process.exitCode = 1;
}

/** Aborted by Ctrl-C and its kin: what runs is ended, and then this program. */
function onInterruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      controller.abort();
    });
  }
  return controller.signal;
}

function proofsOf({ proofs }: Mutant): readonly Proof[] {
  return proofs.filter(({ inKernel }) => !(values.quick && inKernel));
}

/** A proof that fails without a mutant would prove nothing with one. */
async function checkBaseline(laboratory: Laboratory, asked: readonly Mutant[]): Promise<boolean> {
  const proofByKey = new Map(asked.flatMap(proofsOf).map((proof) => [`${proof.command} ${proof.about}`, proof]));
  console.log(`${asked.length} mutants; first their ${proofByKey.size} proofs on the project as it is`);
  const findings = await Promise.all([...proofByKey.values()].map(laboratory.check));
  const wrong = findings.filter(({ judgement }) => judgement.outcome !== 'passed');
  for (const finding of wrong)
    console.log(`fails without a mutant: ${finding.proof.command}\n  ${formatFinding(finding)}`);
  return wrong.length === 0;
}

async function examineAll(laboratory: Laboratory, asked: readonly Mutant[], start: number): Promise<void> {
  const examinations = await Promise.all(
    asked.map(async (mutant) => {
      const examination = await laboratory.examine(mutant, proofsOf(mutant), values['all-proofs']);
      console.log(formatExamination(examination));
      return examination;
    }),
  );
  const seconds = Math.round((performance.now() - start) / 1000);
  mkdirSync('.bench', { recursive: true });
  writeFileSync('.bench/mutants.json', `${JSON.stringify(mutantsDocument(examinations, seconds), null, 2)}\n`);
  const left = examinations.filter(({ outcome }) => outcome !== 'killed');
  console.log(`\n${formatMatrix(examinations)}\n`);
  for (const { mutant, outcome, findings } of left) {
    console.log(`${outcome}: ${mutant.id}: ${mutant.sentence}\n  ${findings.map(formatFinding).join('\n  ')}`);
  }
  console.log(`${examinations.length - left.length} of ${examinations.length} mutants caught in ${seconds} s`);
  process.exitCode = left.length === 0 ? 0 : 1;
}
