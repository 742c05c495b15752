// The list below the matrix follows its filter.

/** Prepares to show those entries of the list that tell of one of the given connections. */
export function createListFilter(list: HTMLElement): (passing: readonly number[]) => void {
  const groups = [...list.querySelectorAll<HTMLElement>('.group')].map((group) => ({
    group,
    entries: [...group.querySelectorAll<HTMLElement>('[data-of]')].map((entry) => ({
      entry,
      connections: (entry.dataset['of'] ?? '').split(' ').map(Number),
    })),
  }));
  const empty = list.querySelector<HTMLElement>('#list-empty');
  return (passing) => {
    const wanted = new Set(passing);
    for (const { group, entries } of groups) {
      for (const { entry, connections } of entries) entry.hidden = !connections.some((each) => wanted.has(each));
      group.hidden = entries.every(({ entry }) => entry.hidden);
    }
    if (empty !== null) empty.hidden = groups.length === 0 || groups.some(({ group }) => !group.hidden);
  };
}
