// A document → one HTML file that needs nothing else: summary and lists as text, the matrix by its script.
import type { DiffDocument, MatrixDocument } from '../document.ts';
import script from './client/main.ts?bundle';
import { connectionList } from './connection-list.ts';
import { embeddedJson } from './embedded-json.ts';
import { isolationSection } from './isolation-section.ts';
import { markup, trusted, type Content, type Markup } from './markup.ts';
import { matrixSection } from './matrix-section.ts';
import { pageData } from './model/page-data.ts';
import { outputsSection } from './outputs-section.ts';
import { pageHeader, pageTitle } from './page-header.ts';
import { securityPolicy } from './security-policy.ts';
import { pageStyle } from './style/page-style.ts';

/** The whole file, ended by a line end. The same document gives the same bytes. O(document). */
export function printHtml(document: DiffDocument | MatrixDocument): string {
  const data = pageData(document);
  const body = markup`
<a class="skip" href="#matrix">Skip to the matrix</a>
<a class="skip" href="#list">Skip to the list</a>
${pageHeader(document)}
<main>
${matrixSection(data)}
${connectionList(data)}
${moreOf(document)}
</main>
<footer><p>Made by netpolc. This file loads nothing and sends nothing.</p></footer>
<script type="application/json" id="data">${embeddedJson(data)}</script>
<script>${trusted(script)}</script>`;
  return `${page(pageTitle(document), body).text}\n`;
}

function page(title: string, body: Markup): Markup {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(securityPolicy(script, pageStyle))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(pageStyle)}</style>
</head>
<body>${body}
</body>
</html>`;
}

/** What a comparison says beyond its connections. */
function moreOf(document: DiffDocument | MatrixDocument): Content {
  return document.kind === 'matrix' ? '' : [isolationSection(document), outputsSection(document)];
}
