// Address sets → identities: two addresses have the same one exactly when the same sets have them.
import type { Family } from '../../src/net/address.ts';
import type { AddressSet } from '../../src/net/address-set.ts';
import { renumber, type Line } from './lines.ts';
import { isPoint, mark, numberOf, withinBudget } from './marks.ts';
import { sweep } from './signatures.ts';

export interface Identities {
  /** The identity of every address, 0 where no set has it, and whether it is a point: see marks.ts. */
  readonly lines: Readonly<Record<Family, Line>>;
  /** How many pairs of a set and one of its identities there are. */
  readonly memberships: number;
  /** Numbers of the sets of an identity, ascending, by identity; none for 0. Null beyond the limit. */
  readonly setsByIdentity: readonly (readonly number[])[] | null;
}

/**
 * Set number n is `sets[n - 1]`. Identities are numbered in the order of their lists of sets, so equal sets give equal
 * numbers. Beyond `limit` memberships their lists are not made: they could take any amount of memory.
 * O(n log k) for n ranges in k sets, and the memberships.
 */
export function findIdentities(sets: readonly AddressSet[], limit: number): Identities {
  const { lines, sizes, collect } = sweep(sets);
  const memberships = sizes.reduce((sum, size) => sum + size, 0);
  if (memberships > limit) return { lines, memberships, setsByIdentity: null };
  const setsBySignature = sizes.map((_, signature) => {
    const own: number[] = [];
    collect(signature, own);
    return own.map((index) => index + 1);
  });
  const order = setsBySignature.map((_, signature) => signature);
  order.sort((a, b) => compareLists(setsBySignature[a] ?? [], setsBySignature[b] ?? []));
  const identities = new Uint32Array(order.length);
  order.forEach((signature, identity) => (identities[signature] = identity));
  const renumbered = (line: Line): Line =>
    withinBudget(renumber(line, (value) => mark(identities[numberOf(value)] ?? 0, isPoint(value))));
  return {
    lines: { IPv4: renumbered(lines.IPv4), IPv6: renumbered(lines.IPv6) },
    memberships,
    setsByIdentity: order.map((signature) => setsBySignature[signature] ?? []),
  };
}

/** A list comes before every longer one that begins with it; the empty one is first. */
function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? Number.NEGATIVE_INFINITY);
}
