// Names for content: the only place that hashes, and the only importer of node:crypto (a pure function, natively fast).
import { hash } from 'node:crypto';

/** Bytes before each part: how many follow, big-endian. */
const prefixBytes = 8;

/**
 * SHA-256 over length-prefixed parts, as 52 characters of lower-case base32 (a–z, 2–7).
 *
 * The prefix keeps `["ab","c"]` and `["a","bc"]` apart, so names built from several user strings cannot be made to
 * collide by moving characters between them. Source: TH-07 of the reliability study.
 */
export function contentHash(parts: readonly (string | Uint8Array)[]): string {
  return base32(hash('sha256', encodeParts(parts), 'buffer'));
}

/** Grows to the longest content there was: new memory costs more than hashing what fits into it. */
let scratch = Buffer.alloc(4096);

/** All parts in one piece, because a call into the hash costs more than the bytes of a usual part. Valid until the next call. */
function encodeParts(parts: readonly (string | Uint8Array)[]): Uint8Array {
  const most = parts.reduce((sum, part) => sum + prefixBytes + mostBytes(part), 0);
  if (scratch.length < most) scratch = Buffer.alloc(most);
  let end = 0;
  for (const part of parts) {
    const start = end + prefixBytes;
    const size = writePart(part, start);
    scratch.writeUInt32BE(Math.floor(size / 2 ** 32), end);
    scratch.writeUInt32BE(size % 2 ** 32, end + 4);
    end = start + size;
  }
  return scratch.subarray(0, end);
}

/** UTF-8 takes up to three bytes for what UTF-16 counts as one. */
function mostBytes(part: string | Uint8Array): number {
  return typeof part === 'string' ? part.length * 3 : part.byteLength;
}

function writePart(part: string | Uint8Array, start: number): number {
  if (typeof part === 'string') return scratch.write(part, start, 'utf8');
  scratch.set(part, start);
  return part.byteLength;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet.charAt((pending >>> bits) & 31);
    }
    pending &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + alphabet.charAt((pending << (5 - bits)) & 31);
}
