// For every address, which sets have it: the sweep that identities come from.
import type { Family } from '../../src/net/address.ts';
import type { AddressSet } from '../../src/net/address-set.ts';
import { mergeLines, type Line } from './lines.ts';
import { isPoint, mark, markSet, numberOf } from './marks.ts';

/** A signature stands for a collection of sets; addresses have the same one exactly when the same sets have them. */
export interface Signatures {
  /** The signature of every address, and whether it is a point of some set. 0 is that of addresses in no set. */
  readonly lines: Readonly<Record<Family, Line>>;
  /** How many sets a signature stands for, by signature. */
  readonly sizes: readonly number[];
  /** Appends the numbers of a signature's sets, ascending. */
  readonly collect: (signature: number, into: number[]) => void;
}

/**
 * Sweeps over the sets from number `first` up to before `end`; none of them is empty. Halves are swept first and laid
 * over each other then, so a boundary is looked at log k times: O(n log k) for n ranges in k sets. Lists of sets are made
 * when somebody asks.
 */
export function sweep(sets: readonly AddressSet[], first = 0, end = sets.length): Signatures {
  if (end - first <= 1) return sweepOne(sets[first] ?? none, first);
  const middle = (first + end) >> 1;
  return layOver(sweep(sets, first, middle), sweep(sets, middle, end));
}

const none: AddressSet = { IPv4: new Uint32Array(0), IPv6: new Uint32Array(0) };

function sweepOne(set: AddressSet, number: number): Signatures {
  return {
    lines: perFamily((family) => markSet(set[family], family)),
    sizes: set === none ? [0] : [0, 1],
    collect: (signature, into) => {
      if (signature === 1) into.push(number);
    },
  };
}

/** A pair of signatures is a signature of both halves. */
function layOver(left: Signatures, right: Signatures): Signatures {
  const signatureByPair = new Map<number, number>([[0, 0]]);
  const pairs = [0];
  const sizes = [0];
  const signatureOf = (a: number, b: number): number => {
    const pair = a * right.sizes.length + b;
    const known = signatureByPair.get(pair);
    if (known !== undefined) return known;
    signatureByPair.set(pair, pairs.length);
    sizes.push((left.sizes[a] ?? 0) + (right.sizes[b] ?? 0));
    return pairs.push(pair) - 1;
  };
  const combine = (a: number, b: number): number =>
    mark(signatureOf(numberOf(a), numberOf(b)), isPoint(a) || isPoint(b));
  return {
    lines: perFamily((family) => mergeLines(left.lines[family], right.lines[family], combine)),
    sizes,
    collect: (signature, into) => {
      const pair = pairs[signature] ?? 0;
      left.collect(Math.floor(pair / right.sizes.length), into);
      right.collect(pair % right.sizes.length, into);
    },
  };
}

function perFamily(make: (family: Family) => Line): Readonly<Record<Family, Line>> {
  return { IPv4: make('IPv4'), IPv6: make('IPv6') };
}
