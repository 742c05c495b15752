// Prints a name for what `npm run build` would make: the same for the same sources, packages and version of Node. The GitHub
// Action keeps its build under it. Needs nothing but Node, which it checks.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const roots = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'text-files.d.ts',
  'schema',
  'scripts',
  'src',
  'targets',
];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `::error::netpolc needs Node 20.19 or later, and this is ${process.version}: run actions/setup-node before it`,
  );
  process.exit(1);
}
const hash = createHash('sha256').update(process.version);
for (const file of roots.flatMap(filesIn).sort()) hash.update(`\0${file}\0`).update(readFileSync(file));
console.log(hash.digest('hex'));

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)));
}
