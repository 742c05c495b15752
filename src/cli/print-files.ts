// Files on standard output.
import type { NamedFile } from './staging.ts';

/** One file as it is; several with a line of their name before each. */
export function printFilesAsText(files: readonly NamedFile[]): string {
  const [first, ...rest] = files;
  if (first !== undefined && rest.length === 0) return first.text;
  return files.map(({ name, text }) => `# file: ${name}\n${text}${text.endsWith('\n') ? '' : '\n'}`).join('');
}

/** `{"schemaVersion":1,"artifacts":[{"name":…,"text":…}]}`. */
export function printFilesAsJson(files: readonly NamedFile[]): string {
  return `${JSON.stringify({ schemaVersion: 1, artifacts: files }, null, 2)}\n`;
}
