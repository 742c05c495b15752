// The parts of the page that the script brings to life.
import type { PageData } from '../model/page-data.ts';
import { createControls, type ControlEvents } from './controls.ts';
import { byId } from './element.ts';
import { showExplanation } from './explanation.ts';
import { createGrid, type Grid, type GridEvents } from './grid.ts';
import { createListFilter } from './list-filter.ts';
import { createOverview } from './overview.ts';
import type { Scene } from './scene.ts';
import type { ViewState } from '../model/view-state.ts';

export interface Parts {
  readonly grid: Grid;
  readonly explanation: HTMLElement;
  readonly showControls: (state: ViewState) => void;
  readonly showOverview: (scene: Scene) => void;
  readonly filterList: (passing: readonly number[]) => void;
  readonly explain: (state: ViewState) => void;
}

export interface PartEvents extends ControlEvents, GridEvents {
  /** The explanation is to go. */
  readonly onClose: () => void;
}

export function createParts(data: PageData, events: PartEvents): Parts {
  const explanation = byId('explanation', HTMLElement);
  const grid = createGrid(byId('frame', HTMLElement), events);
  const overview = createOverview(grid.scroller);
  explanation.before(overview.root);
  return {
    grid,
    explanation,
    showControls: createControls(data, events),
    showOverview: overview.draw,
    filterList: createListFilter(byId('list', HTMLElement), data),
    explain: ({ explained }) => {
      showExplanation(explanation, { data, keys: explained, onClose: events.onClose });
    },
  };
}
