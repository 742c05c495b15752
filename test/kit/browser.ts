// A real browser for tests of pages: Chromium without a window. It is closed whatever happens; without it the tests fail.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';
import * as assert from 'uvu/assert';

export interface PageOptions extends BrowserContextOptions {
  /** Behind `#` in the address. */
  readonly hash?: string;
  /** Of the file: `html` or `svg`. */
  readonly ending?: string;
  /** A complaint that is wanted: what the browser says about the attack that a test makes. */
  readonly wanted?: RegExp;
}

/** Where Chromium is, unless the environment says it. */
const program = process.env['NETPOLC_CHROMIUM'] ?? '/usr/bin/chromium';

/**
 * Opens a file with this text and has a test use it. Afterwards nothing may have been asked of the network, nothing said on
 * the console, and nothing thrown.
 */
export async function onPage(text: string, options: PageOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'netpolc-page-'));
  const browser = await chromium
    .launch({ executablePath: program, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
    .catch((error: unknown) => {
      rmSync(folder, { recursive: true });
      throw error;
    });
  try {
    const file = join(folder, `report.${options.ending ?? 'html'}`);
    writeFileSync(file, text);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints = await watch(page);
    await page.goto(`${pathToFileURL(file).href}${options.hash === undefined ? '' : `#${options.hash}`}`);
    await use(page);
    assert.equal(
      complaints.filter((each) => options.wanted?.test(each) !== true),
      [],
    );
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

/** Everything that a page on its own must not do, as it happens. */
async function watch(page: Page): Promise<readonly string[]> {
  const complaints: string[] = [];
  let files = 0;
  await page.context().route('**', async (route) => {
    const url = route.request().url();
    const isPage = url.startsWith('file:') && route.request().isNavigationRequest() && ++files <= 2;
    if (!isPage) complaints.push(`asks for ${url}`);
    await (isPage ? route.continue() : route.abort());
  });
  page.on('console', (message) => complaints.push(`says ${message.text()}`));
  page.on('pageerror', ({ message }) => complaints.push(`throws ${message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`asks ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}
