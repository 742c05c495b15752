// Why git failed, as a diagnostic.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ProgramEnd } from '../host/host.ts';

/** How many lines of git's are shown. */
const shownLines = 10;

/** The diagnostic for a git command that ended with another exit code than 0; `command` is its name. */
export function explainFailure(command: string, { exitCode, stderr }: ProgramEnd): Diagnostic {
  if (exitCode === 127) return diagnose('NP7001', { program: 'git' }, null);
  const [, untrusted] = /^fatal: .*dubious ownership in repository at '(.*)'$/m.exec(stderr) ?? [];
  if (untrusted !== undefined) return diagnose('NP7012', { repository: untrusted }, null);
  if (/^fatal: not a git repository/m.test(stderr)) return diagnose('NP1021', {}, null);
  if (stderr.includes('promisor remote')) return diagnose('NP1024', {}, null);
  return diagnose('NP7002', { program: `git ${command}`, exitCode }, null, { notes: notesOf(stderr) });
}

/** What git said, a note a line. */
export function notesOf(stderr: string): Diagnostic['notes'] {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(0, shownLines).map((message) => ({ message, span: null }));
}
