// Loads artifacts one after another in namespaces of their own, and lists after each load what the kernel holds.
import { printText } from '../../src/diagnostics/text.ts';
import type { Host } from '../../src/host/host.ts';
import { commandLine, commandScripts } from '../../src/replay/command-script.ts';
import { announceStation, runScript, scriptHead } from '../../src/replay/namespaces.ts';
import { prepareEngine } from '../../src/replay/prepare-engine.ts';
import type { Artifact, Engine } from '../../src/target.ts';
import type { Listing, Reader } from './reader.ts';

/** Artifacts to load together. */
export interface Load {
  /** For messages. */
  readonly name: string;
  readonly artifacts: readonly Artifact[];
}

/**
 * One listing a load, in order: each replaces the one before. Throws when something fails, with what was said. Nothing
 * outlives the script.
 */
export async function listLoads(
  loads: readonly Load[],
  engine: Engine,
  reader: Reader,
  host: Host,
): Promise<readonly Listing[]> {
  const { value: prepared, diagnostics } = await prepareEngine(engine, host);
  if (prepared === null) throw new Error(printText(diagnostics, { color: false }));
  const files = new Map<string, string | Uint8Array>(
    [...prepared].map(([name, content]) => [`engine/${name}`, content]),
  );
  files.set('session.sh', script(files, loads, engine, reader));
  const labels = loads.map(({ name }) => name);
  const { value, diagnostics: problems } = await runScript(
    files,
    { programs: engine.programs, labels },
    host,
    async ({ folder }) => {
      const listings = loads.map((_, number) => readListing(number, folder, reader, host));
      return { value: await Promise.all(listings), diagnostics: [] };
    },
  );
  if (value === null) throw new Error(printText(problems, { color: false }));
  return value;
}

function script(
  files: Map<string, string | Uint8Array>,
  loads: readonly Load[],
  engine: Engine,
  reader: Reader,
): string {
  const lines = loads.flatMap(({ artifacts }, number) => {
    const load = commandScripts(files, `${number}-load`, engine.apply(artifacts), (index) => `${number}-${index}`);
    const lists = commandScripts(
      files,
      `${number}-list`,
      reader.list.map(({ argv }) => ({ argv, stdin: null })),
      () => `${number}-list`,
    );
    return [
      announceStation(number),
      ...load.map((each) => commandLine(each)),
      ...lists.map((each, index) => commandLine(each, outputFile(number, reader.list[index]?.name ?? ''))),
    ];
  });
  return [...scriptHead, 'ip link set lo up', ...lines, ''].join('\n');
}

async function readListing(number: number, folder: string, { list }: Reader, host: Host): Promise<Listing> {
  const outputs = list.map(
    async ({ name }) => [name, await readText(host, `${folder}/${outputFile(number, name)}`)] as const,
  );
  return new Map(await Promise.all(outputs));
}

function outputFile(number: number, name: string): string {
  return `${number}.${name}`;
}

async function readText(host: Host, path: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of host.read(path)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
