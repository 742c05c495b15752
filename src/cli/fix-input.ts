// Repairs the files of policies: in memory until nothing is left to repair, then each file at once.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../collections/get-or-make.ts';
import type { Host, StagedFile } from '../host/host.ts';
import type { InputFile } from '../input/world.ts';
import { applyFixes } from '../lint/edit/apply-fixes.ts';
import type { MadeFix } from '../lint/lint-json.ts';
import type { LintedInput } from './lint-input.ts';
import { attempt } from './staging.ts';

export interface FixedInput {
  /** What the lints say of the repaired text. */
  readonly linted: LintedInput;
  readonly made: readonly MadeFix[];
  /** The whole new text of files that changed, by name. */
  readonly textByFile: ReadonlyMap<string, string>;
}

/** Fixes that touch wait for the next round; there are only so many lints. */
const mostRounds = 50;

/**
 * Lints, repairs and lints again. Files of snapshots, standard input and compressed files stay as they are; so does a fix
 * that reaches into one of them. `all`: also fixes that change the meaning.
 */
export async function fixInput(
  files: readonly InputFile[],
  judge: (files: readonly InputFile[]) => Promise<LintedInput>,
  all: boolean,
): Promise<FixedInput> {
  const kept = files.map(keepBytes);
  const original = await fixableTexts(kept);
  const texts = new Map(original);
  const made: MadeFix[] = [];
  for (let round = 0; ; round++) {
    const linted = await judge(kept.map((file) => withText(file, texts)));
    const fixed = round < mostRounds ? repair(texts, wantedFixes(linted, texts, all)) : [];
    made.push(...fixed);
    if (fixed.length > 0) continue;
    const textByFile = new Map([...texts].filter(([name, text]) => original.get(name) !== text));
    return { linted, made, textByFile };
  }
}

/** Writes what changed. Every file is beside its place before the first one is put there. */
export async function writeFixed(
  { textByFile }: FixedInput,
  host: Host,
): Promise<{ readonly problems: readonly Diagnostic[]; readonly written: readonly string[] }> {
  const staged: { readonly name: string; readonly file: StagedFile }[] = [];
  for (const [name, text] of textByFile) {
    const problem = await attempt(name, async () => void staged.push({ name, file: await host.stage(name, text) }));
    if (problem === null) continue;
    for (const { file } of staged) await attempt('', file.discard);
    return { problems: [problem], written: [] };
  }
  const problems: Diagnostic[] = [];
  for (const { name, file } of staged)
    problems.push(...[await attempt(name, file.commit)].filter((each) => each !== null));
  return { problems, written: staged.map(({ name }) => `wrote ${name}`) };
}

function wantedFixes({ report }: LintedInput, texts: ReadonlyMap<string, string>, all: boolean): readonly MadeFix[] {
  return report.findings.flatMap(({ lint, fix, diagnostic: { span } }) => {
    if (lint === null || fix === null || (!all && !fix.keepsMeaning)) return [];
    const names = new Set(fix.edits.map(({ span }) => span.source.name));
    return names.size === 1 && [...names].every((name) => texts.has(name)) ? [{ lint, fix, span }] : [];
  });
}

function repair(texts: Map<string, string>, fixes: readonly MadeFix[]): readonly MadeFix[] {
  const made: MadeFix[] = [];
  for (const [name, ofFile] of groupBy(fixes, ({ fix }) => fix.edits[0]?.span.source.name ?? '')) {
    const text = texts.get(name) ?? '';
    const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
    const repaired = applyFixes(
      text.slice(mark.length),
      ofFile.map(({ fix }) => fix),
    );
    texts.set(name, mark + repaired.text);
    const done = new Set(repaired.made);
    made.push(...ofFile.filter(({ fix }) => done.has(fix)));
  }
  return made;
}

const byteOrderMark = '\ufeff';

/** Text of the files that may be changed, with its byte-order mark. A file that is also a snapshot is none of them. */
async function fixableTexts(files: readonly InputFile[]): Promise<ReadonlyMap<string, string>> {
  const others = new Set(files.flatMap(({ name, role }) => (role === 'snapshot' ? [name] : [])));
  const texts = new Map<string, string>();
  for (const file of files) {
    const { name, role } = file;
    if (role !== 'policies' || others.has(name) || name === '<stdin>' || name.endsWith('.gz')) continue;
    const text = await textOf(file);
    if (text !== null) texts.set(name, text);
  }
  return texts;
}

/** Null when the file cannot be read or is no text; reading it for the lints says so. */
async function textOf(file: InputFile): Promise<string | null> {
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.chunks()) chunks.push(chunk);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    return null;
  }
}

function withText(file: InputFile, texts: ReadonlyMap<string, string>): InputFile {
  const text = file.role === 'policies' ? texts.get(file.name) : undefined;
  if (text === undefined) return file;
  async function* chunks(): AsyncIterable<Uint8Array> {
    yield Buffer.from(text ?? '');
  }
  return { ...file, chunks };
}

/** Standard input comes once, and is asked for again. */
function keepBytes(file: InputFile): InputFile {
  if (file.name !== '<stdin>') return file;
  const kept: Uint8Array[] = [];
  let isRead = false;
  async function* chunks(): AsyncIterable<Uint8Array> {
    if (isRead) yield* kept;
    else {
      for await (const chunk of file.chunks()) {
        kept.push(chunk);
        yield chunk;
      }
    }
    isRead = true;
  }
  return { ...file, chunks };
}
