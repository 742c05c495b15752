// A seeded source of choices: equal seeds make equal worlds on every machine.

export interface Random {
  /** An integer, 0 ≤ n < bound. */
  readonly below: (bound: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  /** A new order of the items. */
  readonly shuffle: <T>(items: readonly T[]) => readonly T[];
  /** A source of its own, so that drawing from it does not move this one by more than one step. */
  readonly fork: () => Random;
}

/** xoshiro128**, seeded through splitmix32; any integer is a good seed. */
export function createRandom(seed: number): Random {
  const next = xoshiro(seed);
  const below = (bound: number): number => Math.floor((next() / 2 ** 32) * bound);
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new Error('nothing to pick from');
    return items[below(items.length)] as T;
  };
  const shuffle = <T>(items: readonly T[]): readonly T[] => {
    const order = [...items];
    for (let at = order.length - 1; at > 0; at--) {
      const other = below(at + 1);
      [order[at], order[other]] = [order[other] as T, order[at] as T];
    }
    return order;
  };
  return { below, pick, shuffle, chance: (p) => next() / 2 ** 32 < p, fork: () => createRandom(next()) };
}

function xoshiro(seed: number): () => number {
  const mix = splitmix(seed);
  const state = Uint32Array.of(mix(), mix(), mix(), mix());
  return () => {
    const [a, b, c, d] = state as unknown as [number, number, number, number];
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const c1 = c ^ a;
    const d1 = d ^ b;
    state.set([a ^ d1, b ^ c1, c1 ^ (b << 9), rotate(d1, 11)]);
    return result;
  };
}

function splitmix(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
