// The whole page in a browser: for all eyes, hands and ears, without scripts, on paper, with hostile names.
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { printSvg } from '../../../src/report/html/matrix-svg.ts';
import { printHtml } from '../../../src/report/html/print-html.ts';
import { onPage } from '../../kit/browser.ts';
import { describe } from '../../kit/suite.ts';
import { hostileDiff, hostileTexts } from './hostile.ts';
import { shopDiff, shopMatrix } from './shop.ts';

const documents = [
  ['a comparison', shopDiff, /^shop\/cart to shop\/db/],
  ['a matrix', shopMatrix, /^shop\/web to shop\/db/],
] as const;

describe('accessibility', (test) => {
  for (const [name, document, cell] of documents) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`${name} has no violation in ${colorScheme}, whatever is open`, () =>
        onPage(printHtml(document), { colorScheme }, async (page) => {
          assert.equal(await violations(page), []);
          await page.locator('#namespaces summary').click();
          assert.equal(await violations(page), []);
          await page.keyboard.press('Escape');
          for (const summary of await page.locator('.diff summary').all()) await summary.click();
          await page.getByRole('gridcell', { name: cell }).click();
          assert.equal(await violations(page), []);
        }));
    }
    test(`${name} has no violation without scripts`, () =>
      onPage(printHtml(document), {}, async (page) => {
        await page.evaluate('document.documentElement.classList.remove("alive")');
        await page.evaluate(
          'document.querySelectorAll("#stage, #controls").forEach((each) => { each.hidden = true; })',
        );
        assert.equal(await violations(page), []);
      }));
    test(`${name} has no violation in a narrow window, and nothing sticks out`, () =>
      onPage(printHtml(document), { viewport: { width: 400, height: 800 } }, async (page) => {
        assert.equal(await violations(page), []);
        assert.is(await page.evaluate('document.documentElement.scrollWidth'), 400);
      }));
  }
});

describe('a page without scripts', (test) => {
  test('has the summary, every change with its place, isolation, output and a picture', () =>
    onPage(printHtml(shopDiff), { javaScriptEnabled: false }, async (page) => {
      const text = (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ');
      for (const part of [
        'main → tighten-payments',
        'Gained 6 connections. Lost 6 connections.',
        'from shop/cart gained to shop/db TCP 5432 policies/shop.yaml:68 shop/db spec.ingress[0].from[1]',
        'lost only web-4, web-5 (2 of 6 pods) to shop/db only db-0 (1 of 3 pods) TCP 5432 policies/shop.yaml:71',
        'lost any address to ingress-nginx/controller TCP 80',
        'from shop/{tier=batch} future',
        'payments/ledger newly isolated for ingress policies/payments.yaml:6',
        'worker-1 nftables 44 → 46 (+4 −2) 12 → 14 (+3 −1) 210 → 238 (+40 −12)',
      ]) {
        assert.ok(text.includes(part), `${part} is not in ${text}`);
      }
      assert.is(await page.locator('svg.picture g > title').count(), 11);
      assert.ok(await page.locator('svg.picture').isVisible());
    }));
  test('has no controls that do nothing', () =>
    onPage(printHtml(shopDiff), { javaScriptEnabled: false }, async (page) => {
      assert.is(await page.locator('button:visible, input:visible, #stage:visible').count(), 0);
    }));
  test('opens what changes in the compiled output', () =>
    onPage(printHtml(shopDiff), { javaScriptEnabled: false }, async (page) => {
      await page.locator('.diff summary').click();
      assert.match(await page.locator('.diff pre').innerText(), /-\s+tcp dport 3306 .*\n\+\s+tcp dport 5432/);
    }));
});

describe('hostile text', (test) => {
  test('is shown as it is written and does nothing', () =>
    onPage(printHtml(hostileDiff), {}, async (page) => {
      assert.is(await page.locator('script').count(), 2);
      assert.is(await page.locator('img, iframe, object, embed, link, [onload], [onfocus], [autofocus]').count(), 0);
      for (const cell of await page.getByRole('gridcell').all()) await cell.click();
      const text = await page.locator('body').innerText();
      for (const shown of [...hostileTexts.slice(0, 7), '<U+2028><U+2029><U+0000><U+001B>[31m', '<U+202E>gnp.exe']) {
        assert.ok(text.includes(shown), `${shown} is not shown`);
      }
      await page.getByRole('searchbox').fill('__proto__');
      assert.match(await page.getByRole('status').innerText(), /^2 of 12 changes/);
    }));
  test('is inert in the address', () =>
    onPage(printHtml(shopDiff), { hash: 'text=</script><img src=x onerror=alert(1)>' }, async (page) => {
      assert.is(await page.getByRole('searchbox').inputValue(), '</script><img src=x onerror=alert(1)>');
      assert.is(await page.locator('img').count(), 0);
    }));
  test('could not load or run anything if it got out', () =>
    onPage(printHtml(shopDiff), { wanted: /^says .*Content Security Policy/ }, async (page) => {
      const ran = await page.evaluate(`new Promise((done) => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => done([window.ran ?? false, effectiveDirective]));
        document.body.append(script);
      })`);
      assert.equal(ran, [false, 'script-src-elem']);
    }));
});

describe('paper', (test) => {
  test('has the picture and the lists in dark letters, and no controls', () =>
    onPage(printHtml(shopDiff), { colorScheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      assert.ok(await page.locator('svg.picture').isVisible());
      assert.is(await page.locator('button:visible, input:visible, #stage:visible').count(), 0);
      assert.is(await page.evaluate('getComputedStyle(document.body).color'), 'rgb(27, 33, 38)');
      const pdf = await page.pdf({ format: 'A4' });
      assert.is(pdf.subarray(0, 5).toString(), '%PDF-');
    }));
  test('has every change, also those that the filter hides on the screen', () =>
    onPage(printHtml(shopDiff), { hash: 'text=9090' }, async (page) => {
      assert.is(await page.locator('.entries > li:visible').count(), 3);
      await page.emulateMedia({ media: 'print' });
      assert.is(await page.locator('#list .entries > li:visible').count(), 11);
    }));
});

describe('pictures', (test) => {
  for (const [name, document] of [...documents, ['hostile names', hostileDiff] as const]) {
    test(`of ${name} are well-formed, titled and alone`, () =>
      onPage(printSvg(document), { ending: 'svg' }, async (page) => {
        assert.is(await page.evaluate('document.documentElement.localName'), 'svg');
        assert.is(
          await page.evaluate('document.querySelectorAll("parsererror, script, image, foreignObject, a").length'),
          0,
        );
        const cells = await page.evaluate('document.querySelectorAll("g > title").length');
        assert.is(cells, { 'a comparison': 11, 'a matrix': 10, 'hostile names': 12 }[name]);
      }));
  }
});

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate<AxeResults>('axe.run()');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}
