// Names of sets, profiles, chains and generations are hashes: the digests here must stay as long as those names mean the same.
import * as assert from 'uvu/assert';
import { createHash } from 'node:crypto';
import { contentHash } from '../../src/net/content-hash.ts';
import { describe } from '../kit/suite.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

type Parts = Parameters<typeof contentHash>[0];

/** What the docstring says, part by part, as hexadecimal digits. */
function stated(parts: Parts): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes = Buffer.from(part);
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(bytes.length));
    hash.update(length).update(bytes);
  }
  return hash.digest('hex');
}

/** Base32 → hexadecimal digits; what is left of 260 bits after 256 is zero. */
function hexOf(digest: string): string {
  const bits = Array.from(digest, (each) => alphabet.indexOf(each).toString(2).padStart(5, '0'));
  const number = BigInt(`0b${bits.join('')}`);
  assert.is(number & 15n, 0n);
  return (number >> 4n).toString(16).padStart(64, '0');
}

describe('content hash', (test) => {
  test('known digests stay', () => {
    const known: readonly (readonly [Parts, string])[] = [
      [[], '4oymiquy7qobjgx36tejs35zeqt24qpemsnzgtfeswmrw6csxbkq'],
      [[''], 'v5kxb5nbqefxv54mv5f4octgb4g7khscxl4r2tpfwizi3yhihx6a'],
      [[new Uint8Array(0)], 'v5kxb5nbqefxv54mv5f4octgb4g7khscxl4r2tpfwizi3yhihx6a'],
      [['ab', 'c'], 'maovi5xczt7czb5cxot2gitfs42kav2j2w22u6a7ke7esew3bvpq'],
      [['a', 'bc'], 'h6x2dtzpdgt4ceu35mqm6cmd645ergrcd7an2lyw2g7csliisicq'],
      [['ä€😀', '\ud800x'], '3uqxfhko26yot6ugmoeg3wcc3fzfvwje3cw2ktotus7zulidysya'],
      [['€'.repeat(5000)], 'bkindwvnxiraey7txaehex4kmxrbqujm7zvkhnjehhfcymmnq7ia'],
    ];
    for (const [parts, digest] of known) assert.is(contentHash(parts), digest);
  });

  test('is SHA-256 of every part behind its length, whatever was hashed before', () => {
    const long = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251);
    const shapes: readonly Parts[] = [['a'], [long, 'b'], ['ä€😀', ''], [long.subarray(7, 9)], ['x'.repeat(9000)], []];
    for (const parts of [...shapes, ...shapes.toReversed()]) assert.is(hexOf(contentHash(parts)), stated(parts));
  });
});
