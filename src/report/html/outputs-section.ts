// What changes in the compiled output, by node and target.
import { groupBy } from '../../collections/get-or-make.ts';
import { escapeText } from '../../diagnostics/safe-text.ts';
import type { CountDocument, DiffDocument, OutputDocument } from '../document.ts';
import { outputTitle } from '../words.ts';
import { markup, type Content, type Markup } from './markup.ts';

/** Empty when nothing does. */
export function outputsSection({ outputs, summary }: Pick<DiffDocument, 'outputs' | 'summary'>): Content {
  if (outputs.length === 0) return '';
  const byNode = [...groupBy(outputs, ({ node }) => node)];
  return markup`<section class="list" id="outputs" aria-labelledby="outputs-title">
<h2 id="outputs-title">${outputTitle(summary)}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Table of the compiled output">
<table class="outputs">
<thead><tr><th scope="col">Node</th><th scope="col">Target</th><th scope="col">Rules</th><th scope="col">Sets</th><th scope="col">Elements</th></tr></thead>
${byNode.map(([node, some]) => nodeRows(node, some))}
</table>
</div>
${outputs.map(diffOf)}
</section>`;
}

function nodeRows(node: string, outputs: readonly OutputDocument[]): Markup {
  const rows = outputs.map(({ target, rules, sets, elements }, index) => {
    const head = index === 0 ? markup`<th scope="rowgroup" rowspan="${outputs.length}">${node}</th>` : '';
    return markup`<tr>${head}<td>${target}</td>${[rules, sets, elements].map(countCell)}</tr>
`;
  });
  return markup`<tbody>${rows}</tbody>`;
}

function countCell({ before, after, added, removed }: CountDocument): Markup {
  if (added === 0 && removed === 0) return markup`<td class="quiet">${after}, as before</td>`;
  return markup`<td>${before} → ${after} <span class="quiet">(+${added} −${removed})</span></td>`;
}

function diffOf({ target, node, diff }: OutputDocument): Content {
  if (diff === null) return '';
  return markup`<details class="diff"><summary><span class="name">${node}</span> ${target}</summary>
<pre tabindex="0">${diff.split('\n').map(lineOf)}</pre></details>
`;
}

/** A line keeps its tabs: they are its layout. */
function lineOf(line: string): Markup {
  const text = line.split('\t').map(escapeText).join('    ');
  const kind = /^(?:\+\+\+|---|@@)/.test(line)
    ? 'place'
    : line.startsWith('+')
      ? 'ins'
      : line.startsWith('-')
        ? 'del'
        : '';
  return kind === '' ? markup`${text}\n` : markup`<span class="${kind}">${text}</span>\n`;
}
