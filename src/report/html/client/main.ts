// The page's script: data in the page → a matrix to look at, filter and ask.
import type { PageData } from '../model/page-data.ts';
import { viewOf } from '../model/view.ts';
import { defaultState, parseHash } from '../model/view-state.ts';
import { byId } from './element.ts';
import { createParts } from './parts.ts';
import { choose, closeExplanation, goToExplained, show, update, type Page } from './page.ts';
import { takeSkipLinks } from './skip-links.ts';

start(JSON.parse(byId('data', HTMLScriptElement).textContent) as PageData);

function start(data: PageData): void {
  const stage = byId('stage', HTMLElement);
  document.documentElement.classList.add('alive');
  stage.hidden = false;
  const standard = defaultState(data);
  const state = parseHash(location.hash, data, standard);
  const parts = createParts(data, {
    onChange: (change) => {
      update(page, { ...page.state, ...change });
    },
    onReset: () => {
      update(page, standard);
    },
    onChoose: (at, wantsFocus) => {
      choose(page, at, wantsFocus);
    },
    onClose: () => {
      closeExplanation(page);
    },
  });
  const page: Page = { data, standard, parts, state, view: viewOf(data, state) };
  stage.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && page.state.explained !== null) closeExplanation(page);
  });
  addEventListener('hashchange', () => {
    update(page, parseHash(location.hash, data, standard));
    goToExplained(page);
  });
  addEventListener('resize', () => {
    show(page);
  });
  takeSkipLinks(parts.grid);
  show(page);
  goToExplained(page);
}
