// What the loader of the reference datapath left in the kernel, and how it failed.
import * as assert from 'uvu/assert';
import type { Lab } from './datapath-lab.ts';
import type { ArtifactFiles } from './hand-written-maps.ts';

/** The hashes of maps, one for each map of a generation. */
export const outerMaps = [
  ...['config', 'endpoints4', 'endpoints6', 'profiles', 'ports'],
  ...['peers4', 'peers6', 'blocks4', 'blocks6', 'members'],
];

/** What `bpftool map dump -j` prints of an entry; bytes as `0x…`. */
interface Entry {
  readonly key: readonly string[];
  readonly value: readonly string[];
}

const dump = async (lab: Lab, name: string): Promise<readonly Entry[]> =>
  JSON.parse(await lab.sh(`bpftool map dump pinned /sys/fs/bpf/netpolc/${name} -j`)) as readonly Entry[];

/** As a manifest writes it: bytes in the order of memory. */
const hex = (bytes: readonly string[]): string => bytes.map((byte) => byte.slice(2)).join('');

/** Numbers of the generations in each hash of maps. */
export async function generations(lab: Lab): Promise<readonly (readonly string[])[]> {
  const all: string[][] = [];
  for (const name of outerMaps) all.push((await dump(lab, name)).map(({ key }) => hex(key)));
  return all;
}

/** The number of the generation in force. */
export const activeGeneration = async (lab: Lab): Promise<string> =>
  (await dump(lab, 'active')).map(({ value }) => hex(value)).join();

/** The number that a manifest gives. */
export const generationOf = (files: ArtifactFiles): string => String(files['manifest']).split(/[ \n]/)[2] ?? '';

/** Fails when the script succeeds, or with another code; gives what it wrote. */
export async function failing(lab: Lab, script: string, exitCode: number): Promise<string> {
  const out = await lab.sh(`code=0; (${script}) > out 2>&1 || code=$?; cat out; echo "exit $code"`);
  assert.ok(out.endsWith(`exit ${exitCode}\n`), `${script}: ${out}`);
  return out;
}
