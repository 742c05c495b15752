// `--check`: asks the kernel's own parser.
import { diagnose, type Diagnostic, type Note } from '../diagnostics/diagnostic.ts';
import type { Host, RunResult } from '../host/host.ts';
import type { Artifact, HostCommand, Target } from '../target.ts';

/** How much of what a program said is shown. */
const shownLines = 20;

/** Runs a target's checks to the first that fails; nothing is loaded. Empty when the machine would take the files. */
export async function checkArtifacts(
  target: Target,
  artifacts: readonly Artifact[],
  host: Host,
): Promise<readonly Diagnostic[]> {
  for (const command of target.check(artifacts)) {
    const result = await host.run(command);
    if (result.exitCode !== 0) return [explainFailure(command, result)];
  }
  return [];
}

function explainFailure({ argv }: HostCommand, { exitCode, stdout, stderr }: RunResult): Diagnostic {
  const [program] = argv;
  if (exitCode === 127) return diagnose('NP7001', { program }, null);
  const notes = notesOf(`${stdout}${stderr}`);
  const denied = exitCode === 126 || /operation not permitted|permission denied|must be root/i.test(stderr);
  return denied
    ? diagnose('NP7003', { program: argv.join(' ') }, null, { notes })
    : diagnose('NP7002', { program: argv.join(' '), exitCode }, null, { notes });
}

function notesOf(said: string): readonly Note[] {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const shown = lines.slice(0, shownLines).map((message) => ({ message, span: null }));
  if (lines.length <= shownLines) return shown;
  return [...shown, { message: `… and ${lines.length - shownLines} more lines`, span: null }];
}
