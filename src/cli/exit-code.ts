// Exit codes, as the command line's contract lists them.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Code } from '../diagnostics/catalogue/index.ts';

export type ExitCode = 0 | 1 | 2 | 3 | 4 | 70;

export const exitCodes = { fine: 0, findings: 1, usage: 2, input: 3, machine: 4, bug: 70 } as const;

/** Errors in how netpolc was called. */
const usageCodes: ReadonlySet<Code> = new Set(['NP7005', 'NP7007', 'NP7008', 'NP7009', 'NP7011'] as const);
/** Errors of block 7 that lie in the input. */
const inputCodes: ReadonlySet<Code> = new Set(['NP7010'] as const);
/** An IR that netpolc made and that does not hold; the command line reads no IR. */
const bugCodes: ReadonlySet<Code> = new Set(['NP4001', 'NP9001'] as const);

/** The exit code for what was reported: `fine` without errors, else the one that says most. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  const codes = diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => exitCodeOfError(code));
  return codes.length === 0 ? exitCodes.fine : (Math.max(...codes) as ExitCode);
}

function exitCodeOfError(code: Code): ExitCode {
  if (bugCodes.has(code)) return exitCodes.bug;
  if (usageCodes.has(code)) return exitCodes.usage;
  if (code.startsWith('NP7') && !inputCodes.has(code)) return exitCodes.machine;
  return exitCodes.input;
}
