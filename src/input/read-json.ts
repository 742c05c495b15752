// A JSON file, or several JSON documents one after another, → typed objects. Lists are streamed: any size, item by item.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { nextByte, type ByteFeed } from './byte-feed.ts';
import { collectItem } from './collect-item.ts';
import type { Collection } from './collection.ts';
import type { InputContext } from './input-context.ts';
import { createReader, faultHere, faultIn, here, passValue, type JsonReader, type Start } from './json-reader.ts';
import { readList } from './read-list.ts';

/**
 * Reads everything that is left of the feed into a collection. Null, or the fault that ended it: then nothing of the
 * file may be used. Memory: what is kept, a chunk, and the largest object.
 */
export async function readJson(feed: ByteFeed, to: Collection, context: InputContext): Promise<Diagnostic | null> {
  const reader = createReader(feed, context);
  for (;;) {
    const byte = await nextByte(feed, () => feed.at);
    if (byte === -1) return null;
    const fault = await readDocument(reader, byte, to);
    if (fault !== null) return fault;
  }
}

async function readDocument(reader: JsonReader, byte: number, to: Collection): Promise<Diagnostic | null> {
  if (byte === 0x7b) return readObject(reader, to);
  if (byte !== 0x5b) return faultHere(reader, 'expected `{`');
  const { span } = faultHere(reader, '');
  return diagnose('NP1015', { found: 'a list' }, span);
}

/** An object is taken whole, unless it turns out to be a list: then its items are. */
async function readObject(reader: JsonReader, to: Collection): Promise<Diagnostic | null> {
  const { feed } = reader;
  const start = here(feed);
  const keep = (): number => start.offset - feed.base;
  feed.at++;
  for (let members = 0; ; members++) {
    let byte = await nextByte(feed, keep);
    if (byte === 0x7d) return takeObject(reader, start, to);
    if (members > 0) {
      if (byte !== 0x2c) return faultIn(reader, start);
      feed.at++;
      byte = await nextByte(feed, keep);
    }
    if (byte !== 0x22) return faultIn(reader, start);
    const key = feed.base + feed.at;
    if (!(await passValue(reader, start))) return faultIn(reader, start);
    const isItems = isItemsKey(feed, key);
    if ((await nextByte(feed, keep)) !== 0x3a) return faultIn(reader, start);
    feed.at++;
    byte = await nextByte(feed, keep);
    if (isItems && byte === 0x5b) return readList(reader, start, to);
    if (byte === -1 || !(await passValue(reader, start))) return faultIn(reader, start);
  }
}

function takeObject(reader: JsonReader, start: Start, to: Collection): Diagnostic | null {
  reader.feed.at++;
  return collectItem(reader, start, { to, inherited: null, pending: null });
}

/** Whether the key that ends before the next byte is `"items"`. */
function isItemsKey({ bytes, at, base }: ByteFeed, key: number): boolean {
  return at - (key - base) === itemsKey.length && itemsKey.every((byte, index) => bytes[key - base + index] === byte);
}

const itemsKey = [...new TextEncoder().encode('"items"')];
