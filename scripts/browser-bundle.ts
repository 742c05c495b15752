// The scripts of HTML reports: TypeScript for the browser → one text, as `import text from './client/main.ts?bundle'` has it.
import { buildSync } from 'esbuild';

/** Not minified: who receives a report can read what it does. */
export function bundleForBrowser(path: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
  });
  return outputFiles.map(({ text }) => text).join('');
}
