// Runs stations in network namespaces: writes the files, starts the script, reads what arrived.
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { Address } from '../net/address.ts';
import type { HostCommand } from '../target.ts';
import { transportBytes, type Stage } from './packet.ts';
import { parseSeen } from './seen.ts';
import { localSender, sessionPrograms, sessionScript, type StageScript, type StationScript } from './session-script.ts';
import { stageShots, type SentinelAddresses, type StageInput, type StageShots } from './stage-shots.ts';
import { links, type Topology } from './topology.ts';

/** One node with what is loaded on it, and the packets to send, stage by stage. */
export interface Station {
  /** For messages: `node n1`. */
  readonly label: string;
  readonly load: readonly HostCommand[];
  readonly ownAddresses: readonly Address[];
  readonly stages: readonly StageInput[];
}

/** The keys of the packets that got somewhere in one stage. */
export interface StageSeen {
  /** Through the node, out of any of its links. */
  readonly through: ReadonlySet<string>;
  /** Into the node's own stack. */
  readonly own: ReadonlySet<string>;
}

/** For every stage of a station what was seen. */
export type Seen = readonly StageSeen[];

export interface SessionOptions {
  readonly topology: Topology;
  readonly sentinels: SentinelAddresses;
}

/**
 * Sends every station's packets through its node, one station after another in the same namespaces, connection tracking
 * emptied in between. Needs root, or user namespaces. Errors: NP7001, NP7040 to NP7042. Leaves nothing behind: the
 * namespaces end with the script, also when it is killed.
 */
export async function runSession(
  host: Host,
  stations: readonly Station[],
  { topology, sentinels }: SessionOptions,
): Promise<Outcome<readonly Seen[]>> {
  if (stations.length === 0) return { value: [], diagnostics: [] };
  const shots = stations.map(({ stages }) => stages.map((stage) => stageShots(stage, topology, sentinels)));
  const files = new Map<string, string | Uint8Array>();
  const scripts = stations.map((station, number) => stationScript(files, station, number, shots[number] ?? []));
  files.set('session.sh', sessionScript(topology, scripts));
  const folder = await host.makeTemporaryFolder();
  try {
    for (const [name, content] of files) await (await host.stage(`${folder}/${name}`, content)).commit();
    const result = await host.run({ argv: inNamespaces(host, `${folder}/session.sh`), stdin: null });
    if (result.exitCode !== 0) return failed(await whyFailed(host, stations, shots.flat(), result.stderr));
    return await collect(host, folder, stations, shots);
  } finally {
    await host.remove(folder);
  }
}

/** A root user's own namespaces, or, for others, those of a user namespace in which they are root. */
function inNamespaces(host: Host, script: string): HostCommand['argv'] {
  const user = host.uid === 0 ? [] : ['--user', '--map-root-user'];
  return ['unshare', ...user, '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', script];
}

/** Adds a station's files and says how the script uses them. */
function stationScript(
  files: Map<string, string | Uint8Array>,
  station: Station,
  number: number,
  shots: readonly StageShots[],
): StationScript {
  const add = (name: string, content: string | Uint8Array): string => {
    files.set(`${number}-${name}`, content);
    return `${number}-${name}`;
  };
  const load = station.load.map(({ argv, stdin }, index) => ({
    argv,
    stdin: stdin === null ? null : add(`load-${index}`, stdin),
  }));
  const stages = station.stages.map(({ stage }, index): StageScript => {
    const { captures = [], local = [], last = [] } = shots[index] ?? {};
    return {
      stage,
      captures: captures.map(({ link, file }) => ({ link, file: add(`${stage}-${link}.pcap`, file) })),
      local: local.map((tuple, each) => ({ tuple, file: add(`${stage}-own-${each}`, transportBytes(tuple, stage)) })),
      last,
    };
  });
  return { number, load, ownAddresses: station.ownAddresses, stages };
}

async function collect(
  host: Host,
  folder: string,
  stations: readonly Station[],
  shots: readonly (readonly StageShots[])[],
): Promise<Outcome<readonly Seen[]>> {
  const all: Seen[] = [];
  for (const [number, { label, stages }] of stations.entries()) {
    const seen = await Promise.all(stages.map(({ stage }) => readSeen(host, folder, number, stage)));
    const expected = stages.flatMap((_, index) =>
      (shots[number]?.[index]?.sentinels ?? []).map((key) => seen[index]?.through.has(key) === true),
    );
    const lost = expected.filter((arrived) => !arrived).length;
    if (lost > 0) return failed(diagnose('NP7042', { station: label, lost, sent: expected.length }, null));
    all.push(seen);
  }
  return { value: all, diagnostics: [] };
}

async function readSeen(host: Host, folder: string, number: number, stage: Stage): Promise<StageSeen> {
  const seenBy = async (name: string): Promise<readonly string[]> =>
    parseSeen(await readText(host, `${folder}/seen-${number}-${stage}-${name}.json`));
  const through = await Promise.all(links.map(seenBy));
  return { through: new Set(through.flat()), own: new Set(await seenBy('own')) };
}

async function readText(host: Host, path: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of host.read(path)) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** A missing program, namespaces that may not be made, or artifacts that were refused, told from the script's last words. */
async function whyFailed(
  host: Host,
  stations: readonly Station[],
  shots: readonly StageShots[],
  stderr: string,
): Promise<Diagnostic> {
  const needed = shots.some(({ local }) => local.length > 0) ? [...sessionPrograms, localSender] : sessionPrograms;
  for (const program of needed) {
    const { exitCode } = await host.run({ argv: ['sh', '-c', `command -v ${program}`], stdin: null });
    if (exitCode !== 0) return diagnose('NP7001', { program }, null);
  }
  const at = /.*^station (\d+)$/ms.exec(stderr)?.[1];
  const words = stderr.replace(/^station \d+$/gm, '').trim();
  if (at === undefined) return diagnose('NP7040', { reason: words }, null);
  return diagnose('NP7041', { station: stations[Number(at)]?.label ?? at, reason: words }, null);
}

function failed(diagnostic: Diagnostic): Outcome<readonly Seen[]> {
  return { value: null, diagnostics: [diagnostic] };
}
