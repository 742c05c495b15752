// Cuts all addresses into classes, such that every given set is a union of classes. What holds for one address of a class
// holds for all of it, so questions about sets can be asked about one address each.
import { getOrMake } from '../collections/get-or-make.ts';
import { families, wordsOf, type Address, type Family } from './address.ts';
import { addressesOf, type AddressSet } from './address-set.ts';
import { compareWords, isAll, stepWords, type Ranges, type Width } from './ranges.ts';

/** Source: S-1202. */
export interface Partition {
  /** The first address of every class. */
  readonly all: AddressSet;
  /** The first addresses of the classes that a set consists of. The set must be one that the partition was made of. */
  readonly shrink: (set: AddressSet) => AddressSet;
  /** The inverse: every address of the classes that the given first addresses stand for. O(pieces), remembered. */
  readonly expand: (firsts: AddressSet) => AddressSet;
  /**
   * The addresses of any set that are in classes for which the given first addresses stand, without writing those out; the
   * very same set when all of it is. O(n log pieces + pieces inside of the set's ranges), remembered.
   */
  readonly restrict: (set: AddressSet, firsts: AddressSet) => AddressSet;
}

/** O(n log k) for n ranges in k distinct sets. Classes: at most as many as there are different memberships. */
export function partition(sets: Iterable<AddressSet>): Partition {
  const distinct = [...new Set(sets)];
  const cut = cutBy(distinct);
  const firstByClass = firstAddresses(cut);
  const classByFirst = new Map(firstByClass.map((first, index) => [keyOf(first), index]));
  const classesBySet = new Map(distinct.map((set): [AddressSet, number[]] => [set, []]));
  for (const [index, members] of cut.members.entries()) {
    for (const member of members) classesBySet.get(distinct[member] as AddressSet)?.push(index);
  }
  const firstsOf = (classes: readonly number[]): AddressSet =>
    addressesOf(classes.flatMap((index) => firstByClass[index] ?? []));
  const shrunk = new Map<AddressSet, AddressSet>();
  const regions = new Map<string, Region>();
  const regionByFirsts = new Map<AddressSet, Region>();
  const regionOf = (firsts: AddressSet): Region =>
    getOrMake(regionByFirsts, firsts, () => {
      const classes = singles(firsts).flatMap((first) => classByFirst.get(keyOf(first)) ?? []);
      return getOrMake(regions, classes.join(), () => createRegion(cut, classes));
    });
  return {
    all: addressesOf(firstByClass),
    shrink: (set) => getOrMake(shrunk, set, () => firstsOf(classesBySet.get(set) ?? [])),
    expand: (firsts) => regionOf(firsts).all(),
    restrict: (set, firsts) => regionOf(firsts).restrict(set),
  };
}

/** Some of the classes. */
interface Region {
  readonly all: () => AddressSet;
  readonly restrict: (set: AddressSet) => AddressSet;
}

function createRegion(cut: Cut, classes: readonly number[]): Region {
  const chosen = new Uint8Array(cut.members.length);
  for (const index of classes) chosen[index] = 1;
  const restricted = new WeakMap<AddressSet, AddressSet>();
  let all: AddressSet | null = null;
  return {
    all: () => (all ??= { IPv4: selectPieces(cut.IPv4, chosen, 1), IPv6: selectPieces(cut.IPv6, chosen, 4) }),
    restrict: (set) =>
      getOrMake(restricted, set, () => {
        const IPv4 = restrictRanges(set.IPv4, cut.IPv4, chosen, 1);
        const IPv6 = restrictRanges(set.IPv6, cut.IPv6, chosen, 4);
        return IPv4 === set.IPv4 && IPv6 === set.IPv6 ? set : { IPv4, IPv6 };
      }),
  };
}

