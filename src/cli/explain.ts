// `netpolc explain`: what a diagnostic code means.
import type { Command } from 'commander';
import { diagnose } from '../diagnostics/diagnostic.ts';
import { explainCode, listCodes } from '../diagnostics/explain.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Host } from '../host/host.ts';
import { onlyDiagnostics, type CommandResult } from './command-result.ts';
import { choice } from './input-options.ts';
import type { Finish } from './program.ts';
import type { ReportFlags } from './report.ts';

interface ExplainFlags {
  readonly color: ReportFlags['color'];
  readonly format: 'text' | 'json';
}

const examples = `
Examples:
  netpolc explain NP2104
  netpolc explain DUPLICATE_POD_IP
  netpolc explain L-09

Without CODE every code is listed.`;

/** Defines the command. */
export function defineExplain(command: Command, _host: Host, finish: Finish): void {
  command
    .argument('[CODE]', 'a number, NP2104, a name, DUPLICATE_POD_IP, or a lint, L-09')
    .addOption(choice('--color <when>', 'colour in messages', ['auto', 'always', 'never']))
    .addOption(choice('--format <format>', 'shape of the result', ['text', 'json']))
    .addHelpText('after', examples)
    .action((code: string | undefined, { format, color }: ExplainFlags) =>
      finish(code === undefined ? list(format) : explain(code, format), { color, diagnostics: 'text' }),
    );
}

function list(format: ExplainFlags['format']): CommandResult {
  const codes = listCodes();
  if (format === 'json') return printed(JSON.stringify({ schemaVersion: 1, codes }, null, 2));
  return printed(codes.map(({ code, severity, name }) => `${code}  ${severity.padEnd(7)}  ${name}`).join('\n'));
}

function explain(code: string, format: ExplainFlags['format']): CommandResult {
  const text = explainCode(code);
  if (text === null) return unknownCode(code);
  if (format === 'text') return printed(text.trimEnd());
  const found = listCodes().find((each) => text.startsWith(`${each.code} `));
  return printed(JSON.stringify({ schemaVersion: 1, ...found }, null, 2));
}

function unknownCode(code: string): CommandResult {
  const guess = nearest(
    code,
    listCodes().flatMap((each) => [each.code, each.name]),
  );
  const hint = guess === null ? '`netpolc explain` lists every code' : `did you mean \`${guess}\`?`;
  return onlyDiagnostics([diagnose('NP7007', { what: code, kind: 'code' }, null, { hint })]);
}

function printed(text: string): CommandResult {
  return { diagnostics: [], output: [`${text}\n`], remarks: [], findings: false };
}
