// The frame of the matrix. Its controls and its grid come alive with the script; without it a still picture stands there.
import { glyph, type GlyphName } from './glyph.ts';
import { markup, type Content, type Markup } from './markup.ts';
import { outsideKey, outsideName } from './model/axis.ts';
import { stateWords } from './model/labels.ts';
import type { PageData } from './model/page-data.ts';
import { zoomRange } from './model/view-state.ts';
import { stillPicture } from './still-picture.ts';

export function matrixSection(data: PageData): Markup {
  return markup`<section id="matrix" aria-labelledby="matrix-title" tabindex="-1">
<div class="title"><h2 id="matrix-title">Matrix</h2>
<p class="note">Rows are sources, columns are destinations. ${howTo}</p></div>
${controls(data)}
<div class="key">${legend(data.kind)}<p id="status" role="status"></p></div>
<div class="still">${stillPicture(data)}</div>
<noscript><p class="note">Choosing, folding and explaining cells needs scripts. Everything that they tell is in the list below.</p></noscript>
<div class="stage" id="stage" hidden>
<div class="frame" id="frame"></div>
<div class="side"><aside id="explanation" aria-labelledby="explanation-title" tabindex="-1"></aside></div>
</div>
</section>`;
}

const howTo = markup`<span class="scripted">Choose a cell to see why; a namespace folds. Arrow keys move, <kbd>Enter</kbd> explains, <kbd>Esc</kbd> returns.</span>`;

function controls(data: PageData): Markup {
  const only = data.kind === 'diff' ? 'Only rows and columns with changes' : 'Only rows and columns with connections';
  const { least, most, step } = zoomRange;
  return markup`<form class="controls" id="controls" role="search" aria-label="Filter the matrix and the list" hidden>
<label class="field"><span>Filter</span> <input type="search" id="text" autocomplete="off" spellcheck="false" placeholder="name, port, policy, file"></label>
${namespaceMenu(data)}
<label class="check"><input type="checkbox" id="only"> <span>${only}</span></label>
<span class="buttons"><button type="button" id="fold">Fold all</button><button type="button" id="unfold">Unfold all</button></span>
<label class="field"><span>Size</span> <input type="range" id="zoom" min="${least}" max="${most}" step="${step}"></label>
<button type="reset" id="reset">Reset</button>
</form>`;
}

function namespaceMenu({ workloads }: PageData): Markup {
  const names = [...new Set(workloads.map(({ namespace }) => namespace))];
  const items = [...names.map((name) => [name, name] as const), [outsideKey, outsideName] as const];
  const boxes = items.map(
    ([value, name]) =>
      markup`<label class="check"><input type="checkbox" name="namespace" value="${value}"> <span>${name}</span></label>`,
  );
  return markup`<details class="menu" id="namespaces"><summary><span>Namespaces</span> <b id="namespaces-chosen">all</b></summary>
<fieldset><legend>Either end is in</legend>${boxes}</fieldset></details>`;
}

function legend(kind: PageData['kind']): Content {
  const names: readonly GlyphName[] = kind === 'diff' ? ['gained', 'lost', 'both', 'kept'] : ['every', 'some'];
  return markup`<ul class="legend">${names.map((name) => markup`<li>${glyph(name)} ${stateWords[name]}</li>`)}</ul>`;
}
