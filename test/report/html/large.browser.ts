// 300 workloads, 90 000 cells: what is not seen is not there, and everything can be reached.
import type { Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { printHtml } from '../../../src/report/html/print-html.ts';
import { onPage } from '../../kit/browser.ts';
import { describe } from '../../kit/suite.ts';
import { largeDiff, largeMatrix } from './large.ts';

const matrix = printHtml(largeMatrix);
const diff = printHtml(largeDiff);

/** A window shows some 50 rows of 60 cells at the smallest size; a few are kept around it. */
const mostCells = 8000;

describe('a matrix of 300 workloads in a browser', (test) => {
  test('begins with a line for each namespace', () =>
    onPage(matrix, {}, async (page) => {
      assert.is(await page.getByRole('status').innerText(), '90000 connections, 301 sources, 301 destinations');
      assert.is(await page.getByRole('rowheader').count(), 21);
      const cell = page.getByRole('gridcell', { name: 'namespace team-00 to namespace team-01: 225 allowed' });
      assert.is(await cell.getAttribute('class'), 'cell some');
    }));
  test('opens one namespace in both directions', () =>
    onPage(matrix, {}, async (page) => {
      await page.getByRole('rowheader', { name: 'namespace team-00' }).click();
      await page.getByRole('columnheader', { name: 'namespace team-01' }).click();
      const cell = page.getByRole('gridcell', { name: 'team-00/service-03 to team-01/service-09: allowed TCP 8080' });
      await cell.click();
      assert.match(await page.locator('#explanation').innerText(), /policies\/team-01\.yaml:25/);
    }));
  test('has few elements however much it could show', () =>
    onPage(matrix, {}, async (page) => {
      await unfoldAll(page);
      await page.getByLabel('Size').fill('12');
      const cells = await page.getByRole('gridcell').count();
      assert.ok(cells > 1500 && cells < mostCells, String(cells));
      assert.is(await page.getByRole('grid').getAttribute('aria-rowcount'), '322');
      assert.is(await page.getByRole('grid').getAttribute('aria-colcount'), '322');
    }));
  test('draws what is scrolled to', () =>
    onPage(matrix, {}, async (page) => {
      await unfoldAll(page);
      await scroll(page, 1e6);
      const last = page.getByRole('gridcell', { name: 'team-19/service-14 to team-19/service-14: allowed everything' });
      await last.click();
      assert.match(await page.locator('#explanation').innerText(), /team-19\/service-14 → team-19\/service-14/);
      assert.match(await page.locator('.corner').innerText(), /^to team-1\d →\nfrom team-1\d ↓$/);
    }));
  test('is walked by keyboard to its far end', () =>
    onPage(matrix, {}, async (page) => {
      await unfoldAll(page);
      await page.getByRole('rowheader', { name: 'namespace team-00' }).focus();
      for (const key of ['ArrowDown', 'Control+End', 'ArrowUp', 'ArrowLeft']) await page.keyboard.press(key);
      const label = await page.locator(':focus').getAttribute('aria-label');
      assert.is(label, 'team-19/service-14 to team-19/service-14: allowed everything');
      assert.is(await page.locator(':focus').getAttribute('aria-rowindex'), null);
      assert.is(await page.locator('[role=row]:has(:focus)').getAttribute('aria-rowindex'), '321');
    }));
  test('keeps the focus while it scrolls away and comes back', () =>
    onPage(matrix, {}, async (page) => {
      await unfoldAll(page);
      await page.getByRole('gridcell', { name: 'team-00/service-00 to team-00/service-01' }).click();
      await scroll(page, 3000);
      await page.getByRole('rowheader', { name: 'team-10/service-05' }).waitFor();
      assert.is(
        await page.locator(':focus').getAttribute('aria-label'),
        'team-00/service-00 to team-00/service-01: allowed everything',
      );
      await page.keyboard.press('ArrowDown');
      assert.is(await page.evaluate('document.querySelector(".scroller").scrollTop < 100'), true);
    }));
  test('shows a map of itself that scrolls it', () =>
    onPage(matrix, {}, async (page) => {
      assert.not.ok(await page.locator('.overview').isVisible());
      await unfoldAll(page);
      await page.locator('.overview canvas').click({ position: { x: 170, y: 170 } });
      await page.getByRole('rowheader', { name: 'team-19/service-00' }).waitFor();
    }));
});

describe('a comparison of 300 workloads in a browser', (test) => {
  test('is filtered to a pair of names', () =>
    onPage(diff, {}, async (page) => {
      await unfoldAll(page);
      await page.getByRole('searchbox').fill('team-03/service-02 team-08/service-07');
      assert.is(await page.getByRole('status').innerText(), '2 of 9000 changes, 2 sources, 2 destinations');
      assert.is(await page.getByRole('gridcell').count(), 2);
      assert.is(await page.locator('#list .group:not(.out)').count(), 2);
    }));
});

async function unfoldAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Unfold all' }).click();
}

/** As far down as right. */
async function scroll(page: Page, pixels: number): Promise<void> {
  await page.evaluate(`document.querySelector('.scroller').scrollTo(${pixels}, ${pixels})`);
}
