// Prefixes that lie within each other → stretches of the line of all numbers, each with the entry that a look-up finds.

export interface PrefixEntry<Value> {
  readonly first: bigint;
  readonly last: bigint;
  /** Of entries over one number, the one with the highest rank is found. Those of higher rank lie within those of lower. */
  readonly rank: number;
  readonly value: Value;
}

export interface Stretch<Value> {
  readonly first: bigint;
  readonly last: bigint;
  readonly value: Value;
}

/** Sorted and disjoint; nothing where no entry is. Throws at two entries for the same. O(n log n). */
export function stretchesOf<Value>(entries: readonly PrefixEntry<Value>[]): readonly Stretch<Value>[] {
  const sorted = [...entries].sort((a, b) => compare(a.first, b.first) || a.rank - b.rank);
  const stretches: Stretch<Value>[] = [];
  const open: PrefixEntry<Value>[] = [];
  let at = 0n;
  const closeUntil = (end: bigint): void => {
    for (let top = open.at(-1); top !== undefined && top.last < end; top = open.at(-1)) {
      if (at <= top.last) stretches.push({ first: at, last: top.last, value: top.value });
      at = top.last + 1n;
      open.pop();
    }
  };
  for (const entry of sorted) {
    closeUntil(entry.first);
    const around = open.at(-1);
    if (around !== undefined && (entry.last > around.last || entry.rank <= around.rank)) {
      throw new Error(`entries overlap from ${entry.first} on`);
    }
    if (around !== undefined && at < entry.first) {
      stretches.push({ first: at, last: entry.first - 1n, value: around.value });
    }
    at = entry.first;
    open.push(entry);
  }
  closeUntil(1n << 129n);
  return stretches;
}

/** The numbers that begin with the first `length` of `bits` bits of a number. Throws when others are set. */
export function prefixOf(
  number: bigint,
  length: number,
  bits: number,
): { readonly first: bigint; readonly last: bigint } {
  const hosts = (1n << BigInt(bits - length)) - 1n;
  if (length > bits || (number & hosts) !== 0n) throw new Error(`no prefix: ${number.toString(16)}/${length}`);
  return { first: number, last: number | hosts };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
