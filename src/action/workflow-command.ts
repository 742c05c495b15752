// Workflow commands: lines of the log that GitHub's runner takes for orders. Text from the input must never make one.
import { escapeText } from '../diagnostics/safe-text.ts';

export type AnnotationLevel = 'error' | 'warning' | 'notice';

/** `::warning file=a.yaml,line=3,title=…::…`, ended by a line end. Lines of the message stay lines. */
export function annotationCommand(
  level: AnnotationLevel,
  message: string,
  properties: Readonly<Record<string, string | number | null>> = {},
): string {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${escapeProperty(String(value))}`],
  );
  return `::${level}${given.length === 0 ? '' : ` ${given.join(',')}`}::${escapeData(message)}\n`;
}

/** The text between two commands that keep the runner from obeying it. Nobody else may know `secret`. */
export function unheeded(text: string, secret: string): string {
  return text === '' ? '' : `::stop-commands::${secret}\n${text.replace(/\n?$/, '\n')}::${secret}::\n`;
}

/** One output in a file for the runner: whatever the text is, it ends where the next `secret` stands alone on a line. */
export function outputText(name: string, value: string, secret: string): string {
  return `${name}<<${secret}\n${value}\n${secret}\n`;
}

function escapeData(text: string): string {
  return text.split('\n').map(escapeText).join('\n').replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
}
