// Links that lead past the controls move the focus and leave the address alone, where the state is.
import type { Grid } from './grid.ts';

export function takeSkipLinks(grid: Grid): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a.skip')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const target = document.querySelector<HTMLElement>(link.hash);
      target?.scrollIntoView();
      if (link.hash === '#matrix') grid.focus();
      else target?.focus();
    });
  }
}
