// What a command hands back: everything that is printed and the exit code follow from it.
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-code.ts';

export interface CommandResult {
  readonly diagnostics: readonly Diagnostic[];
  /** For standard output, in pieces; empty when there are errors. */
  readonly output: readonly string[];
  /** Single lines for standard error, for people. */
  readonly remarks: readonly string[];
  /** A failed expectation, a disagreement, a difference. */
  readonly findings: boolean;
}

/** A result that only reports. */
export function onlyDiagnostics(diagnostics: readonly Diagnostic[]): CommandResult {
  return { diagnostics, output: [], remarks: [], findings: false };
}

/** The exit code of a result. */
export function exitCodeOfResult({ diagnostics, findings }: CommandResult): ExitCode {
  if (hasErrors(diagnostics)) return exitCodeOf(diagnostics);
  return findings ? exitCodes.findings : exitCodes.fine;
}
