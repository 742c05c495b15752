// Module hook: templates, scripts, style sheets and C sources are their text; `?bundle` is a script for the browser.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleForBrowser } from './browser-bundle.ts';

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  const [path = '', query = ''] = url.split('?');
  if (query.split('&').includes('bundle')) return moduleOf(bundleForBrowser(fileURLToPath(path)));
  return /\.(?:hbs|sh|c|h|css)$/.test(path) ? moduleOf(await readFile(new URL(path), 'utf8')) : next(url, context);
}

/**
 * @param {string} text
 * @returns {import('node:module').LoadFnOutput}
 */
function moduleOf(text) {
  return { format: 'module', shortCircuit: true, source: `export default ${JSON.stringify(text)}` };
}
