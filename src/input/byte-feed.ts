// A window on the bytes of a file: they come in chunks, pieces are looked at whole, what was read is forgotten.

/** Offsets count within `bytes` and move when `refill` drops what was read. */
export interface ByteFeed {
  readonly chunks: AsyncIterator<Uint8Array>;
  /** Two quotes stand behind the last byte: whoever searches a quote needs no other bound. */
  bytes: Uint8Array;
  /** The next byte to look at. */
  at: number;
  /** Behind the last byte that has come. */
  end: number;
  /** Where `bytes` begins in the file. */
  base: number;
  /** Nothing comes any more. */
  done: boolean;
  /** 1-based line of `at`. */
  line: number;
  /** Where that line begins in the file. */
  lineStart: number;
}

export function createFeed(chunks: AsyncIterable<Uint8Array>): ByteFeed {
  return {
    chunks: chunks[Symbol.asyncIterator](),
    bytes: new Uint8Array([0x22, 0x22]),
    at: 0,
    end: 0,
    base: 0,
    done: false,
    line: 1,
    lineStart: 0,
  };
}

/** Gets the next bytes, forgetting those before `keep`. False when there are none; offsets hold then. */
export async function refill(feed: ByteFeed, keep: number): Promise<boolean> {
  if (feed.done) return false;
  const next = await feed.chunks.next();
  if (next.done === true) {
    feed.done = true;
    return false;
  }
  const chunk = next.value;
  const kept = feed.end - keep;
  const end = kept + chunk.length;
  if (end + 2 > feed.bytes.length) {
    const bytes = new Uint8Array(Math.max(end + 2, feed.bytes.length * 2));
    bytes.set(feed.bytes.subarray(keep, feed.end));
    feed.bytes = bytes;
  } else {
    feed.bytes.copyWithin(0, keep, feed.end);
  }
  feed.bytes.set(chunk, kept);
  feed.bytes.fill(0x22, end, end + 2);
  feed.base += keep;
  feed.at -= keep;
  feed.end = end;
  return true;
}

/** Steps over blanks in what has come. False when nothing else is there. */
export function skipBlanks(feed: ByteFeed): boolean {
  const { bytes, end } = feed;
  let at = feed.at;
  for (; at < end; at++) {
    const byte = bytes[at];
    if (byte === 0x0a) {
      feed.line++;
      feed.lineStart = feed.base + at + 1;
    } else if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) break;
  }
  feed.at = at;
  return at < end;
}

/** The next byte that is no blank, getting bytes as needed; -1 at the end. Bytes before `keep()` are forgotten. */
export async function nextByte(feed: ByteFeed, keep: () => number): Promise<number> {
  while (!skipBlanks(feed)) if (!(await refill(feed, keep()))) return -1;
  return feed.bytes[feed.at] ?? -1;
}
