// Names of files as netpolc prints them → paths from the root of the repository.

/**
 * The path from the root, null for what is not in the compared tree: files of `base`, files elsewhere. `prefix` is the working
 * folder, with a `/` at its end unless it is empty.
 */
export function repositoryPath(name: string, prefix: string, base: string): string | null {
  const [, revision = null, path = name] = /^git:([^:]*):(.*)$/s.exec(name) ?? [];
  if (revision === base || path.startsWith('/') || /^[a-z]+:/i.test(path)) return null;
  const steps: string[] = [];
  for (const step of `${prefix}${path}`.split('/')) {
    if (step === '..' && steps.pop() === undefined) return null;
    if (step !== '' && step !== '.' && step !== '..') steps.push(step);
  }
  return steps.length === 0 ? null : steps.join('/');
}
