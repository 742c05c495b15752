// Files of the action's own, and those by which the runner is told things.
import { isSystemError } from '../host/system-error.ts';
import type { Host } from '../host/host.ts';

/** The text of a file; null when there is none. */
export async function readTextFile(path: string, host: Host): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of host.read(path)) chunks.push(chunk);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return null;
    throw error;
  }
  return Buffer.concat(chunks).toString();
}

export async function writeTextFile(path: string, content: string, host: Host): Promise<void> {
  const staged = await host.stage(path, content);
  await staged.commit();
}

/** Adds to a file that the runner has named in a variable; nothing outside of a workflow. */
export async function tellRunner(
  variable: 'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY',
  text: string,
  host: Host,
): Promise<void> {
  const path = host.env(variable) ?? '';
  if (path === '' || text === '') return;
  await writeTextFile(path, `${(await readTextFile(path, host)) ?? ''}${text}`, host);
}
