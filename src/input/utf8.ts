// Bytes → text, as UTF-8 and as nothing else.

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text, or null when the bytes are not UTF-8. A byte-order mark stays where it is. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Offset of the first character that is not UTF-8; the length when there is none. O(length · log length). */
export function findBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isSound(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  // The bytes before may be the beginning of the character that is broken.
  while (low > 0 && decodeUtf8(bytes.subarray(0, low)) === null) low--;
  return low;
}

/** Text that ends inside a character is sound so far: streaming decoders wait for the rest. */
function isSound(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
