// The items of a list in a JSON file, one after another.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { refill, skipBlanks } from './byte-feed.ts';
import { collectItem, collectNext, type ItemTarget } from './collect-item.ts';
import { faultHere, faultIn, here, maxObjectBytes, type JsonReader, type Start } from './json-reader.ts';
import { scanValue, startScan, type ValueScan } from './scan-value.ts';

/** Reads from the opening bracket to behind the closing one. Null, or the fault that ended it. */
export async function readItems(reader: JsonReader, target: ItemTarget): Promise<Diagnostic | null> {
  const { feed } = reader;
  const cursor: Cursor = { phase: 'first', start: here(feed), scan: startScan(0) };
  feed.at++;
  for (;;) {
    const state = stepItems(reader, cursor, target);
    if (state === 'end') return null;
    if (state !== 'starved') return state;
    if (!(await getMore(reader, cursor))) {
      return cursor.phase === 'inside' ? faultIn(reader, cursor.start) : faultHere(reader, '');
    }
  }
}

interface Cursor {
  /** Before the first item, before another one, inside of one, behind one. */
  phase: 'first' | 'item' | 'inside' | 'after';
  /** Of the item that it is in. */
  start: Start;
  /** How far that item has been searched for its end. */
  scan: ValueScan;
}

/** Steps through what has come until the list ends, a fault is found, or there are no more bytes. */
function stepItems(reader: JsonReader, cursor: Cursor, target: ItemTarget): 'end' | 'starved' | Diagnostic {
  const { feed } = reader;
  for (;;) {
    if (cursor.phase !== 'inside' && !skipBlanks(feed)) return 'starved';
    const byte = feed.bytes[feed.at] ?? 0;
    switch (cursor.phase) {
      case 'inside': {
        if (!scanValue(feed, cursor.scan)) return 'starved';
        const fault = collectItem(reader, cursor.start, target);
        if (fault !== null) return fault;
        cursor.phase = 'after';
        break;
      }
      case 'after':
        if (byte !== 0x2c && byte !== 0x5d) return faultHere(reader, 'expected `,` or `]`');
        feed.at++;
        if (byte === 0x5d) return 'end';
        cursor.phase = 'item';
        break;
      case 'first':
      case 'item':
        if (byte === 0x5d && cursor.phase === 'first') {
          feed.at++;
          return 'end';
        }
        if (byte === 0x2c || byte === 0x3a || (byte | 0x20) === 0x7d) return faultHere(reader, 'expected a value');
        cursor.start = here(feed);
        if (collectNext(reader, cursor.start, target)) cursor.phase = 'after';
        else {
          cursor.scan = startScan(byte);
          cursor.phase = 'inside';
        }
    }
  }
}

async function getMore({ feed }: JsonReader, { phase, start }: Cursor): Promise<boolean> {
  if (phase !== 'inside') return refill(feed, feed.at);
  if (feed.base + feed.end - start.offset > maxObjectBytes) return false;
  return refill(feed, start.offset - feed.base);
}
