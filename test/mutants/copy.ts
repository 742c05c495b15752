// A copy of the project in a temporary folder: where mutants are injected. The checkout is only read.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Mutant } from './mutant.ts';

export interface Copy {
  readonly folder: string;
  /** Temporary files of what runs in the copy, so that they go when it goes. */
  readonly temporary: string;
}

/**
 * Copies what git tracks, and new files that it does not ignore; `node_modules` is a link. The copy is removed when this
 * process ends.
 */
export function copyProject(root: string): Copy {
  const holder = mkdtempSync(join(tmpdir(), 'netpolc-mutants-'));
  process.on('exit', () => {
    rmSync(holder, { recursive: true, force: true });
  });
  const [folder, temporary] = [join(holder, 'project'), join(holder, 'tmp')];
  mkdirSync(temporary);
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of listed.toString().split('\0')) {
    if (file === '' || !lstatSync(join(root, file), { throwIfNoEntry: false })?.isFile()) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  symlinkSync(resolve(root, 'node_modules'), join(folder, 'node_modules'));
  return { folder, temporary };
}

/** Puts a mutant into a copy and gives back what undoes it. Throws when the file does not hold its text exactly once. */
export function inject({ folder }: Copy, mutant: Mutant): () => void {
  const path = join(folder, mutant.file);
  const original = readFileSync(path, 'utf8');
  const mutated = mutate(original, mutant);
  writeFileSync(path, mutated);
  if (readFileSync(path, 'utf8') === original) throw new Error(`${mutant.id}: the copy does not differ`);
  return () => {
    writeFileSync(path, original);
  };
}

/** A file's text with the bug. Throws when there is not exactly one place for it, or nothing changes. */
export function mutate(text: string, { id, file, find, replace }: Mutant): string {
  const [before = '', after, ...more] = text.split(find);
  if (after === undefined) throw new Error(`${id}: ${file} does not hold \`${find}\``);
  if (more.length > 0) throw new Error(`${id}: ${file} holds \`${find}\` more than once`);
  if (find === replace) throw new Error(`${id}: nothing is replaced`);
  return `${before}${replace}${after}`;
}
