// Lets `node --import ./scripts/register.mjs` run the TypeScript sources and import templates, scripts and C sources as text.
import { register } from 'node:module';
import 'tsx/esm';

const hook = `
  import { readFile } from 'node:fs/promises';
  export async function load(url, context, next) {
    if (!/\\.(?:hbs|sh|c|h)$/.test(url.split('?')[0])) return next(url, context);
    const text = await readFile(new URL(url), 'utf8');
    return { format: 'module', shortCircuit: true, source: 'export default ' + JSON.stringify(text) };
  }`;
register('data:text/javascript,' + encodeURIComponent(hook));
