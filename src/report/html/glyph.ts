// The shapes of changes: the same in the matrix, its legend and the lists, told apart without colour.
import { markup, trusted, type Markup } from './markup.ts';
import type { CellState } from './model/cells.ts';

export type GlyphName = CellState;

/** Shapes in a square of 12 by 12, as SVG; their colours are classes of the style. */
export const glyphShapes: Readonly<Record<GlyphName, Markup>> = {
  gained: trusted('<path class="gained" d="M6 1.2 11.2 10.4H.8z"/>'),
  lost: trusted('<path class="lost" d="M6 10.8 11.2 1.6H.8z"/>'),
  both: trusted('<path class="gained" d="M6 .2 11 5.4H1z"/><path class="lost" d="M6 11.8 11 6.6H1z"/>'),
  kept: trusted('<circle class="kept" cx="6" cy="6" r="2.2"/>'),
  every: trusted('<path class="every" d="M1 1H11V11H1z"/>'),
  some: trusted('<path class="some" d="M6 1.4 10.6 6 6 10.6 1.4 6z"/>'),
};

/** For running text: an empty element that the style gives the shape. Words stand beside it. */
export function glyph(name: GlyphName): Markup {
  return markup`<i class="shape ${name}"></i>`;
}
