// The file as text: complete in itself, closed to everything, the same for the same document.
import { createHash } from 'node:crypto';
import * as assert from 'uvu/assert';
import { printSvg } from '../../../src/report/html/matrix-svg.ts';
import { printHtml } from '../../../src/report/html/print-html.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { hostileDiff } from './hostile.ts';
import { shopDiff, shopMatrix } from './shop.ts';

describe('an HTML report', (test) => {
  test('allows its own script and style by their hashes, and nothing else', () => {
    const html = printHtml(shopDiff);
    const policy = part(html, /http-equiv="Content-Security-Policy" content="([^"]*)"/);
    const script = sha256(part(html, /<script>([^]*?)<\/script>/));
    const style = sha256(part(html, /<style>([^]*?)<\/style>/));
    assert.is(
      policy,
      `default-src 'none'; script-src 'sha256-${script}'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`,
    );
  });
  test('names nothing outside itself', () => {
    for (const html of [printHtml(shopDiff), printHtml(shopMatrix)]) {
      assert.not.match(html, /\b(?:src|href)="(?!#)|url\(|@import|https?:\/\//);
      assert.not.match(html, /\sstyle="|\son[a-z]+="/);
    }
  });
  test('has three elements that a browser reads as something else than text and tags', () => {
    for (const document of [shopDiff, shopMatrix, hostileDiff]) {
      const html = printHtml(document);
      assert.is(html.match(/<script\b/g)?.length, 2);
      assert.is(html.match(/<\/script/g)?.length, 2);
      assert.is(html.match(/<\/style/g)?.length, 1);
      assert.is(html.match(/<!--/g), null);
    }
  });
  test('is the same for the same document', () => {
    assert.is(printHtml(structuredClone(shopDiff)), printHtml(shopDiff));
    assert.is(printSvg(structuredClone(shopMatrix)), printSvg(shopMatrix));
  });
  test('is below 150 kB without data', () => {
    const empty = { ...shopMatrix, workloads: [], connections: [] };
    assert.ok(Buffer.byteLength(printHtml(empty)) < 150_000);
  });
  test('says so when nothing changed', () => {
    const summary = { ...shopDiff.summary, text: 'No connection changes', gained: 0, lost: 0 };
    const html = printHtml({ ...shopDiff, summary, connections: [], isolation: [], outputs: [] });
    assert.match(html, /<p>No connection changes\.<\/p>/);
    assert.not.match(html, /id="isolation"|id="outputs"/);
  });
  test('cannot be made of a document that contradicts itself', () => {
    assert.throws(() => printHtml({ ...shopMatrix, workloads: [] }), /which is not among the workloads/);
  });
});

describe('a picture', (test) => {
  test('has no script and names nothing outside itself', () => {
    for (const document of [shopDiff, shopMatrix, hostileDiff]) {
      const svg = printSvg(document);
      assert.not.match(svg, /<(?:script|image|foreignObject|a)\b|<[^>]*\s(?:href|src|on[a-z]+)=|url\(|@import/);
      assert.is(svg.match(/https?:\/\/[^"]*/g)?.join(), 'http://www.w3.org/2000/svg');
    }
  });
  test('says in words what each shape means', () => {
    const svg = printSvg(shopDiff);
    assert.match(svg, /<title>shop\/cart to shop\/db: gained TCP 5432; lost TCP 3306<\/title>/);
    assert.match(svg, /<title id="title">Network policies: main → tighten-payments<\/title>/);
    assert.match(svg, />fraud-check \(planned, new\)</);
  });
});

function part(html: string, pattern: RegExp): string {
  return must(pattern.exec(html)?.[1]).replaceAll('&#39;', "'");
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
