// What it takes to give every address of a block its identity, for each identity that the block may get from outside.

/** A prefix is worth so many entries of a hash: in bytes and time, of the kernel as of a reader. A power of two. */
export const prefixPrice = 16;

/**
 * The price of a block, by the identity that its addresses have where nothing inside says otherwise. Never more than
 * `least + prefixPrice`, since the block can have a prefix of its own.
 */
export interface Costs {
  readonly least: number;
  /** For identities that are not listed. */
  readonly others: number;
  /** Ascending. Those that cost less than the others. */
  readonly identities: readonly number[];
  readonly costs: readonly number[];
}

/**
 * A block without prefixes in it: each address costs one, unless its identity comes from outside. `counts` is beside
 * `identities`, ascending.
 */
export function countedCosts(identities: readonly number[], counts: readonly number[]): Costs {
  const others = Math.min(
    counts.reduce((sum, count) => sum + count, 0),
    prefixPrice,
  );
  const costs = counts.map((count) => Math.max(0, others - count));
  return { least: Math.min(others, ...costs), others, identities, costs };
}

/** A block of two halves. O(identities of both). */
export function joinedCosts(left: Costs, right: Costs): Costs {
  const all = left.others + right.others;
  const identities = mergeAscending(left.identities, right.identities);
  const costs = identities.map((identity) => costFor(left, identity) + costFor(right, identity));
  const least = costs.reduce((lowest, cost) => Math.min(lowest, cost), all);
  const others = Math.min(all, least + prefixPrice);
  const isListed = (index: number): boolean => (costs[index] ?? 0) < others;
  return {
    least,
    others,
    identities: identities.filter((_, index) => isListed(index)),
    costs: costs.filter((_, index) => isListed(index)),
  };
}

export function costFor(costs: Costs, identity: number): number {
  let low = 0;
  let high = costs.identities.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((costs.identities[middle] ?? 0) < identity) low = middle + 1;
    else high = middle;
  }
  return costs.identities[low] === identity ? (costs.costs[low] ?? 0) : costs.others;
}

/** The first identity of least cost. There is one unless all cost the same. */
export function cheapest({ identities, costs, least }: Costs): number {
  return identities[costs.indexOf(least)] ?? 0;
}

function mergeAscending(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const out: number[] = [];
  let j = 0;
  for (const identity of a) {
    for (let other = b[j]; other !== undefined && other <= identity; other = b[++j])
      if (other < identity) out.push(other);
    out.push(identity);
  }
  return [...out, ...b.slice(j)];
}
