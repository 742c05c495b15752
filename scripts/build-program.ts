// Sources → the program `netpolc`, complete in itself: starting it must not search node_modules.
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleForBrowser } from './browser-bundle.ts';
import { thirdPartyNotices } from './third-party-notices.ts';

/** `import text from './client/main.ts?bundle'`. */
const browserBundles: Plugin = {
  name: 'browser bundles',
  setup: (built) => {
    built.onResolve({ filter: /\?bundle$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?bundle$/, '')),
      namespace: 'bundle',
    }));
    built.onLoad({ filter: /./, namespace: 'bundle' }, ({ path }) => ({
      contents: bundleForBrowser(path),
      loader: 'text',
    }));
  },
};

/** What program and library have in common. */
export const buildOptions = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  loader: { '.hbs': 'text', '.sh': 'text', '.c': 'text', '.h': 'text', '.css': 'text' },
  plugins: [browserBundles],
  chunkNames: 'chunks/[name]-[hash]',
  logLevel: 'warning',
} satisfies BuildOptions;

/** Bundled CommonJS packages ask for Node's own modules by `require`. */
const requireForCommonJs =
  "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);";

/** Writes `main.js`, a small entry, and a chunk for whatever only some commands need. `entry` is another program than netpolc. */
export async function buildProgram(outdir: string, entry = 'src/cli/main.ts'): Promise<void> {
  const { metafile } = await build({
    ...buildOptions,
    entryPoints: [entry],
    outdir,
    legalComments: 'none',
    banner: { js: requireForCommonJs },
    metafile: true,
  });
  chmodSync(join(outdir, 'main.js'), 0o755);
  writeFileSync(join(outdir, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(Object.keys(metafile.inputs)));
}
