// A network namespace with the reference datapath in it, for tests: maps go in, frames get verdicts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as assert from 'uvu/assert';
import { createRealHost } from '../../../src/host/real-host.ts';
import { pcapFile } from '../../../src/replay/pcap.ts';
import { must } from '../../kit/must.ts';
import { worldWith } from './datapath-world.ts';
import type { ArtifactFiles } from './hand-written-maps.ts';

const host = createRealHost();
/** Where `build.sh` stands. */
export const sources = resolve('targets/ebpf/datapath');

/** The namespace, its folder with `netpolc-datapath` in it, and what can be done there. */
export interface Lab {
  readonly folder: string;
  /** Runs a shell script in the folder and the namespace; throws when it fails. */
  readonly sh: (script: string) => Promise<string>;
  readonly write: (files: ArtifactFiles) => Promise<void>;
  /** Puts maps in force. */
  readonly load: (files: ArtifactFiles) => Promise<void>;
  /** What becomes of frames that a pod sends. */
  readonly from: (...frames: readonly Uint8Array[]) => Promise<readonly string[]>;
  /** What becomes of frames that are forwarded to a pod. */
  readonly to: (...frames: readonly Uint8Array[]) => Promise<readonly string[]>;
  /** The same for frames that the node itself sends. */
  readonly toFromNode: (...frames: readonly Uint8Array[]) => Promise<readonly string[]>;
}

/** The datapath is built once for all labs. */
const builds = new Map<string, Promise<string>>();

async function build(flags: string): Promise<string> {
  const folder = await host.makeTemporaryFolder();
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const argv = ['sh', '-c', `cd ${folder} && BPF_CFLAGS='${flags}' sh ${sources}/build.sh`] as const;
  const { exitCode, stderr } = await host.run({ argv, stdin: null });
  assert.is(exitCode, 0, stderr);
  return join(folder, 'netpolc-datapath');
}

function built(flags: string): Promise<string> {
  const program = builds.get(flags) ?? build(flags);
  builds.set(flags, program);
  return program;
}

/**
 * Namespaces whose first process reads a pipe. The pipe closes when this process ends, however it does, and with the
 * first process the kernel ends every other one in there.
 */
const namespaces = [
  'unshare',
  ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--', 'sh', '-c', 'echo; exec cat'],
] as const;

/** Makes a lab, hands it to `use`, and takes it away whatever happens. `flags` are for the BPF compiler. */
export async function inLab(use: (lab: Lab) => Promise<void>, flags = ''): Promise<void> {
  const datapath = await built(flags);
  const folder = await host.makeTemporaryFolder();
  const keeper = spawn(...namespaces, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(keeper, 'close');
  try {
    await once(keeper.stdout, 'data');
    const lab = labAt(folder, must(keeper.pid));
    await lab.sh(`ln -s ${datapath} . ; mount -t bpf bpf /sys/fs/bpf; ip link set lo up`);
    await use(lab);
  } finally {
    keeper.stdin.end();
    await ended;
    await host.remove(folder);
  }
}

/** Frames, what must become of each, and why. */
export type Cases = readonly (readonly [frame: Uint8Array, expect: 'pass' | 'drop', why: string])[];

/** Sends every case through one program in one go, so that a failure shows all that differ. */
export async function expect(send: Lab['from'], cases: Cases): Promise<void> {
  const seen = await send(...cases.map(([bytes]) => bytes));
  assert.equal(
    cases.map(([, , why], at) => `${seen[at]} ${why}`),
    cases.map(([, wanted, why]) => `${wanted} ${why}`),
  );
}

/** The same in a lab of its own, for cases that need no past. */
export async function verdicts(side: 'from' | 'to', cases: Cases, files = worldWith()): Promise<void> {
  await inLab(async (lab) => {
    await lab.load(files);
    await expect(lab[side], cases);
  });
}

function labAt(folder: string, pid: number): Lab {
  const sh = async (script: string): Promise<string> => {
    const enter = ['nsenter', `--target=${pid}`, '--net', '--mount', `--pid=/proc/${pid}/ns/pid_for_children`] as const;
    const argv = [...enter, 'sh', '-euc', `cd ${folder}\n${script}`] as const;
    const { exitCode, stdout, stderr } = await host.run({ argv, stdin: null });
    assert.is(exitCode, 0, `${script}\n${stdout}${stderr}`);
    return stdout;
  };
  const write = async (files: ArtifactFiles): Promise<void> => {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  };
  const run = async (how: string, frames: readonly Uint8Array[]): Promise<readonly string[]> => {
    await writeFile(join(folder, 'frames.pcap'), pcapFile(frames));
    const [side, ...options] = how.split(' ');
    return (await sh(`./netpolc-datapath run ${side} frames.pcap ${options.join(' ')}`)).trimEnd().split('\n');
  };
  return {
    folder,
    sh,
    write,
    load: async (files) => {
      await write(files);
      await sh('./netpolc-datapath load ./');
    },
    from: (...frames) => run('from', frames),
    to: (...frames) => run('to --ingress-ifindex 1', frames),
    toFromNode: (...frames) => run('to --ingress-ifindex 0', frames),
  };
}
