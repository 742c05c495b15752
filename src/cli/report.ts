// Prints a command's result: diagnostics and remarks to standard error, the result itself to standard output.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { printJson } from '../diagnostics/json.ts';
import { escapeText } from '../diagnostics/safe-text.ts';
import { printSarif } from '../diagnostics/sarif.ts';
import { printText } from '../diagnostics/text.ts';
import type { Host } from '../host/host.ts';
import { version } from '../version.ts';
import type { CommandResult } from './command-result.ts';

export interface ReportFlags {
  readonly color: 'auto' | 'always' | 'never';
  /** With `json` and `sarif`, standard error holds that one document and nothing else. */
  readonly diagnostics: 'text' | 'json' | 'sarif';
}

/** Prints a result; when it resolves, the system has taken everything. A diagnostic that came up twice is shown once. */
export async function report(result: CommandResult, flags: ReportFlags, host: Host): Promise<void> {
  await host.writeErr(printDiagnostics([...new Set(result.diagnostics)], flags, host));
  for (const piece of result.output) await host.writeOut(piece);
  if (flags.diagnostics !== 'text') return;
  await host.writeErr(result.remarks.map((remark) => `${escapeText(remark)}\n`).join(''));
}

function printDiagnostics(diagnostics: readonly Diagnostic[], flags: ReportFlags, host: Host): string {
  switch (flags.diagnostics) {
    case 'text':
      return printText(diagnostics, { color: wantsColor(flags.color, host) });
    case 'json':
      return printJson(diagnostics);
    case 'sarif':
      return printSarif(diagnostics, version);
  }
}

function wantsColor(color: ReportFlags['color'], host: Host): boolean {
  if (color !== 'auto') return color === 'always';
  return host.errIsTerminal && (host.env('NO_COLOR') ?? '') === '' && host.env('TERM') !== 'dumb';
}
