// Plays captures: the steady traffic in the background, and probes with their answers.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '../../src/host/host.ts';
import { tupleKey } from '../../src/replay/packet.ts';
import type { Link } from '../../src/replay/topology.ts';
import { openingCaptures, probeCapture, replyCapture, steadyCapture } from './captures.ts';
import { droppedByMachine, forgetProbes, readCounts, readProbes } from './observed.ts';
import { start, type Running } from './processes.ts';
import { probePorts } from './setup.ts';
import { sentinel, streams } from './streams.ts';

/** Packets a second: enough that a gap of a tenth of a millisecond is seen, little enough for a shared machine. */
const rates = { steady: 10_000, replies: 2_000 } as const;

/** Opens the connections, then sends without a pause. The function that is returned ends it once all has arrived. */
export async function startTraffic(host: Host, folder: string): Promise<() => Promise<void>> {
  const { first, answer } = openingCaptures();
  await play(folder, 's', first);
  await play(folder, 'd', answer);
  const steady = await replay(folder, 's', 'steady', steadyCapture(), endless(rates.steady));
  const replies = await replay(folder, 'd', 'replies', replyCapture(), endless(rates.replies));
  while ((await totalSent(host)) < 1000) await sleep(20);
  return async () => {
    for (const { pid, ended } of [steady, replies]) {
      process.kill(pid, 'SIGINT');
      await ended;
    }
    await arrival(host);
  };
}

/** Which streams let a first packet pass now, by name. Every call begins connections that there never were. */
export type Probe = () => Promise<ReadonlySet<string>>;

export function createProbe(host: Host, folder: string): Probe {
  let sourcePort: number = probePorts.first;
  return async () => {
    const port = sourcePort++;
    await forgetProbes(host);
    await play(folder, 's', probeCapture(port));
    for (let tries = 0; ; tries++) {
      const seen = await readProbes(host);
      const passed = streams.filter(({ tuple }) => seen.has(tupleKey({ ...tuple, sourcePort: port })));
      if (seen.has(tupleKey({ ...sentinel, sourcePort: port }))) return new Set(passed.map(({ name }) => name));
      if (tries === 100) throw new Error(`the sentinel was lost (${await droppedByMachine(host)} dropped)`);
      await sleep(20);
    }
  };
}

function endless(perSecond: number): readonly string[] {
  return ['--preload-pcap', '--loop', '0', '--pps', String(perSecond)];
}

async function play(folder: string, link: Link, capture: Uint8Array): Promise<void> {
  const { exitCode } = await (await replay(folder, link, 'once', capture, ['--topspeed'])).ended;
  if (exitCode !== 0) throw new Error(`tcpreplay ended with ${exitCode}`);
}

async function replay(
  folder: string,
  link: Link,
  name: string,
  capture: Uint8Array,
  options: readonly string[],
): Promise<Running> {
  const file = join(folder, `${name}.pcap`);
  await writeFile(file, capture);
  const argv = ['ip', 'netns', 'exec', link, 'tcpreplay', '--quiet', ...options, '--intf1', 'peer', file];
  return start(argv, { folder, stdin: null, output: join(folder, `${name}.output`) });
}

async function totalSent(host: Host): Promise<number> {
  return total((await readCounts(host)).sent);
}

/** Waits until no counter moves any more. */
async function arrival(host: Host): Promise<void> {
  for (let before = -1, now = 0; now !== before;) {
    await sleep(100);
    [before, now] = [now, total((await readCounts(host)).arrived)];
  }
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
