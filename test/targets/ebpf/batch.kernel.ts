// The batch file and the raw files in bpftool's, the loader's and the kernel's hands: what is read back is what was emitted.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { emit } from '../../../src/compile.ts';
import { createRealHost } from '../../../src/host/real-host.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import type { Artifact } from '../../../src/target.ts';
import { ebpf } from '../../../targets/ebpf/index.ts';
import { caseNames, loadCase } from '../../golden/cases.ts';
import { compileCase } from '../../golden/expected-files.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { randomWorld } from '../../properties/random-world.ts';
import { prepareSubject } from '../../properties/subject.ts';
import { inLab, type Lab } from './datapath-lab.ts';
import { textOf } from './evaluate-maps.ts';

const host = createRealHost();
const folder = '/sys/fs/bpf/netpolc';

/** The permanent maps by hand: name, type of the inner map, key size, value size, flags. */
const permanent = [
  ...['config array 4 40 0', 'endpoints4 hash 4 12 0', 'endpoints6 hash 16 12 0', 'profiles hash 4 4 0'],
  ...['ports lpm_trie 12 4 1', 'peers4 hash 4 4 0', 'peers6 hash 16 4 0'],
  ...['blocks4 lpm_trie 8 4 1', 'blocks6 lpm_trie 20 4 1', 'members hash 8 4 0'],
].map((line) => line.split(' '));
const names = permanent.map(([name]) => must(name));

const prepare = [
  'mount -t bpf bpf /sys/fs/bpf',
  `mkdir ${folder}`,
  ...permanent.flatMap(([name, type, key, value, flags]) => [
    `bpftool map create ${folder}/example type ${type} key ${key} value ${value} entries 1 name ${name} flags ${flags}`,
    `bpftool map create ${folder}/${name} type hash_of_maps key 8 value 4 entries 8 name ${name} inner_map pinned ${folder}/example`,
    `rm ${folder}/example`,
  ]),
  `bpftool map create ${folder}/active type array key 4 value 8 entries 1 name active`,
].join('\n');

/** Dumps what stands in the permanent maps for the one generation that is there, into NAME.json each. */
const dump = names
  .flatMap((name) => [
    `bpftool -j map dump pinned ${folder}/${name} > ${name}.outer`,
    `id=$(sed 's/.*"value":\\["0x\\(..\\)","0x\\(..\\)","0x\\(..\\)","0x\\(..\\)"\\].*/0x\\4\\3\\2\\1/' ${name}.outer)`,
    `bpftool -j map dump id $(($id)) > ${name}.json`,
  ])
  .concat(`bpftool -j map dump pinned ${folder}/active > active.json`)
  .join('\n');

interface Entry {
  readonly key: readonly string[];
  readonly value: readonly string[];
}

/** Everything of a world that takes part: both families, blocks with holes, ranges of ports, all protocols. */
async function someIrs(): Promise<readonly (readonly [name: string, ir: Ir])[]> {
  const irs: (readonly [string, Ir])[] = [];
  for (const name of caseNames().filter((_, index) => index % 12 === 0)) {
    const { whole } = compileCase(await loadCase(name));
    if (whole !== null) irs.push([name, whole]);
  }
  for (const seed of [1, 2, 3, 4, 5, 6]) irs.push([`seed ${seed}`, (await prepareSubject(randomWorld(seed), 1)).ir]);
  return irs;
}

const emitted = (ir: Ir): readonly Artifact[] => must(emit(ir, ebpf, { version: 'test' }).value);

describe('the batch file', (test) => {
  test('fills the maps with exactly what maps.json says', async () => {
    for (const [name, ir] of await someIrs()) {
      const artifacts = emitted(ir);
      const dumped = await inBpf(`${prepare}\nbpftool batch file batch\n${dump}`, textOf(artifacts, 'bpftool'));
      compare(dumped, artifacts, name);
    }
  });
  test('does no harm when it runs twice, and runs again once its pins are gone', async () => {
    const [, ir] = must((await someIrs())[0]);
    const artifacts = emitted(ir);
    const twice = [
      prepare,
      'bpftool batch file batch',
      'if bpftool batch file batch 2> second; then exit 1; fi',
      'grep -q "File exists" second',
      dump,
    ].join('\n');
    compare(await inBpf(twice, textOf(artifacts, 'bpftool')), artifacts, 'twice');
    const cleaned = [prepare, 'bpftool batch file batch', `rm ${folder}/*-*`, dump].join('\n');
    compare(await inBpf(cleaned, textOf(artifacts, 'bpftool')), artifacts, 'cleaned');
    const again = [prepare, 'bpftool batch file batch', `rm ${folder}/*-*`, 'bpftool batch file batch', dump].join(
      '\n',
    );
    compare(await inBpf(again, textOf(artifacts, 'bpftool')), artifacts, 'again');
  });
  test('leaves the old generation in force when it is cut off before its last line', async () => {
    const [, ir] = must((await someIrs())[0]);
    const batch = textOf(emitted(ir), 'bpftool').trimEnd().split('\n').slice(0, -1).join('\n');
    const old =
      'bpftool map update pinned /sys/fs/bpf/netpolc/active key hex 00 00 00 00 value hex 07 00 00 00 00 00 00 00';
    const files = await inBpf([prepare, old, 'bpftool batch file batch', dump].join('\n'), `${batch}\n`);
    assert.equal(entriesOf(must(files.get('active.json')))[0]?.value[0], '0x07');
  });
});

