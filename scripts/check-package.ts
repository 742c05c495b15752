// `npm run check:package`: packs what would be published, installs it elsewhere and uses it as a stranger would:
// the library from JavaScript and TypeScript, a target, the schema and the programs.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { consumer } from './package-consumer.ts';

const folder = mkdtempSync(join(tmpdir(), 'netpolc-package-'));
try {
  installPackage();
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'consumer.ts'), consumer);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: compilerOptions(), files: ['consumer.ts'] }),
  );
  run(resolve('node_modules/.bin/tsc'), ['-p', folder]);
  process.stdout.write(run('node', [join(folder, 'consumer.js')]));
  for (const [name, path] of programs()) {
    const program = join(folder, name);
    symlinkSync(join(folder, 'node_modules/netpolc', path), program);
    process.stdout.write(`${name} ${run(program, ['--version'])}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Unpacks the tarball; its dependencies are the ones installed here. */
function installPackage(): void {
  run('npm', ['pack', '--silent', '--pack-destination', folder]);
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'netpolc'), { recursive: true });
  run('tar', [
    '-xzf',
    run('find', [folder, '-name', '*.tgz']).trim(),
    '-C',
    join(modules, 'netpolc'),
    '--strip-components=1',
  ]);
  symlinkSync(resolve('node_modules'), join(modules, 'netpolc', 'node_modules'));
}

/** Names and paths of the programs that npm would link to. */
function programs(): readonly (readonly [name: string, path: string])[] {
  const manifest = readFileSync(join(folder, 'node_modules/netpolc/package.json'), 'utf8');
  return Object.entries((JSON.parse(manifest) as { readonly bin: Readonly<Record<string, string>> }).bin);
}

/** The strictest a stranger might use, without looking away from our own declarations. */
function compilerOptions(): object {
  return { target: 'ES2022', lib: ['ES2023'], module: 'NodeNext', strict: true, skipLibCheck: false, types: [] };
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8' });
}
