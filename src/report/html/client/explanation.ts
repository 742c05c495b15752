// Beside the grid: what a cell, a row or a column means, with ports, policies and places.
import { keyOfEntity, outsideKey, outsideName } from '../model/axis.ts';
import { endsOf } from '../model/cells.ts';
import { causeText, changeWord, podsText, workloadMarks } from '../model/labels.ts';
import type { CauseData, PageData } from '../model/page-data.ts';
import { element } from './element.ts';

export interface ExplanationOptions {
  readonly data: PageData;
  /** Keys; an empty one means everything. */
  readonly keys: readonly [row: string, column: string] | null;
  readonly onClose: () => void;
}

/** How many connections are told before the rest is counted. */
const mostTold = 50;

/** Fills the place. All connections of the cell are told, also those that the filter leaves out. */
export function showExplanation(place: HTMLElement, { data, keys, onClose }: ExplanationOptions): void {
  if (keys === null) {
    place.replaceChildren(heading('Nothing chosen'), note('Choose a cell for its ports, policies and places.'));
    return;
  }
  const found = connectionsBetween(data, keys);
  const close = element('button', { type: 'button', class: 'close' }, 'Close');
  close.addEventListener('click', onClose);
  const told = found.slice(0, mostTold).map((index) => connectionElement(data, index));
  const rest = found.length - told.length;
  place.replaceChildren(
    close,
    heading(titleOf(keys)),
    ...keys.flatMap((key, side) => workloadNote(data, key, side === 0 ? 'egress' : 'ingress')),
    ...(found.length === 0 ? [note(data.kind === 'diff' ? 'No change.' : 'Nothing is allowed.')] : []),
    element('ul', { class: 'entries' }, ...told),
    ...(rest > 0 ? [note(`And ${rest} more: unfold the namespace, or see the list below.`)] : []),
  );
  place.scrollTop = 0;
}

function connectionsBetween(data: PageData, [row, column]: readonly [string, string]): readonly number[] {
  const [isSource, isDestination] = [entityTest(data, row), entityTest(data, column)];
  return data.connections
    .map((_, index) => index)
    .filter((index) => {
      const [source, destination] = endsOf(data, index);
      return isSource(source) && isDestination(destination);
    });
}

function entityTest(data: PageData, key: string): (entity: number) => boolean {
  if (key === '') return () => true;
  const all = Array.from({ length: data.workloads.length + 1 }, (_, entity) => entity);
  const isMeant = (entity: number): boolean =>
    keyOfEntity(data, entity) === key || `${data.workloads[entity]?.namespace ?? outsideKey}/` === key;
  const meant = new Set(all.filter(isMeant));
  return (entity) => meant.has(entity);
}

function titleOf([row, column]: readonly [string, string]): string {
  if (column === '') return `From ${nameOf(row)}`;
  return row === '' ? `To ${nameOf(column)}` : `${nameOf(row)} → ${nameOf(column)}`;
}

function nameOf(key: string): string {
  if (key === outsideKey) return outsideName;
  return key.endsWith('/') ? `namespace ${key.slice(0, -1)}` : key;
}

function workloadNote(data: PageData, key: string, direction: 'ingress' | 'egress'): readonly HTMLElement[] {
  const workload = data.workloads.find((_, entity) => keyOfEntity(data, entity) === key);
  if (workload === undefined) return [];
  const isolation = {
    all: `isolated for ${direction}`,
    some: `some pods isolated for ${direction}`,
    none: `open for ${direction}`,
  }[workload[direction]];
  const pods = `${workload.pods} ${workload.pods === 1 ? 'pod' : 'pods'}`;
  return [note([`${key}:`, [...workloadMarks(workload), pods, isolation].join(', ')].join(' '))];
}

function connectionElement(data: PageData, index: number): HTMLElement {
  const [change = 'kept', source = -1, destination = -1, ports = -1, causes = -1] = data.connections[index] ?? [];
  const shape = element('span', { class: `shape ${change}`, 'aria-hidden': 'true' });
  const [from, to] = endsOf(data, index).map((entity) =>
    entity === data.workloads.length ? outsideName : keyOfEntity(data, entity),
  );
  const because = data.causes[causes] ?? [];
  return element(
    'li',
    {},
    element(
      'p',
      {},
      ...(data.kind === 'diff' ? [shape] : []),
      element('b', { class: change }, changeWord(data.kind, change)),
      ' ',
      element('span', { class: 'ports' }, data.ports[ports]?.text ?? ''),
    ),
    element('p', { class: 'ends' }, `${from ?? ''} → ${to ?? ''}`),
    ...partyNotes(data, source, 'from'),
    ...partyNotes(data, destination, 'to'),
    because.length === 0
      ? note(noCause)
      : element('ul', { class: 'causes' }, ...because.map((cause) => causeElement(data, cause))),
  );
}

const noCause = 'No policy stands behind it: a side is open, or its pods came or went.';

function partyNotes(data: PageData, index: number, word: string): readonly HTMLElement[] {
  const party = data.parties[index];
  if (party === undefined) return [];
  const isWhole = party.whole && party.pods === null;
  const text = podsText(party, data.workloads) ?? (isWhole ? party.text : party.ranges.join(', '));
  return text === '' ? [] : [element('p', { class: 'part' }, `${word} ${text}`)];
}

function causeElement(data: PageData, cause: CauseData): HTMLElement {
  return element(
    'li',
    {},
    element('code', {}, cause.place),
    element('span', {}, element('b', {}, cause.policy), ' ', cause.path),
    element('span', { class: 'quiet' }, causeText(cause, data.kind)),
  );
}

function heading(text: string): HTMLElement {
  return element('h3', { id: 'explanation-title', tabindex: -1 }, text);
}

function note(text: string): HTMLElement {
  return element('p', { class: 'note' }, text);
}
