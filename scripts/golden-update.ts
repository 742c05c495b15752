// Re-writes `expected/` of golden cases: `npm run golden:update [PATTERN…]`. Never touches what people wrote.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { targets } from '../targets/index.ts';
import { caseNames, goldenFolder, loadCase } from '../test/golden/cases.ts';
import { compileCase, expectedFiles } from '../test/golden/expected-files.ts';

const patterns = process.argv.slice(2);
const chosen = caseNames().filter((name) => patterns.length === 0 || patterns.some((each) => name.includes(each)));
for (const name of chosen) {
  const files = expectedFiles(compileCase(await loadCase(name)), targets);
  const folder = join(goldenFolder, name, 'expected');
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
console.log(`${chosen.length} cases written; read the difference before committing it`);
