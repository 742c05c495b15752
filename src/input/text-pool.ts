// Strings out of bytes. Most strings of a snapshot have been there before: they are found again without being made.

/** Forgets as it goes: what has not come for long is made anew. */
export interface TextPool {
  readonly texts: (string | undefined)[];
}

const size = 1 << 14;
/** Longer strings are seldom the same. */
const longest = 64;
const decoder = new TextDecoder('latin1');

export function createTextPool(): TextPool {
  return { texts: new Array<string | undefined>(size) };
}

/** The text of some ASCII bytes, the same string as last time if it was there lately. */
export function pooledText({ texts }: TextPool, bytes: Uint8Array, start: number, end: number): string {
  if (end - start > longest) return plainText(bytes, start, end);
  let hash = end - start;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
  const slot = (hash ^ (hash >>> 15)) & (size - 1);
  const known = texts[slot];
  if (known !== undefined && isText(known, bytes, start, end)) return known;
  return (texts[slot] = plainText(bytes, start, end));
}

/** The text of some ASCII bytes that nobody has seen before. */
export function plainText(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

function isText(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let at = start; at < end; at++) if (text.charCodeAt(at - start) !== bytes[at]) return false;
  return true;
}
