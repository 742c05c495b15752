// Task: one world replaces the other again and again while traffic goes on.
import type { Host } from '../../src/host/host.ts';
import { load, type Staged } from './loader.ts';
import { droppedByMachine, readCounts, type Counts } from './observed.ts';
import { connections, steadyStreams } from './streams.ts';
import { startTraffic } from './traffic.ts';
import { otherWorld, type WorldName } from './worlds.ts';

export interface TrafficReport {
  readonly replacements: number;
  readonly loadMs: { readonly median: number; readonly longest: number };
  /** First packets that every world allows, and how many of them did not arrive. */
  readonly allowed: { readonly sent: number; readonly lost: number };
  /** First packets that no world allows, and how many of them arrived. */
  readonly denied: { readonly sent: number; readonly leaked: number };
  /** Packets of connections and their replies, and how many of them did not arrive. */
  readonly established: { readonly sent: number; readonly lost: number };
  /** The fewest packets that any stream or connection sent. */
  readonly fewestSent: number;
  /** Where packets went astray: `allow-server1-IPv4-TCP: 1998 of 2000`. */
  readonly astray: readonly string[];
  /** Dropped by links of a busy machine: when there are any, `lost` says nothing about rules. */
  readonly droppedByMachine: number;
}

/** World P is loaded. */
export async function replaceUnderTraffic(
  host: Host,
  folder: string,
  replacementOf: Readonly<Record<WorldName, Staged>>,
  replacements: number,
): Promise<TrafficReport> {
  const droppedBefore = await droppedByMachine(host);
  const stop = await startTraffic(host, folder);
  const times: number[] = [];
  let inForce: WorldName = 'P';
  for (let done = 0; done < replacements; done++) {
    inForce = otherWorld(inForce);
    const began = performance.now();
    await load(replacementOf[inForce]);
    times.push(performance.now() - began);
  }
  await stop();
  const dropped = (await droppedByMachine(host)) - droppedBefore;
  return { ...reportOf(await readCounts(host)), ...summary(times), droppedByMachine: dropped };
}

function reportOf(counts: Counts): Omit<TrafficReport, 'replacements' | 'loadMs' | 'droppedByMachine'> {
  const allowed = namesOf((worlds) => worlds === 2);
  const denied = namesOf((worlds) => worlds === 0);
  const established = connections.flatMap(({ name }) => [name, `${name}-reply`]);
  const all = [...allowed, ...denied, ...established];
  const lost = (names: readonly string[]) => sum(counts.sent, names) - sum(counts.arrived, names);
  return {
    allowed: { sent: sum(counts.sent, allowed), lost: lost(allowed) },
    denied: { sent: sum(counts.sent, denied), leaked: sum(counts.arrived, denied) },
    established: { sent: sum(counts.sent, established), lost: lost(established) },
    fewestSent: Math.min(...all.map((name) => counts.sent.get(name) ?? 0)),
    astray: all.flatMap((name) => astray(counts, name, denied.includes(name))),
  };
}

function astray({ sent, arrived }: Counts, name: string, isDenied: boolean): readonly string[] {
  const [left, came] = [sent.get(name) ?? 0, arrived.get(name) ?? 0];
  return came === (isDenied ? 0 : left) ? [] : [`${name}: ${came} of ${left} arrived`];
}

function namesOf(isMeant: (worlds: number) => boolean): readonly string[] {
  return steadyStreams.filter(({ allowedIn }) => isMeant(allowedIn.length)).map(({ name }) => name);
}

function sum(counts: ReadonlyMap<string, number>, names: readonly string[]): number {
  return names.reduce((total, name) => total + (counts.get(name) ?? 0), 0);
}

function summary(times: readonly number[]): Pick<TrafficReport, 'replacements' | 'loadMs'> {
  const sorted = [...times].sort((a, b) => a - b);
  const median = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
  return { replacements: times.length, loadMs: { median, longest: Math.round(sorted.at(-1) ?? 0) } };
}
