// Identities of a whole address line → what is looked up: single addresses in a hash, prefixes around them.
import { blockTree, partOf, putBit, type Block, type Extent, type Where } from './blocks.ts';
import { cheapest, costFor, prefixPrice } from './costs.ts';
import { valueAt, type Line } from './lines.ts';
import { numberOf } from './marks.ts';

/** Every address has the identity of its single, else of the longest prefix that has it, else none (0). */
export interface Placed {
  readonly singles: AddressList;
  /** Sorted by address, shorter ones first. `lengths` beside the addresses. */
  readonly prefixes: AddressList & { readonly lengths: readonly number[] };
}

/** Sorted; `words` has the words of all addresses one behind the other, `identities` one number each. */
export interface AddressList {
  readonly words: readonly number[];
  readonly identities: readonly number[];
}

/**
 * Chooses what costs least where a prefix costs as much as 16 singles, points (see marks.ts) are singles anyway, and an
 * identity need not be repeated inside a prefix that says it. Singles say it where their prefix does not, also with
 * identity 0. Equal lines give equal choices. O(segments), and O(bits) where the background changes.
 */
export function placeIdentities(line: Line): Placed {
  const draft: Draft = {
    line,
    base: new Uint32Array(line.width),
    singles: { words: [], identities: [] },
    prefixes: { words: [], identities: [], lengths: [] },
  };
  placeBlock(draft, blockTree(line), 0, 0);
  return { singles: draft.singles, prefixes: draft.prefixes };
}

interface Draft extends Where {
  readonly singles: { readonly words: number[]; readonly identities: number[] };
  readonly prefixes: { readonly words: number[]; readonly identities: number[]; readonly lengths: number[] };
}

/** `inherited` is what the block's addresses have so far. */
function placeBlock(draft: Draft, block: Block, length: number, inherited: number): void {
  const own = ownIdentity(block, inherited);
  if (own !== inherited) addPrefix(draft, length, own);
  if (block.kind === 'leaf') {
    writeOthers(draft, { ...block, length }, own);
    return;
  }
  placeBlock(draft, block.left, length + 1, own);
  putBit(draft.base, length, 1);
  placeBlock(draft, block.right, length + 1, own);
  putBit(draft.base, length, 0);
}

/** The identity of a prefix for the block, where one pays; else what it inherits. */
function ownIdentity(block: Block, inherited: number): number {
  if (block.kind === 'leaf') return block.background ?? inherited;
  const withoutPrefix = costFor(block.left.costs, inherited) + costFor(block.right.costs, inherited);
  return withoutPrefix > block.costs.least + prefixPrice ? cheapest(block.costs) : inherited;
}

function addPrefix({ base, prefixes }: Draft, length: number, identity: number): void {
  for (const word of base) prefixes.words.push(word);
  prefixes.identities.push(identity);
  prefixes.lengths.push(length);
}

/** The addresses of a leaf that have another identity than the leaf as a whole: points, and few others. */
function writeOthers(draft: Draft, extent: Extent, own: number): void {
  const { line, base } = draft;
  for (let segment = extent.from; segment <= extent.to; segment++) {
    const identity = numberOf(valueAt(line, segment));
    if (identity === own) continue;
    const [first, at] = segment === extent.from ? [base, 0] : [line.starts, segment * line.width];
    writeOut(draft.singles, first.slice(at, at + line.width), partOf(draft, extent, segment), identity);
  }
}

/** `size` addresses from `address` on, which changes on the way. */
function writeOut(singles: Draft['singles'], address: Uint32Array, size: number, identity: number): void {
  for (let step = 0; step < size; step++) {
    for (const word of address) singles.words.push(word);
    singles.identities.push(identity);
    for (let k = address.length - 1; k >= 0; k--) {
      const word = ((address[k] ?? 0) + 1) >>> 0;
      address[k] = word;
      if (word !== 0) break;
    }
  }
}
