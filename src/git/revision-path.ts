// `git:REVISION:PATH`, how files of a git revision are named on the command line and in diagnostics.

/** `main` and `policies/` of `git:main:policies/`. */
export interface RevisionPath {
  /** Never empty, and without `:`. */
  readonly revision: string;
  /** From the root of the repository, or from the working folder when it begins with `./` or `../`; empty is the root. */
  readonly path: string;
}

/** Whether a word on the command line means a git revision. A file on the disk with such a name is `./git:…`. */
export function isRevisionPath(text: string): boolean {
  return text.startsWith('git:');
}

/** Takes `git:REVISION:PATH` apart at its first two colons; null when one of them or the revision is lacking. */
export function parseRevisionPath(text: string): RevisionPath | null {
  const [, revision, path] = /^git:([^:]+):(.*)$/s.exec(text) ?? [];
  return revision === undefined || path === undefined ? null : { revision, path };
}

/**
 * The steps from the root of the repository to a path, as `git show REVISION:PATH` takes it; null when it leads out of
 * the repository. `prefix` is the working folder: empty, or steps with a `/` behind each.
 */
export function stepsFromRoot(path: string, prefix: string): readonly string[] | null {
  const steps = path.replace(/\/+$/, '').split('/');
  if (!isFromWorkingFolder(path)) return path === '' ? [] : steps;
  const trail = prefix.split('/').slice(0, -1);
  for (const step of steps) {
    if (step === '..' && trail.pop() === undefined) return null;
    if (step !== '' && step !== '.' && step !== '..') trail.push(step);
  }
  return trail;
}

/** Whether git takes a path from the working folder. */
export function isFromWorkingFolder(path: string): boolean {
  return /^\.\.?\//.test(path);
}
