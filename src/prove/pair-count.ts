// How many pairs of workloads break a claim: what is outside is one more party, and so is each node that is named.
import { getOrMake } from '../collections/get-or-make.ts';
import type { Subject } from '../connectivity/endpoints.ts';
import type { Cell, Group } from './question.ts';
import type { Terrain } from './terrain.ts';

export interface PairCount {
  readonly add: (cell: Cell) => void;
  readonly total: () => number;
}

/** The endpoint of a party that takes part, when it is one alone; null for several, or for what is no pod. */
type Parties = ReadonlyMap<string, Subject | null>;

/** Counts each pair once, however many cells it is in. A row of bits for every source. */
export function createPairCount(terrain: Terrain): PairCount {
  const numbers = new Map<string, number>();
  const rows = new Map<string, Uint32Array>();
  const wordCount = Math.ceil(mostParties(terrain) / 32);
  const numberOf = (party: string): number => getOrMake(numbers, party, () => numbers.size);
  return {
    add: ({ sources, destinations }) => {
      const [from, to] = [partiesOf(sources), partiesOf(destinations)];
      const bits = new Uint32Array(wordCount);
      for (const party of to.keys()) setBit(bits, numberOf(party));
      for (const [party, subject] of from) {
        const row = getOrMake(rows, party, () => new Uint32Array(wordCount));
        const number = numberOf(party);
        const wasSet = hasBit(row, number);
        bits.forEach((word, at) => (row[at] = ((row[at] ?? 0) | word) >>> 0));
        if (!wasSet && isItself(subject, to.get(party))) clearBit(row, number);
      }
    },
    total: () => [...rows.values()].reduce((sum, row) => sum + row.reduce((bits, word) => bits + bitCount(word), 0), 0),
  };
}

/** A workload of which one endpoint takes part on both sides: a pod and itself. */
function isItself(source: Subject | null, destination: Subject | null | undefined): boolean {
  return source !== null && source === destination;
}

function partiesOf(group: Group): Parties {
  if (group.kind === 'address') return new Map([[group.isNamed ? `node:${group.node ?? ''}` : 'outside', null]]);
  const parties = new Map<string, Subject | null>();
  for (const { subject } of group.units) {
    const known = parties.get(subject.workload.id);
    parties.set(subject.workload.id, known === undefined || known === subject ? subject : null);
  }
  return parties;
}

function mostParties({ units, names }: Terrain): number {
  return new Set(units.map(({ subject }) => subject.workload)).size + names.nodeNames().length + 1;
}

function setBit(words: Uint32Array, bit: number): void {
  words[bit >> 5] = ((words[bit >> 5] ?? 0) | (1 << (bit & 31))) >>> 0;
}

function clearBit(words: Uint32Array, bit: number): void {
  words[bit >> 5] = ((words[bit >> 5] ?? 0) & ~(1 << (bit & 31))) >>> 0;
}

function hasBit(words: Uint32Array, bit: number): boolean {
  return (((words[bit >> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
}

function bitCount(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}
