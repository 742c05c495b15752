// The head of a page: what was compared, the change in one line, and its counts.
import type { DiffDocument, MatrixDocument } from '../document.ts';
import { glyph, type GlyphName } from './glyph.ts';
import { markup, type Content, type Markup } from './markup.ts';

export function pageTitle(document: DiffDocument | MatrixDocument): string {
  if (document.kind === 'matrix') return `Who reaches whom: ${document.input}`;
  return `Network policies: ${document.base} → ${document.head}`;
}

export function pageHeader(document: DiffDocument | MatrixDocument): Markup {
  return document.kind === 'matrix' ? matrixHeader(document) : diffHeader(document);
}

function diffHeader({ base, head, summary }: DiffDocument): Markup {
  const { gained, lost, isolated, opened, nodes } = summary;
  return markup`<header class="head">
<p class="eyebrow">What the network policies change</p>
<h1><span class="name">${base}</span> <span class="arrow">→</span> <span class="name">${head}</span></h1>
<p class="lead">${summary.text}</p>
<ul class="counts">
${count('gained', gained, gained === 1 ? 'pair gained' : 'pairs gained')}
${count('lost', lost, lost === 1 ? 'pair lost' : 'pairs lost')}
${count(null, isolated, 'newly isolated')}
${count(null, opened, 'no longer isolated')}
${count(null, nodes, nodes === 1 ? 'node with other rules' : 'nodes with other rules')}
</ul>
</header>`;
}

function matrixHeader({ input, workloads, connections }: MatrixDocument): Markup {
  const pods = workloads.reduce((sum, each) => sum + each.pods, 0);
  const isolated = workloads.filter((each) => each.isolated.ingress === 'all').length;
  return markup`<header class="head">
<p class="eyebrow">What the network policies allow</p>
<h1><span class="name">${input}</span></h1>
<ul class="counts">
${count(null, workloads.length, workloads.length === 1 ? 'workload' : 'workloads')}
${count(null, pods, pods === 1 ? 'pod' : 'pods')}
${count(null, connections.length, connections.length === 1 ? 'connection' : 'connections')}
${count(null, isolated, 'isolated for ingress')}
</ul>
</header>`;
}

function count(name: GlyphName | null, number: number, words: string): Content {
  const shape = name === null ? '' : glyph(name);
  return markup`<li class="${number === 0 ? 'none' : 'some'}">${shape}<b>${number}</b> <span>${words}</span></li>`;
}
