// Runs stations in network namespaces: writes the files, starts the script, reads what arrived.
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { Address } from '../net/address.ts';
import type { Engine, HostCommand } from '../target.ts';
import { commandScripts } from './command-script.ts';
import { runScript } from './namespaces.ts';
import { transportBytes } from './packet.ts';
import { prepareEngine } from './prepare-engine.ts';
import { parseSeen } from './seen.ts';
import {
  localSender,
  podLinks,
  sessionPrograms,
  sessionScript,
  type StageScript,
  type StationScript,
} from './session-script.ts';
import {
  createSentinelTuples,
  stageShots,
  type SentinelAddresses,
  type StageInput,
  type StageShots,
} from './stage-shots.ts';
import { links, type Topology } from './topology.ts';

/** One node with what is loaded on it, and the packets to send, stage by stage. */
export interface Station {
  /** For messages: `node n1`. */
  readonly label: string;
  readonly load: readonly HostCommand[];
  readonly ownAddresses: readonly Address[];
  readonly stages: readonly StageInput[];
}

/** The keys of all packets that got somewhere. */
export interface Seen {
  /** Through a node, out of any of its links. */
  readonly through: ReadonlySet<string>;
  /** Into a node's own stack. */
  readonly own: ReadonlySet<string>;
}

export interface SessionOptions {
  /** Every station's artifacts are for this engine. */
  readonly engine: Engine;
  readonly topology: Topology;
  readonly sentinels: SentinelAddresses;
}

/**
 * Sends every station's packets through its node, one station after another in the same namespaces. Tuples must be
 * distinct over all stations, also read backwards, so that no connection is mistaken for another. Needs root, or user
 * namespaces. A session that lost packets is held once more. Errors: NP7001, NP7040 to NP7042. Leaves nothing behind:
 * the namespaces end with the script, also when it is killed.
 */
export async function runSession(
  host: Host,
  stations: readonly Station[],
  options: SessionOptions,
): Promise<Outcome<Seen>> {
  const outcome = await holdSession(host, stations, options);
  const lost = outcome.diagnostics.some(({ code }) => code === 'NP7042');
  return lost ? holdSession(host, stations, options) : outcome;
}

async function holdSession(
  host: Host,
  stations: readonly Station[],
  { engine, topology, sentinels }: SessionOptions,
): Promise<Outcome<Seen>> {
  if (stations.length === 0) return { value: { through: new Set(), own: new Set() }, diagnostics: [] };
  const { value: prepared, diagnostics } = await prepareEngine(engine, host);
  if (prepared === null) return { value: null, diagnostics };
  const nextSentinel = createSentinelTuples(sentinels);
  const shots = stations.map(({ stages }) => stages.map((stage) => stageShots(stage, topology, nextSentinel)));
  const files = new Map<string, string | Uint8Array>();
  const scripts = stations.map((station, number) =>
    stationScript(files, withSentinelAddress(station, sentinels, shots[number] ?? []), number, shots[number] ?? []),
  );
  for (const [name, content] of prepared) files.set(`engine/${name}`, content);
  const [from, to] = sentinels;
  const setup = {
    topology,
    sentinels: [from, to] as const,
    attach: commandScripts(files, 'attach', engine.attach(podLinks), (index) => `attach-${index}`),
  };
  files.set('session.sh', sessionScript(setup, scripts));
  const sends = shots.flat().some(({ local }) => local.length > 0);
  const programs = [...sessionPrograms, ...(sends ? [localSender] : []), ...engine.programs];
  const labels = stations.map(({ label }) => label);
  return runScript(files, { programs, labels }, host, ({ folder }) => collect(host, folder, stations, shots));
}

/** The node answers to the address that sentinels to itself go to, where there are any. */
function withSentinelAddress(station: Station, [, , own]: SentinelAddresses, shots: readonly StageShots[]): Station {
  const isUsed = shots.some(({ ownSentinels }) => ownSentinels.length > 0);
  return isUsed ? { ...station, ownAddresses: [...station.ownAddresses, own] } : station;
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
  const load = commandScripts(files, `${number}-load`, station.load, (index) => `${number}-${index}`);
  const stages = station.stages.map(({ stage }, index): StageScript => {
    const { captures = [], local = [], last = [] } = shots[index] ?? {};
    return {
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
): Promise<Outcome<Seen>> {
  const seenBy = async (name: string): Promise<readonly string[]> =>
    parseSeen(await readText(host, `${folder}/seen-${name}.json`));
  const through = new Set((await Promise.all(links.map(seenBy))).flat());
  const own = new Set(await seenBy('own'));
  for (const [number, { label }] of stations.entries()) {
    const stages = shots[number] ?? [];
    const lost = [
      ...stages.flatMap(({ sentinels }) => sentinels.filter((key) => !through.has(key))),
      ...stages.flatMap(({ ownSentinels }) => ownSentinels.filter((key) => !own.has(key))),
    ].length;
    const sent = stages.reduce((sum, stage) => sum + stage.sentinels.length + stage.ownSentinels.length, 0);
    if (lost > 0) return failed(diagnose('NP7042', { station: label, lost, sent }, null));
  }
  return { value: { through, own }, diagnostics: [] };
}

async function readText(host: Host, path: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of host.read(path)) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

function failed(diagnostic: Diagnostic): Outcome<Seen> {
  return { value: null, diagnostics: [diagnostic] };
}