/** The very same ranges when all of them are chosen. */
function restrictRanges(ranges: Ranges, pieces: Pieces, chosen: Uint8Array, width: Width): Ranges {
  const { starts, classes } = pieces;
  const out: number[] = [];
  const end = new Uint32Array(width);
  let isWhole = true;
  for (let at = 0; at < ranges.length; at += 2 * width) {
    let inside = false;
    for (let piece = pieceAround(pieces, ranges, at, width); ; piece++) {
      const takes = chosen[classes[piece] ?? 0] === 1;
      const isFirst = compareWords(starts, piece * width, ranges, at, width) <= 0;
      if (takes && !inside) pushWords(out, isFirst ? ranges : starts, isFirst ? at : piece * width, width);
      if (!takes && inside) {
        stepWords(starts, piece * width, end, 0, width, -1);
        pushWords(out, end, 0, width);
      }
      if (!takes) isWhole = false;
      inside = takes;
      const isLast =
        piece + 1 >= classes.length || compareWords(starts, (piece + 1) * width, ranges, at + width, width) > 0;
      if (isLast) break;
    }
    if (inside) pushWords(out, ranges, at + width, width);
  }
  return isWhole ? ranges : Uint32Array.from(out);
}

/** The piece that holds the address `words[at…]`. */
function pieceAround({ starts, classes }: Pieces, words: Uint32Array, at: number, width: Width): number {
  let [low, high] = [0, classes.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (compareWords(starts, middle * width, words, at, width) <= 0) low = middle;
    else high = middle - 1;
  }
  return low;
}

function pushWords(out: number[], from: Uint32Array, at: number, width: Width): void {
  for (let k = 0; k < width; k++) out.push(from[at + k] ?? 0);
}

/** Pieces of the address lines of both families, each of one class. */
interface Cut {
  readonly IPv4: Pieces;
  readonly IPv6: Pieces;
  /** For each class, the numbers of the sets that it is in, ascending. */
  readonly members: readonly (readonly number[])[];
}

interface Pieces {
  /** The first address of each piece, ascending, `width` words each; a piece ends where the next one begins. */
  readonly starts: Uint32Array;
  /** The class of each piece; neighbours differ. */
  readonly classes: Int32Array;
}

function cutBy(sets: readonly AddressSet[], offset = 0): Cut {
  const [first] = sets;
  if (first === undefined) return { IPv4: wholeLine(1), IPv6: wholeLine(4), members: [[]] };
  if (sets.length === 1) return cutByOne(first, offset);
  const middle = sets.length >> 1;
  return mergeCuts(cutBy(sets.slice(0, middle), offset), cutBy(sets.slice(middle), offset + middle));
}

function wholeLine(width: Width): Pieces {
  return { starts: new Uint32Array(width), classes: Int32Array.of(0) };
}

/** Class 0 is outside of the set, class 1 inside; only those that have an address. */
function cutByOne(set: AddressSet, number: number): Cut {
  const both = mergeFamilies((family, classOf) => linePieces(set[family], wordsOf(family), classOf));
  return { ...both, members: both.keys.map((inside) => (inside === 1 ? [number] : [])) };
}

function linePieces(ranges: Ranges, width: Width, classOf: (key: number) => number): Pieces {
  const builder = createPieces(ranges.length / width + 1, width);
  const origin = new Uint32Array(width);
  if (ranges.length === 0 || compareWords(ranges, 0, origin, 0, width) !== 0) builder.add(origin, 0, classOf(0));
  const after = new Uint32Array(width);
  for (let at = 0; at < ranges.length; at += 2 * width) {
    builder.add(ranges, at, classOf(1));
    if (isAll(ranges, at + width, width, 0xffffffff)) break;
    stepWords(ranges, at + width, after, 0, width, 1);
    builder.add(after, 0, classOf(0));
  }
  return builder.pieces();
}

/** Two cuts laid over each other: classes are the pairs of classes that occur. */
function mergeCuts(a: Cut, b: Cut): Cut {
  const width = b.members.length;
  const both = mergeFamilies((family, classOf) =>
    mergePieces(a[family], b[family], wordsOf(family), (left, right) => classOf(left * width + right)),
  );
  const membersOf = (key: number): readonly number[] => [
    ...(a.members[Math.floor(key / width)] ?? []),
    ...(b.members[key % width] ?? []),
  ];
  return { ...both, members: both.keys.map(membersOf) };
}

