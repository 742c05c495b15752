// Names for content: the only place that hashes, and the only importer of node:crypto (a pure function, natively fast).
import { createHash } from 'node:crypto';

/**
 * SHA-256 over length-prefixed parts, as 52 characters of lower-case base32 (a–z, 2–7).
 *
 * The prefix keeps `["ab","c"]` and `["a","bc"]` apart, so names built from several user strings cannot be made to
 * collide by moving characters between them. Source: TH-07 of the reliability study.
 */
export function contentHash(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, BigInt(bytes.byteLength));
    hash.update(length).update(bytes);
  }
  return base32(hash.digest());
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
