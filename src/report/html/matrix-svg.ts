// A document → the matrix as a picture: one SVG file that needs nothing else.
import type { DiffDocument, MatrixDocument } from '../document.ts';
import { glyphShapes, type GlyphName } from './glyph.ts';
import { markup, trusted, type Content, type Markup } from './markup.ts';
import { stateWords } from './model/labels.ts';
import { pageData } from './model/page-data.ts';
import { viewOf } from './model/view.ts';
import { defaultState } from './model/view-state.ts';
import { pageTitle } from './page-header.ts';
import { pictureStyle } from './style/page-style.ts';
import { drawPicture } from './svg-picture.ts';

/** Around everything. */
const margin = 20;
const headHeight = 64;
const leastWidth = 520;

/** The whole file, ended by a line end; of a comparison the rows and columns with changes. The same document gives the same bytes. */
export function printSvg(document: DiffDocument | MatrixDocument): string {
  const data = pageData(document);
  const none = { rows: new Set<string>(), columns: new Set<string>() };
  const picture = drawPicture(data, viewOf(data, { ...defaultState(data), folded: none }));
  const width = Math.max(leastWidth, picture.width) + 2 * margin;
  const height = picture.height + headHeight + 2 * margin;
  const lead = document.kind === 'diff' ? document.summary.text : '';
  const svg = markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${pageTitle(document)}</title>
<desc id="description">${lead}</desc>
<style>${trusted(pictureStyle)}</style>
<rect class="page" width="100%" height="100%"/>
<text class="heading" x="${margin}" y="${margin + 14}">${pageTitle(document)}</text>
<g transform="translate(${margin} ${margin + 28})">${legend(document.kind)}</g>
<g transform="translate(${margin} ${margin + headHeight})">${picture.content}</g>
</svg>`;
  return `${svg.text}\n`;
}

/** Widths are generous: nothing is measured here. */
function legend(kind: DiffDocument['kind'] | MatrixDocument['kind']): Content {
  const names: readonly GlyphName[] = kind === 'diff' ? ['gained', 'lost', 'both', 'kept'] : ['every', 'some'];
  const starts = names.map((_, index) =>
    names.slice(0, index).reduce((sum, name) => sum + 44 + stateWords[name].length * 7, 0),
  );
  return names.map((name, index) => legendItem(name, starts[index] ?? 0));
}

function legendItem(name: GlyphName, x: number): Markup {
  return markup`<g transform="translate(${x} 0)">${glyphShapes[name]}<text x="18" y="10">${stateWords[name]}</text></g>`;
}
