// Addresses as whole numbers: the oracle's own arithmetic, so that a bug in the set algebra cannot hide in it.
import type { Address } from '../net/address.ts';
import type { Cidr } from '../net/cidr.ts';

const bitsOf = { IPv4: 32, IPv6: 128 } as const;

/** The address as one number, 0…2³²−1 or 0…2¹²⁸−1. */
export function addressNumber(address: Address): bigint {
  return address.words.reduce((number, word) => (number << 32n) | BigInt(word), 0n);
}

/** Whether two addresses are the same. */
export function sameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && addressNumber(a) === addressNumber(b);
}

/** Whether an address begins with a prefix; never true for the other family. Source: S-243, S-426. */
export function holdsAddress(cidr: Cidr, address: Address, number = addressNumber(address)): boolean {
  if (cidr.base.family !== address.family) return false;
  const hostBits = BigInt(bitsOf[address.family] - cidr.prefixLength);
  return addressNumber(cidr.base) >> hostBits === number >> hostBits;
}
