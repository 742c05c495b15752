// The items of a list in a JSON file, found byte by byte and parsed in batches.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { refill, skipBlanks, type ByteFeed } from './byte-feed.ts';
import { collectPieces, type Piece, type PieceTarget } from './collect-pieces.ts';
import { faultHere, faultIn, maxObjectBytes, type JsonReader } from './json-reader.ts';
import { scanValue, startScan, type ValueScan } from './scan-value.ts';

/**
 * As many bytes of items are parsed at once, or as many as have come. Above 100 KB V8 takes what it parses for something
 * to keep, and what is not kept is dear to get rid of.
 */
const batchBytes = 48 * 1024;

/** Reads from the opening bracket to behind the closing one. Null, or the fault that ended it. */
export async function readItems(reader: JsonReader, target: PieceTarget): Promise<Diagnostic | null> {
  const { feed } = reader;
  const cursor: Cursor = { phase: 'first', piece: beginPiece(feed), scan: startScan(0), pieces: [] };
  feed.at++;
  for (;;) {
    const state = stepItems(feed, cursor);
    const fault = collectPieces(reader, cursor.pieces, { target, tooDeep: cursor.scan.tooDeep });
    if (fault !== null) return fault;
    if (state === 'end') return null;
    if (state === 'broken') {
      return faultHere(reader, cursor.phase === 'after' ? 'expected `,` or `]`' : 'expected a value');
    }
    if (state === 'starved' && !(await getMore(feed, cursor))) {
      return cursor.phase === 'inside' ? faultIn(reader, cursor.piece) : faultHere(reader, '');
    }
    cursor.pieces.length = 0;
  }
}

interface Cursor {
  /** Before the first item, before another one, inside of one, behind one. */
  phase: 'first' | 'item' | 'inside' | 'after';
  /** The item that it is in. */
  piece: Piece;
  scan: ValueScan;
  /** Complete items since the last batch. */
  readonly pieces: Piece[];
}

/** Steps through what has come, until there is a batch, the list ends, or the bytes do not. */
function stepItems(feed: ByteFeed, cursor: Cursor): 'batch' | 'end' | 'starved' | 'broken' {
  for (;;) {
    if (cursor.phase !== 'inside' && !skipBlanks(feed)) return 'starved';
    const byte = feed.bytes[feed.at] ?? 0;
    switch (cursor.phase) {
      case 'inside': {
        if (!scanValue(feed, cursor.scan)) return 'starved';
        cursor.piece.end = feed.base + feed.at;
        cursor.pieces.push(cursor.piece);
        cursor.phase = 'after';
        const first = cursor.pieces[0]?.offset ?? 0;
        if (feed.base + feed.at - first >= batchBytes || cursor.scan.tooDeep) return 'batch';
        break;
      }
      case 'after':
        if (byte !== 0x2c && byte !== 0x5d) return 'broken';
        feed.at++;
        if (byte === 0x5d) return 'end';
        cursor.phase = 'item';
        break;
      default:
        if (byte === 0x5d && cursor.phase === 'first') {
          feed.at++;
          return 'end';
        }
        if (byte === 0x2c || byte === 0x3a || (byte | 0x20) === 0x7d) return 'broken';
        cursor.piece = beginPiece(feed);
        cursor.scan = startScan(byte);
        cursor.phase = 'inside';
    }
  }
}

function beginPiece({ at, base, line, lineStart }: ByteFeed): Piece {
  return { offset: base + at, line, column: base + at - lineStart + 1, end: 0 };
}

async function getMore(feed: ByteFeed, { phase, piece }: Cursor): Promise<boolean> {
  if (phase !== 'inside') return refill(feed, feed.at);
  if (feed.base + feed.end - piece.offset > maxObjectBytes) return false;
  return refill(feed, piece.offset - feed.base);
}
