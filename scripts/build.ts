// `npm run build`: sources → dist. The program in dist/cli; what the GitHub Action runs in dist/action; the library in dist/src
// and dist/targets, with its dependencies left to npm; types in dist/types.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildOptions, buildProgram } from './build-program.ts';

rmSync('dist', { recursive: true, force: true });
await buildProgram('dist/cli');
await buildProgram('dist/action', 'src/action/main.ts');
await buildLibrary();
emitTypes();

/** Every entry that package.json exports; what they share stands in chunks, so that each module exists once. */
async function buildLibrary(): Promise<void> {
  await build({
    ...buildOptions,
    entryPoints: ['src/index.ts', ...targetEntries()],
    outbase: '.',
    outdir: 'dist',
    packages: 'external',
  });
}

/** Declarations name their neighbours as the sources do, by `.ts`; consumers have `.js`. */
function emitTypes(): void {
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  const names = readdirSync('dist/types', { recursive: true, encoding: 'utf8' });
  for (const file of names.filter((name) => name.endsWith('.d.ts')).map((name) => join('dist/types', name))) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll(/((?:from|import\() ?'\.[^']*)\.ts'/g, "$1.js'"));
  }
}

function targetEntries(): readonly string[] {
  return readdirSync('targets')
    .map((name) => `targets/${name}/index.ts`)
    .filter((path) => existsSync(path));
}
