// The matrix of a small comparison in a browser: what its cells say, by pointer and by keyboard, and its filter.
import type { Locator, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { printHtml } from '../../../src/report/html/print-html.ts';
import { onPage } from '../../kit/browser.ts';
import { describe } from '../../kit/suite.ts';
import { shopDiff, shopMatrix } from './shop.ts';

const diff = printHtml(shopDiff);
const matrix = printHtml(shopMatrix);

describe('the matrix in a browser', (test) => {
  test('has a cell with shape and label for everything that changed', () =>
    onPage(diff, {}, async (page) => {
      assert.equal(await cellsOf(page), [
        'gained: ingress-nginx/controller to payments/api: gained TCP 8443',
        'gained: monitoring/prometheus to payments/api: gained TCP 9090',
        'gained: monitoring/prometheus to payments/ledger: gained TCP 9090',
        'gained: payments/api to payments/fraud-check: gained TCP 8080',
        'lost: payments/api to outside: lost TCP 443',
        'both: shop/cart to shop/db: gained TCP 5432; lost TCP 3306',
        'lost: shop/web to payments/ledger: lost everything',
        'lost: shop/web to shop/db: lost TCP 5432 for some pods',
        'lost: shop/{tier=batch} to payments/ledger: lost TCP 9000',
        'lost: outside to ingress-nginx/controller: lost TCP 80',
        'gained: outside to shop/web: gained TCP 443',
      ]);
    }));
  test('shows what stayed the same when rows and columns without changes are wanted', () =>
    onPage(diff, {}, async (page) => {
      await page.getByLabel('Only rows and columns with changes').uncheck();
      assert.is(await cell(page, 'shop/web to shop/cart: unchanged TCP 8080').getAttribute('class'), 'cell kept');
      assert.is(await page.getByRole('rowheader', { name: 'monitoring/alertmanager' }).count(), 1);
    }));
  test('has one shape for everything and one for less', () =>
    onPage(matrix, {}, async (page) => {
      const cells = await cellsOf(page);
      assert.ok(cells.includes('every: shop/web to outside: allowed everything'));
      assert.ok(cells.includes('some: shop/web to shop/db: allowed TCP 5432 for some pods'));
      assert.ok(cells.includes('some: payments/api to payments/ledger: allowed TCP 9000'));
    }));
  test('marks what is planned or may come', () =>
    onPage(diff, {}, async (page) => {
      assert.is(await page.getByRole('columnheader', { name: 'payments/fraud-check, planned, new' }).count(), 1);
      assert.is(await page.getByRole('rowheader', { name: 'shop/{tier=batch}, future' }).count(), 1);
    }));
  test('explains a cell on a click: ports, pods, policy, file and line, side', () =>
    onPage(diff, {}, async (page) => {
      await cell(page, /^shop\/web to shop\/db/).click();
      const told = await explanation(page).innerText();
      for (const part of [
        'shop/web → shop/db',
        'lost TCP 5432',
        'from only web-4, web-5 (2 of 6 pods)',
        'to only db-0 (1 of 3 pods)',
        'policies/shop.yaml:71',
        'shop/db spec.ingress[1]',
        'allows (destination’s side, base)',
      ]) {
        assert.ok(flat(told).includes(part), `${part} is not in ${flat(told)}`);
      }
    }));
  test('tells both sides when a cell gained and lost', () =>
    onPage(diff, {}, async (page) => {
      await cell(page, /^shop\/cart to shop\/db/).click();
      const told = flat(await explanation(page).innerText());
      assert.match(
        told,
        /gained TCP 5432 .*policies\/shop\.yaml:68.*head\).*lost TCP 3306 .*policies\/shop\.yaml:66.*base\)/,
      );
    }));
  test('explains a whole row by its header', () =>
    onPage(diff, {}, async (page) => {
      await page.getByRole('rowheader', { name: 'monitoring/prometheus' }).click();
      const told = flat(await explanation(page).innerText());
      assert.match(told, /^Close From monitoring\/prometheus/);
      assert.match(told, /prometheus → payments\/api.*prometheus → payments\/ledger/);
    }));
  test('folds a namespace into one line that counts', () =>
    onPage(diff, {}, async (page) => {
      const heading = page.getByRole('rowheader', { name: 'namespace shop' });
      assert.is(await heading.getAttribute('aria-expanded'), 'true');
      await heading.click();
      assert.is(await heading.getAttribute('aria-expanded'), 'false');
      assert.is(await cell(page, 'namespace shop to payments/ledger: 2 lost').count(), 1);
      assert.is(await cell(page, 'namespace shop to shop/db: 1 gained, 2 lost').getAttribute('class'), 'cell both');
      assert.is(await page.getByRole('rowheader', { name: 'shop/cart' }).count(), 0);
    }));
});

