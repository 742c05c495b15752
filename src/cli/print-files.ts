// Files on standard output.
import type { NamedFile } from './staging.ts';

/** What goes to standard output, and what to say beside it. */
export interface PrintedFiles {
  readonly text: string;
  readonly remarks: readonly string[];
}

/** One file as it is; several with a line of their name before each. Files that are no text are left out, and named. */
export function printFilesAsText(files: readonly NamedFile[]): PrintedFiles {
  return { text: textFiles(files), remarks: binaryRemark(files) };
}

function textFiles(files: readonly NamedFile[]): string {
  const texts = files.flatMap(({ name, content }) => (typeof content === 'string' ? [{ name, content }] : []));
  const [first, ...rest] = texts;
  if (first !== undefined && rest.length === 0) return first.content;
  return texts.map(({ name, content }) => `# file: ${name}\n${content}${content.endsWith('\n') ? '' : '\n'}`).join('');
}

/** `{"schemaVersion":1,"artifacts":[{"name":…,"text":…}]}`; what is no text stands under `base64` instead. */
export function printFilesAsJson(files: readonly NamedFile[]): PrintedFiles {
  const artifacts = files.map(({ name, content }) =>
    typeof content === 'string' ? { name, text: content } : { name, base64: Buffer.from(content).toString('base64') },
  );
  return { text: `${JSON.stringify({ schemaVersion: 1, artifacts }, null, 2)}\n`, remarks: [] };
}

/** Says which files standard output cannot show; nothing when it shows them all. */
function binaryRemark(files: readonly NamedFile[]): readonly string[] {
  const binary = files.filter(({ content }) => typeof content !== 'string');
  const [first] = binary;
  if (first === undefined) return [];
  const others = binary.length === 1 ? '' : ` and ${binary.length - 1} more`;
  return [`left out, as they are no text: ${first.name}${others} (-o DIR writes them)`];
}
