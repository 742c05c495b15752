// Runs test files: `node --import ./scripts/register.mjs test/kit/run.ts [--kernel|--browser] [PATTERN…]`.
// Files ending in .test.ts need nothing but Node; those in .kernel.ts root, user namespaces or patience; those in .browser.ts
// Chromium.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

type Run = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>;
const uvu = globalThis as unknown as { UVU_DEFER: number; UVU_INDEX: number; UVU_QUEUE: [string | null, ...Run[]][] };

uvu.UVU_DEFER = 1;
const { exec } = await import('uvu');
const arguments_ = process.argv.slice(2);
const suffix = ['kernel', 'browser'].find((kind) => arguments_.includes(`--${kind}`)) ?? 'test';
const patterns = arguments_.filter((argument) => !argument.startsWith('--'));
const files = (readdirSync('test', { recursive: true }) as string[])
  .filter((file) => file.endsWith(`.${suffix}.ts`))
  .map((file) => join('test', file))
  .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
  .sort();

const counts = { passed: 0, failed: 0, skipped: 0 };
const secondsByFile = new Map<string, number>();
for (const [index, file] of files.entries()) {
  uvu.UVU_INDEX = index;
  uvu.UVU_QUEUE[index] = [file];
  await import(pathToFileURL(resolve(file)).href);
}
for (const group of uvu.UVU_QUEUE)
  for (let at = 1; at < group.length; at++) group[at] = counted(group[0] ?? '', group[at] as Run);
await exec();
const slowest = [...secondsByFile].sort(([, a], [, b]) => b - a).slice(0, 8);
if (files.length > slowest.length) {
  console.log(`slowest: ${slowest.map(([file, seconds]) => `${file} ${seconds.toFixed(0)} s`).join(', ')}`);
}
console.log(`${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`);
if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;

function counted(file: string, run: Run): Run {
  return async () => {
    const start = performance.now();
    const result = await run();
    secondsByFile.set(file, (secondsByFile.get(file) ?? 0) + (performance.now() - start) / 1000);
    counts.passed += result[1];
    counts.failed += result[3] - result[1];
    counts.skipped += result[2];
    return result;
  };
}