describe('checking a batch file', (test) => {
  test('takes what is emitted, and nothing stays', async () => {
    for (const [name, ir] of await someIrs()) {
      const [command] = ebpf.check(emitted(ir));
      const { exitCode, stderr } = await host.run(must(command));
      assert.is(exitCode, 0, `${name}: ${stderr}`);
    }
    assert.not.ok(existsSync(folder), 'the check stays in its own bpf file system');
  });
  test('refuses a batch that the kernel or bpftool refuses', async () => {
    const [, ir] = must((await someIrs())[0]);
    const batch = textOf(emitted(ir), 'bpftool');
    const wrong = [
      batch.replace(' key 4 value 40 ', ' key 4 value 39 '),
      batch.replace(/key hex \S\S /, 'key hex '),
      batch.replace(/^map create (\S+)-members .*$/m, ''),
      `${batch}map make more\n`,
    ];
    for (const content of wrong) {
      assert.is.not(content, batch);
      const { exitCode } = await host.run(must(ebpf.check([{ suffix: 'bpftool', content }])[0]));
      assert.is.not(exitCode, 0, content);
    }
  });
});

describe('the raw files', (test) => {
  test('put into the kernel by the loader, they are what maps.json says', async () => {
    for (const [name, ir] of await someIrs()) {
      const artifacts = emitted(ir);
      await inLab(async (lab) => {
        await lab.load(rawFiles(artifacts));
        compare(await dumpLab(lab), artifacts, name);
      });
    }
  });
  test('the batch puts a generation in force beside one that the loader made', async () => {
    const [first, second] = (await someIrs()).map(([, ir]) => emitted(ir));
    await inLab(async (lab) => {
      await lab.load(rawFiles(must(first)));
      await lab.write({ batch: textOf(must(second), 'bpftool') });
      await lab.sh(`bpftool batch file batch\nrm ${folder}/*-*`);
      const [, generation = ''] = /^netpolc-maps 1 (\w+)/.exec(textOf(must(second), 'manifest')) ?? [];
      assert.match(await lab.sh('./netpolc-datapath status'), generation);
      // The next load takes the other one away.
      await lab.load(rawFiles(must(second)));
      compare(await dumpLab(lab), must(second), 'loaded after the batch');
    });
  });
});

function rawFiles(artifacts: readonly Artifact[]): Readonly<Record<string, string | Uint8Array>> {
  const raw = artifacts.filter(({ suffix, content }) => suffix === 'manifest' || content instanceof Uint8Array);
  return Object.fromEntries(raw.map(({ suffix, content }) => [suffix, content]));
}

/** Runs a script in namespaces of its own, with a bpf file system of its own. Gives the files that it left. */
async function inBpf(script: string, batch: string): Promise<ReadonlyMap<string, string>> {
  const place = await mkdtemp(join(tmpdir(), 'netpolc-batch-'));
  try {
    await writeFile(join(place, 'batch'), batch);
    await writeFile(join(place, 'script'), script);
    const argv = ['unshare', '--mount', '--net', 'sh', '-euc', `cd ${place}\n. ./script`] as const;
    const { exitCode, stdout, stderr } = await host.run({ argv, stdin: null });
    assert.is(exitCode, 0, stdout + stderr);
    return await filesIn(place);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function dumpLab(lab: Lab): Promise<ReadonlyMap<string, string>> {
  await lab.sh(dump);
  return filesIn(lab.folder);
}

async function filesIn(place: string): Promise<ReadonlyMap<string, string>> {
  const wanted = [...names, 'active'].map((name) => `${name}.json`);
  return new Map(
    await Promise.all(wanted.map(async (name) => [name, await readFile(join(place, name), 'utf8')] as const)),
  );
}

/** Holds dumps to maps.json, both sorted, and `active` to the manifest. */
function compare(dumped: ReadonlyMap<string, string>, artifacts: readonly Artifact[], where: string): void {
  const maps = JSON.parse(textOf(artifacts, 'maps.json')) as Readonly<Record<string, { entries: readonly Entry[] }>>;
  for (const name of names)
    assert.equal(entriesOf(must(dumped.get(`${name}.json`))), sorted(must(maps[name]).entries), `${where}: ${name}`);
  const [active] = entriesOf(must(dumped.get('active.json')));
  const generation = must(active)
    .value.map((byte) => byte.slice(2))
    .join('');
  assert.match(textOf(artifacts, 'manifest'), `netpolc-maps 1 ${generation}\n`);
}

function entriesOf(json: string): readonly Entry[] {
  return sorted(JSON.parse(json) as readonly Entry[]);
}

function sorted(entries: readonly Entry[]): readonly Entry[] {
  const plain = entries.map(({ key, value }) => ({ key, value }));
  return plain.sort((a, b) => (a.key.join() < b.key.join() ? -1 : 1));
}
