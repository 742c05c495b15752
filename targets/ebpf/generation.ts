// The number of a generation: a name for the content of its maps.
import { contentHash } from '../../src/net/content-hash.ts';
import type { MapContent } from './ebpf-plan.ts';
import { layoutVersion } from './layout.ts';

/** The first 8 bytes of a SHA-256 over layout and contents, as 16 hexadecimal digits. Never 0, which is no generation. */
export function generationOf(maps: readonly MapContent[]): string {
  const hash = contentHash([
    `netpolc/maps/${layoutVersion}`,
    ...maps.flatMap(({ layout, keys, values }) => [layout.name, keys, values]),
  ]);
  const number = firstBits(hash);
  return (number === 0n ? 1n : number).toString(16).padStart(16, '0');
}

/** The first 64 bits that a text of base32 (a–z, 2–7) stands for: all of 12 characters, and four bits of the next. */
function firstBits(base32: string): bigint {
  let bits = 0n;
  for (const character of base32.slice(0, 13)) {
    const code = character.charCodeAt(0);
    bits = bits * 32n + BigInt(code < 0x61 ? code - 0x32 + 26 : code - 0x61);
  }
  return bits >> 1n;
}
