// Finds the end of a JSON value in bytes without parsing it: fast, and no promise that the value is sound.
import type { ByteFeed } from './byte-feed.ts';

/** How far a scan has come; it goes on when more bytes are there. */
export interface ValueScan {
  depth: number;
  inString: boolean;
  /** The string's next byte is escaped. */
  escaped: boolean;
  /** True, false, null or a number: it ends before the next delimiter. */
  readonly inWord: boolean;
}

/** `first` is the value's first byte; `depth` counts brackets that are open already. */
export function startScan(first: number, depth = 0): ValueScan {
  const inWord = first !== 0x22 && (first | 0x20) !== 0x7b && depth === 0;
  return { depth, inString: false, escaped: false, inWord };
}

/**
 * Steps over a value that begins at `feed.at`, or over its rest. True when it is complete: `feed.at` is behind it.
 *
 * For every text that begins with a sound value the end is that value's end. In other texts the end may be anywhere:
 * whoever parses the piece finds the fault in it, or right behind it. About 1 GB a second.
 */
export function scanValue(feed: ByteFeed, scan: ValueScan): boolean {
  if (scan.inWord) return scanWord(feed);
  const { bytes, end, base } = feed;
  let { at, line, lineStart } = feed;
  let { depth, inString } = scan;
  if (scan.escaped && at < end) {
    scan.escaped = false;
    at++;
  }
  if (inString && at < end) {
    at = endOfString(bytes, at);
    inString = at > end;
  }
  let complete = scan.inString && !inString && depth === 0;
  while (at < end && !complete) {
    const byte = bytes[at++] ?? 0;
    if (byte === 0x22) {
      at = endOfString(bytes, at);
      inString = at > end;
      complete = depth === 0 && !inString;
    } else if (byte < 0x40) {
      if (byte !== 0x0a) continue;
      line++;
      lineStart = base + at;
      while (bytes[at] === 0x20) at++;
    } else {
      // `[` and `{`, and `]` and `}`, differ in one bit.
      const bracket = byte | 0x20;
      if (bracket === 0x7b) depth++;
      else if (bracket === 0x7d) complete = --depth <= 0;
    }
  }
  if (inString && at > end) scan.escaped = at > end + 1;
  scan.inString = inString;
  scan.depth = depth;
  feed.at = Math.min(at, end);
  feed.line = line;
  feed.lineStart = lineStart;
  return complete;
}

/** Behind the closing quote. The two quotes behind the last byte of a feed end every search: see `ByteFeed.bytes`. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    const byte = bytes[at++];
    if (byte === 0x22) return at;
    if (byte === 0x5c) at++;
  }
}

function scanWord(feed: ByteFeed): boolean {
  const { bytes, end } = feed;
  let { at } = feed;
  while (at < end && !isDelimiter(bytes[at] ?? 0)) at++;
  feed.at = at;
  return at < end;
}

/** Blanks, `"`, `,`, `:`, brackets. */
function isDelimiter(byte: number): boolean {
  const bracket = byte | 0x20;
  return byte <= 0x20 || byte === 0x22 || byte === 0x2c || byte === 0x3a || bracket === 0x7b || bracket === 0x7d;
}
