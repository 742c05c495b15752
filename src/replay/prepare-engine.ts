// What an engine makes ready before anything else, such as a program built from source: made once, handed to every session.
import { getOrMake } from '../collections/get-or-make.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { Engine, HostCommand } from '../target.ts';
import { whyFailed } from './namespaces.ts';

/** Files by name; they stand in the folder around those in which the engine's other commands run. */
export type PreparedFiles = ReadonlyMap<string, Uint8Array>;

const known = new WeakMap<Host, Map<Engine, Promise<Outcome<PreparedFiles>>>>();

/**
 * Runs the engine's `prepare` commands in a folder and gives the files that are there afterwards. Once for every host.
 * Errors: NP7001 for a missing program, NP7041 with its words for one that fails.
 */
export function prepareEngine(engine: Engine, host: Host): Promise<Outcome<PreparedFiles>> {
  const ofHost = getOrMake(known, host, () => new Map<Engine, Promise<Outcome<PreparedFiles>>>());
  return getOrMake(ofHost, engine, () => prepare(engine, host));
}

async function prepare(engine: Engine, host: Host): Promise<Outcome<PreparedFiles>> {
  const commands = engine.prepare();
  if (commands.length === 0) return { value: new Map(), diagnostics: [] };
  const folder = await host.makeTemporaryFolder();
  try {
    for (const command of commands) {
      const { exitCode, stderr } = await runIn(folder, command, host);
      if (exitCode === 0) continue;
      const labels = [`the preparation of ${engine.name}`];
      const said = { programs: engine.programs, labels, stderr: `station 0\n${stderr}` };
      return { value: null, diagnostics: [await whyFailed(host, said)] };
    }
    const names = await host.list(folder);
    const files = await Promise.all(
      names.map(async (name) => [name, await readAll(host, `${folder}/${name}`)] as const),
    );
    return { value: new Map(files), diagnostics: [] };
  } finally {
    await host.remove(folder);
  }
}

async function runIn(folder: string, { argv, stdin, files = [] }: HostCommand, host: Host): ReturnType<Host['run']> {
  for (const { name, content } of files) await (await host.stage(`${folder}/${name}`, content)).commit();
  return host.run({ argv: ['sh', '-c', 'cd "$1" && shift && exec "$@"', 'sh', folder, ...argv], stdin });
}

async function readAll(host: Host, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of host.read(path)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
