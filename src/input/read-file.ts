// One input file → typed objects: strictly UTF-8; JSON when it begins like JSON, else YAML.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { maxYamlLength } from '../parse/limits.ts';
import { parseYaml } from '../parse/yaml.ts';
import { wholeSource, type Span } from '../source/source.ts';
import { createFeed, refill, skipBlanks, type ByteFeed } from './byte-feed.ts';
import { collectNode } from './collect-node.ts';
import { createCollection, type Collection } from './collection.ts';
import type { InputContext } from './input-context.ts';
import { fileKey, underName } from './known-files.ts';
import { createReader, here, notUtf8, takePiece } from './json-reader.ts';
import { readJson } from './read-json.ts';
import type { InputFault, InputFile } from './world.ts';

/** Reads a file to its end, or to the first fault after which nothing can be told. What is wrong is in its problems. */
export async function readFile(file: InputFile, context: InputContext): Promise<Collection> {
  const feed = createFeed(file.chunks());
  try {
    return await readText(feed, context);
  } catch (error) {
    const fault = faultOf(error);
    if (fault === null) throw error;
    return failed([diagnose(fault.code, { file: context.name, reason: fault.reason }, startOf(context))]);
  } finally {
    await feed.chunks.return?.();
  }
}

async function readText(feed: ByteFeed, context: InputContext): Promise<Collection> {
  const isText = await skipToText(feed);
  const [first = 0, second = 0] = feed.bytes.subarray(0, feed.end);
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return failed([diagnose('NP1005', { found: 'it begins like UTF-16' }, startOf(context))]);
  }
  if (!isText) return createCollection();
  const byte = feed.bytes[feed.at];
  if (byte !== 0x7b && byte !== 0x5b) return readYaml(feed, context);
  return isYamlName(context.name) ? readJsonOrYaml(feed, context) : readWholeJson(feed, context);
}

/** Steps over a byte-order mark and blanks, keeping them. False when there is nothing else. */
async function skipToText(feed: ByteFeed): Promise<boolean> {
  while (feed.end < 3) if (!(await refill(feed, 0))) break;
  const [first, second, third] = feed.bytes;
  if (feed.end >= 3 && first === 0xef && second === 0xbb && third === 0xbf) feed.lineStart = feed.at = 3;
  for (;;) {
    if (skipBlanks(feed)) return true;
    // More blanks than any file has text are forgotten.
    const keep = feed.end > maxYamlLength ? feed.at : 0;
    if (!(await refill(feed, keep))) return false;
  }
}

async function readWholeJson(feed: ByteFeed, context: InputContext): Promise<Collection> {
  const found = createCollection();
  const fault = await readJson(feed, found, context);
  return fault === null ? found : failed([...found.problems.found, fault]);
}

/** YAML in flow style begins like JSON; so does JSON in a YAML file with several documents. */
async function readJsonOrYaml(feed: ByteFeed, context: InputContext): Promise<Collection> {
  if (!(await readAll(feed))) return readWholeJson(feed, context);
  const { at, line, lineStart } = feed;
  const found = createCollection();
  const fault = await readJson(feed, found, context);
  return fault === null ? found : readYaml({ ...feed, at, line, lineStart }, context);
}

async function readYaml(feed: ByteFeed, context: InputContext): Promise<Collection> {
  if (!(await readAll(feed))) return failed([diagnose('NP1012', { limit: '64 MiB of YAML' }, startOf(context))]);
  const start = feed.bytes[0] === 0xef ? 3 : 0;
  const whole = here({ ...feed, at: start, line: 1, lineStart: start });
  const reader = createReader(feed, context);
  const source = takePiece(reader, whole, feed.end);
  if (source === null) return failed([notUtf8(reader, whole, feed.end)]);
  return readYamlText(source.text, context);
}

function readYamlText(text: string, context: InputContext): Collection {
  const { name, role, policiesCount, knownFiles } = context;
  const key = knownFiles === null ? '' : fileKey(text, role, policiesCount);
  const known = knownFiles?.get(key);
  if (known !== undefined) return underName(known, name);
  const { value, diagnostics } = parseYaml(wholeSource(name, text));
  const found = createCollection();
  found.problems.addAll(diagnostics);
  for (const node of value ?? []) collectNode(found, node, context);
  if (found.problems.found.length === 0) knownFiles?.set(key, found);
  return found;
}

/** Gets all bytes into the window. False when YAML may not be that large. */
async function readAll(feed: ByteFeed): Promise<boolean> {
  do if (feed.base > 0 || feed.end > maxYamlLength) return false;
  while (await refill(feed, 0));
  return true;
}

function isYamlName(name: string): boolean {
  return /\.ya?ml(?:\.gz)?$/.test(name);
}

function failed(diagnostics: readonly Diagnostic[]): Collection {
  const collection = createCollection();
  collection.problems.addAll(diagnostics);
  return collection;
}

function startOf({ name }: InputContext): Span {
  return { source: { name, text: null, line: 1, column: 1 }, start: 0, end: 0 };
}

/** Null for errors that are bugs. */
function faultOf(error: unknown): { readonly code: InputFault['inputFault']; readonly reason: string } | null {
  if (!(error instanceof Error)) return null;
  if ('inputFault' in error) return { code: (error as InputFault).inputFault, reason: error.message };
  return 'syscall' in error && 'code' in error ? { code: 'NP1003', reason: String(error.code) } : null;
}
