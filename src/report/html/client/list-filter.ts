// The list below the matrix follows its filter.
import { entryGroups } from '../model/entries.ts';
import type { PageData } from '../model/page-data.ts';

/** Prepares to show those entries of the list that tell of one of the given connections. Paper has all of them. */
export function createListFilter(list: HTMLElement, data: PageData): (passing: readonly number[]) => void {
  const elements = [...list.querySelectorAll<HTMLElement>('.group')];
  const groups = entryGroups(data).flatMap(({ entries }, at) => {
    const group = elements[at];
    const items = [...(group?.querySelectorAll<HTMLElement>('.entries > li') ?? [])];
    const told = items.map((entry, index) => ({ entry, connections: entries[index]?.connections ?? [] }));
    return group === undefined ? [] : [{ group, entries: told }];
  });
  const empty = list.querySelector<HTMLElement>('#list-empty');
  return (passing) => {
    const wanted = new Set(passing);
    for (const { group, entries } of groups) {
      const isOut = entries.map(({ connections }) => !connections.some((each) => wanted.has(each)));
      for (const [index, { entry }] of entries.entries()) entry.classList.toggle('out', isOut[index]);
      group.classList.toggle('out', !isOut.includes(false));
    }
    if (empty !== null)
      empty.hidden = groups.length === 0 || groups.some(({ group }) => !group.classList.contains('out'));
  };
}