function mergePieces(a: Pieces, b: Pieces, width: Width, classOf: (a: number, b: number) => number): Pieces {
  const builder = createPieces(a.classes.length + b.classes.length, width);
  let [i, j] = [0, 0];
  for (;;) {
    const later = compareWords(a.starts, i * width, b.starts, j * width, width) >= 0;
    const [starts, at] = later ? [a.starts, i] : [b.starts, j];
    builder.add(starts, at * width, classOf(a.classes[i] ?? 0, b.classes[j] ?? 0));
    const [moreA, moreB] = [i + 1 < a.classes.length, j + 1 < b.classes.length];
    if (!moreA && !moreB) return builder.pieces();
    const order = !moreA ? 1 : !moreB ? -1 : compareWords(a.starts, (i + 1) * width, b.starts, (j + 1) * width, width);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
}

/** Makes the pieces of both families with one numbering of classes: keys in the order in which they were met. */
function mergeFamilies(
  make: (family: Family, classOf: (key: number) => number) => Pieces,
): Pick<Cut, Family> & { readonly keys: readonly number[] } {
  const classByKey = new Map<number, number>();
  const classOf = (key: number): number => getOrMake(classByKey, key, () => classByKey.size);
  const IPv4 = make('IPv4', classOf);
  const IPv6 = make('IPv6', classOf);
  return { IPv4, IPv6, keys: [...classByKey.keys()] };
}

interface PiecesBuilder {
  /** Adds a piece behind the others, or lengthens the last one when the class is the same. */
  readonly add: (words: Uint32Array, at: number, classNumber: number) => void;
  readonly pieces: () => Pieces;
}

function createPieces(most: number, width: Width): PiecesBuilder {
  const starts = new Uint32Array(most * width);
  const classes = new Int32Array(most);
  let length = 0;
  return {
    add: (words, at, classNumber) => {
      if (length > 0 && classes[length - 1] === classNumber) return;
      for (let k = 0; k < width; k++) starts[length * width + k] = words[at + k] ?? 0;
      classes[length++] = classNumber;
    },
    pieces: () => ({ starts: starts.slice(0, length * width), classes: classes.slice(0, length) }),
  };
}

/** Neighbouring pieces of different classes, both chosen, become one range. */
function selectPieces({ starts, classes }: Pieces, chosen: Uint8Array, width: Width): Ranges {
  const out = new Uint32Array((classes.length + 1) * width);
  let length = 0;
  let inside = false;
  for (let piece = 0; piece < classes.length; piece++) {
    const takes = chosen[classes[piece] ?? 0] === 1;
    if (takes === inside) continue;
    if (takes) out.set(starts.subarray(piece * width, piece * width + width), length);
    else stepWords(starts, piece * width, out, length, width, -1);
    length += width;
    inside = takes;
  }
  if (inside) {
    out.fill(0xffffffff, length, length + width);
    length += width;
  }
  return out.slice(0, length);
}

function firstAddresses({ IPv4, IPv6, members }: Cut): readonly Address[] {
  const firsts = new Map<number, Address>();
  for (const [family, { starts, classes }] of [
    ['IPv4', IPv4],
    ['IPv6', IPv6],
  ] as const) {
    const width = wordsOf(family);
    for (let piece = 0; piece < classes.length; piece++) {
      const words = (): Address => ({ family, words: [...starts.subarray(piece * width, piece * width + width)] });
      getOrMake(firsts, classes[piece] ?? 0, words);
    }
  }
  return members.flatMap((_, index) => firsts.get(index) ?? []);
}

/** Every address of a set whose ranges are single addresses or runs of them; sets of first addresses are small. */
function singles(set: AddressSet): readonly Address[] {
  return families.flatMap((family) => {
    const width = wordsOf(family);
    const found: Address[] = [];
    const next = new Uint32Array(width);
    for (let at = 0; at < set[family].length; at += 2 * width) {
      next.set(set[family].subarray(at, at + width));
      found.push({ family, words: [...next] });
      while (compareWords(next, 0, set[family], at + width, width) < 0) {
        stepWords(next, 0, next, 0, width, 1);
        found.push({ family, words: [...next] });
      }
    }
    return found;
  });
}

function keyOf({ family, words }: Address): string {
  return `${family} ${words.join(' ')}`;
}
