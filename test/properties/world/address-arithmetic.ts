// Neighbours and prefixes of addresses, with BigInt: slow, and nothing in common with the compiler's own arithmetic.
import { formatAddress, parseAddress, wordsOf, type Address, type Family } from '../../../src/net/address.ts';
import { must } from '../../kit/must.ts';

export function address(text: string): Address {
  return must(parseAddress(text), text);
}

/** The address `step` above (below, when negative), or null beyond the ends of the family. */
export function neighbour(from: Address, step: number): Address | null {
  return addressAt(from.family, valueOf(from) + BigInt(step));
}

/** `base/length` of the prefix that holds an address. */
export function prefixText(of: Address, length: number): string {
  const [first] = prefixEnds(of, length);
  return `${formatAddress(first)}/${length}`;
}

/** First and last address of the prefix that holds an address. */
export function prefixEnds(of: Address, length: number): readonly [first: Address, last: Address] {
  const hostBits = BigInt(bitsOf(of.family) - length);
  const base = (valueOf(of) >> hostBits) << hostBits;
  const last = base + (1n << hostBits) - 1n;
  return [must(addressAt(of.family, base)), must(addressAt(of.family, last))];
}

export function bitsOf(family: Family): number {
  return 32 * wordsOf(family);
}

function valueOf({ words }: Address): bigint {
  return words.reduce((value, word) => (value << 32n) | BigInt(word), 0n);
}

function addressAt(family: Family, value: bigint): Address | null {
  if (value < 0n || value >> BigInt(bitsOf(family)) !== 0n) return null;
  const count = wordsOf(family);
  const words = Array.from({ length: count }, (_, at) =>
    Number((value >> BigInt(32 * (count - 1 - at))) & 0xffffffffn),
  );
  return { family, words };
}