describe('the matrix by keyboard', (test) => {
  test('is one stop of the Tab key, and arrows go from cell to cell over headings', () =>
    onPage(diff, {}, async (page) => {
      await page.getByRole('button', { name: 'Reset' }).focus();
      await page.keyboard.press('Tab');
      assert.is(await focused(page), 'namespace ingress-nginx, 1 workload');
      await press(page, 'ArrowDown', 'ArrowRight');
      assert.is(await focused(page), 'ingress-nginx/controller to ingress-nginx/controller: no change');
      await press(page, 'ArrowRight');
      assert.is(await focused(page), 'ingress-nginx/controller to payments/api: gained TCP 8443');
      await press(page, 'ArrowDown');
      assert.is(await focused(page), 'monitoring/prometheus to payments/api: gained TCP 9090');
      await press(page, 'ArrowUp', 'ArrowUp');
      assert.is(await focused(page), 'payments/api');
      await press(page, 'Control+End');
      assert.is(await focused(page), 'outside to outside: no change');
      await press(page, 'Home');
      assert.is(await focused(page), 'outside');
      await press(page, 'Control+Home');
      assert.is(await focused(page), 'namespace ingress-nginx, 1 workload');
    }));
  test('explains with Enter, and Escape returns to the cell', () =>
    onPage(diff, {}, async (page) => {
      await page.getByRole('rowheader', { name: 'shop/cart' }).focus();
      await press(page, 'ArrowRight', 'End', 'ArrowLeft', 'ArrowLeft');
      assert.is(await focused(page), 'shop/cart to shop/db: gained TCP 5432; lost TCP 3306');
      await press(page, 'Enter');
      assert.is(await focus(page).textContent(), 'shop/cart → shop/db');
      await press(page, 'Escape');
      assert.is(await focused(page), 'shop/cart to shop/db: gained TCP 5432; lost TCP 3306');
      assert.match(await explanation(page).innerText(), /Nothing chosen/);
    }));
  test('folds with Enter and keeps the focus', () =>
    onPage(diff, {}, async (page) => {
      await page.getByRole('rowheader', { name: 'namespace payments' }).focus();
      await press(page, 'Enter');
      assert.is(await focused(page), 'namespace payments, 1 workload');
      assert.is(await focus(page).getAttribute('aria-expanded'), 'false');
    }));
  test('is reached by the first link, and the list by the second', () =>
    onPage(diff, {}, async (page) => {
      await press(page, 'Tab', 'Enter');
      assert.is(await focused(page), 'namespace ingress-nginx, 1 workload');
      assert.is(new URL(page.url()).hash, '');
      await page.reload();
      await press(page, 'Tab', 'Tab', 'Enter');
      assert.is(await focus(page).getAttribute('id'), 'list');
    }));
  test('shows where the focus is', () =>
    onPage(diff, {}, async (page) => {
      await page.getByRole('rowheader', { name: 'shop/cart' }).focus();
      await press(page, 'ArrowRight');
      assert.is(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'), 'solid');
    }));
});

describe('the filter', (test) => {
  test('finds ports, names, policies and files, in the matrix and in the list, and says how much is left', () =>
    onPage(diff, {}, async (page) => {
      await page.getByRole('searchbox').fill('9090');
      assert.is(await status(page), '2 of 12 changes, 1 source, 2 destinations');
      assert.equal(await cellsOf(page), [
        'gained: monitoring/prometheus to payments/api: gained TCP 9090',
        'gained: monitoring/prometheus to payments/ledger: gained TCP 9090',
      ]);
      assert.is(await page.locator('#list .group:visible').count(), 1);
      await page.getByRole('searchbox').fill('shop.yaml lost');
      assert.is(await status(page), '2 of 12 changes, 2 sources, 1 destination');
      await page.getByRole('searchbox').fill('no such thing');
      assert.is(await status(page), '0 of 12 changes, 0 sources, 0 destinations');
      assert.ok(await page.getByText('None of them fits the filter.').isVisible());
    }));
  test('takes connections with an end in one of the chosen namespaces', () =>
    onPage(diff, {}, async (page) => {
      await page.locator('#namespaces summary').click();
      await page.getByRole('checkbox', { name: 'monitoring' }).check();
      assert.is(await status(page), '2 of 12 changes, 1 source, 2 destinations');
      await page.getByRole('checkbox', { name: 'outside' }).check();
      assert.is(await status(page), '5 of 12 changes, 3 sources, 5 destinations');
      await press(page, 'Escape');
      assert.is(await page.locator('#namespaces').getAttribute('open'), null);
    }));
  test('is in the address, and so are folds, size and the cell that is explained', () =>
    onPage(diff, {}, async (page) => {
      await page.getByRole('searchbox').fill('tcp');
      await page.getByRole('rowheader', { name: 'namespace payments' }).click();
      await page.getByLabel('Size').fill('30');
      await cell(page, /^shop\/cart to shop\/db/).click();
      const { hash } = new URL(page.url());
      assert.is(hash, '#text=tcp&rows=&rows=payments&zoom=30&cell=shop%2Fcart&cell=shop%2Fdb');
      await page.getByRole('button', { name: 'Reset' }).click();
      assert.is(new URL(page.url()).hash, '');
    }));
  test('is restored from the address', () =>
    onPage(
      diff,
      { hash: 'text=tcp&namespace=shop&only=no&rows=&rows=payments&zoom=30&cell=shop/cart&cell=shop/db' },
      async (page) => {
        assert.is(await page.getByRole('searchbox').inputValue(), 'tcp');
        assert.is(await page.locator('#namespaces-chosen').innerText(), 'shop');
        assert.not.ok(await page.getByLabel('Only rows and columns with changes').isChecked());
        assert.is(await page.getByLabel('Size').inputValue(), '30');
        assert.match(await explanation(page).innerText(), /shop\/cart → shop\/db/);
        assert.is(
          await page.getByRole('gridcell', { selected: true }).getAttribute('aria-label'),
          'shop/cart to shop/db: gained TCP 5432; lost TCP 3306',
        );
      },
    ));
  test('survives an address that makes no sense', () =>
    onPage(diff, { hash: 'zoom=9999&rows=nowhere&cell=a&cell=%E0%A4%A&namespace=<b>' }, async (page) => {
      assert.is(await status(page), '12 changes, 7 sources, 7 destinations');
    }));
});

/** Classes and labels, in the order of readers. */
async function cellsOf(page: Page): Promise<readonly string[]> {
  const cells = await page.getByRole('gridcell').all();
  const parts = cells.map(async (each) => Promise.all([each.getAttribute('class'), each.getAttribute('aria-label')]));
  return (await Promise.all(parts)).map(([name, label]) => `${name?.replace('cell ', '') ?? ''}: ${label ?? ''}`);
}

function cell(page: Page, name: string | RegExp): Locator {
  return page.getByRole('gridcell', { name, exact: true });
}

function explanation(page: Page): Locator {
  return page.locator('#explanation');
}

async function status(page: Page): Promise<string> {
  return page.getByRole('status').innerText();
}

function focus(page: Page): Locator {
  return page.locator(':focus');
}

/** The label of what has the focus. */
async function focused(page: Page): Promise<string | null> {
  return focus(page).getAttribute('aria-label');
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
