// CIDR text, with every way in which it can be wrong told apart.
import { parseAddress, wordsOf, type Address } from './address.ts';

/** A prefix: every address of `family` whose first `prefixLength` bits are those of `base` (host bits are zero). */
export interface Cidr {
  readonly base: Address;
  readonly prefixLength: number;
}

/** Why a CIDR text is refused. The first three are never accepted; host bits may be masked off (S-726). */
export type CidrProblem = 'unparsable' | 'leading-zeros' | 'ipv4-mapped' | 'host-bits';

export interface ParsedCidr {
  /** Null when the text is refused outright. With `host-bits` it is the masked prefix. */
  readonly cidr: Cidr | null;
  readonly problem: CidrProblem | null;
}

/** Parses CIDR text such as `10.9.8.0/24` or `2001:db8::/64`. Source: S-720 to S-723, S-726, S-727. */
export function parseCidr(text: string): ParsedCidr {
  const slash = text.lastIndexOf('/');
  const addressText = text.slice(0, slash);
  const lengthText = text.slice(slash + 1);
  if (slash === -1 || !/^[0-9]{1,3}$/.test(lengthText)) return refused('unparsable');
  const address = parseAddress(addressText);
  if (address === null) return refused(whyNoAddress(addressText));
  const prefixLength = Number(lengthText);
  if (prefixLength > wordsOf(address.family) * 32) return refused('unparsable');
  if (/^0[0-9]/.test(lengthText)) return refused('leading-zeros');
  const base = maskAddress(address, prefixLength);
  const masked = base.words.some((word, index) => word !== address.words[index]);
  return { cidr: { base, prefixLength }, problem: masked ? 'host-bits' : null };
}

/** True when `inner` lies inside `outer` and is longer: the API server's test for `except`. Source: S-724, S-728. */
export function isStrictSubset(inner: Cidr, outer: Cidr): boolean {
  if (inner.base.family !== outer.base.family || inner.prefixLength <= outer.prefixLength) return false;
  const masked = maskAddress(inner.base, outer.prefixLength);
  return masked.words.every((word, index) => word === outer.base.words[index]);
}

/** The prefix that holds exactly one address. */
export function hostCidr(base: Address): Cidr {
  return { base, prefixLength: wordsOf(base.family) * 32 };
}

/** The last address of a prefix. */
export function lastAddress(cidr: Cidr): Address {
  const words = cidr.base.words.map((word, index) => (word | ~wordMask(cidr.prefixLength, index)) >>> 0);
  return { family: cidr.base.family, words };
}

function maskAddress(address: Address, prefixLength: number): Address {
  const words = address.words.map((word, index) => (word & wordMask(prefixLength, index)) >>> 0);
  return { family: address.family, words };
}

/** The network mask of word `index` under a prefix of `prefixLength` bits. */
function wordMask(prefixLength: number, index: number): number {
  const bits = Math.min(32, Math.max(0, prefixLength - 32 * index));
  return bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
}

function refused(problem: CidrProblem): ParsedCidr {
  return { cidr: null, problem };
}

function whyNoAddress(text: string): CidrProblem {
  if (/^::ffff:/i.test(text) || /^(?:0+:){5}ffff:/i.test(text)) return 'ipv4-mapped';
  const octets = text.split('.');
  const quad = octets.length === 4 && octets.every((octet) => /^[0-9]+$/.test(octet) && Number(octet) < 256);
  return quad ? 'leading-zeros' : 'unparsable';
}
