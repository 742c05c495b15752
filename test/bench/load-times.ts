// B-4: how long it takes until the rules for 100,000 peers are in force.
import type { Artifact, HostCommand } from '../../src/target.ts';
import { kernelEngines, type KernelEngine } from '../kit/kernel-engines.ts';
import { must } from '../kit/must.ts';
import { boxLines, inBox, makeBox, removeBox } from './boxes.ts';
import { admittingNode, artifactsOf, peerAddresses } from './forwarding/node-world.ts';
import { prepared, runScript, type ScriptFiles } from './machine.ts';
import { median, medianRatio, orderOf } from './measure.ts';
import { atLeast, type Result } from './result.ts';

/** One way to load an engine's artifacts. */
interface Way {
  readonly name: string;
  /** Before the clock starts. */
  readonly before: readonly HostCommand[];
  readonly commands: readonly HostCommand[];
}

/** Milliseconds by the name of a way, one number a round. */
type Times = ReadonlyMap<string, readonly number[]>;

const peers = 100_000;
/** A link of the kind that pods have, in every box. */
const link = 'pod0';

/**
 * B-4: every way to load every engine's artifacts, each time where nothing was loaded before. The same with one peer
 * says what is spent whatever the size: programs that start, and waiting for the kernel.
 */
export async function benchLoadTimes(rounds: number): Promise<readonly Result[]> {
  const files: ScriptFiles = new Map();
  const [many, one] = [peers, 1].map((count) => admittingNode([peerAddresses(count)]));
  const ways: Way[] = [];
  for (const by of kernelEngines) {
    for (const [name, content] of await prepared(by.engine)) files.set(`engine/${name}`, content);
    ways.push(...waysOf(by, artifactsOf(must(many), by.target)));
    ways.push(
      ...waysOf(by, artifactsOf(must(one), by.target)).map((way) => ({ ...way, name: `${way.name}${onePeer}` })),
    );
  }
  const times = parseTimes(await runScript(script(ways, rounds, files), files));
  return [
    ...ways
      .filter(({ name }) => name !== reference)
      .map(({ name }) => compare(times, { what: `${name} ÷ ${reference}`, over: name, under: reference })),
    ...ways.filter(({ name }) => name.endsWith(batch)).flatMap(({ name }) => compareBatch(times, name)),
  ];
}

const onePeer = ', 1 peer only';
const reference = 'nftables';

/** The loader's goal; and without what both spend on one peer. */
function compareBatch(times: Times, name: string): readonly Result[] {
  const [over, under] = [name, name.slice(0, -batch.length)];
  const net = (way: string): readonly number[] => {
    const least = median(must(times.get(`${way}${onePeer}`)));
    return must(times.get(way)).map((time) => time - least);
  };
  const netTimes = new Map([over, under].map((way) => [way, net(way)]));
  return [
    compare(times, { what: `${over} ÷ ${under}`, over, under, wanted: atLeast(10) }),
    compare(netTimes, { what: `${over} ÷ ${under}, both less what 1 peer takes`, over, under }),
  ];
}

interface Comparison {
  readonly what: string;
  readonly over: string;
  readonly under: string;
  readonly wanted?: Result['wanted'];
}

function compare(times: Times, { what, over, under, wanted = null }: Comparison): Result {
  const [overMs, underMs] = [must(times.get(over)), must(times.get(under))];
  return {
    goal: 'B-4',
    what: `loading 100,000 peers: ${what}`,
    value: medianRatio(overMs, underMs),
    wanted,
    details: { overMs: median(overMs), underMs: median(underMs) },
  };
}

const batch = ', bpftool batch';

function waysOf(by: KernelEngine, artifacts: readonly Artifact[]): readonly Way[] {
  return [ownWay(by, artifacts), ...plainWays(by, artifacts)];
}

function ownWay({ engine }: KernelEngine, artifacts: readonly Artifact[]): Way {
  return { name: engine.name, before: engine.attach([link]), commands: engine.apply(artifacts) };
}

/** The same artifacts through programs that everybody has. */
function plainWays({ engine }: KernelEngine, artifacts: readonly Artifact[]): readonly Way[] {
  const textOf = (suffix: string): string =>
    must(
      artifacts.find((each) => each.suffix === suffix),
      suffix,
    ).content.toString();
  switch (engine.name) {
    case 'iptables':
    case 'iptables-legacy': {
      const variant = engine.name === 'iptables' ? 'nft' : 'legacy';
      const commands = [
        { argv: ['ipset', 'restore'], stdin: textOf('ipset') },
        { argv: [`iptables-${variant}-restore`, '--noflush'], stdin: textOf('v4.rules') },
        { argv: [`ip6tables-${variant}-restore`, '--noflush'], stdin: textOf('v6.rules') },
      ] as const;
      return [{ name: `${engine.name}, plain restore`, before: [], commands }];
    }
    case 'ebpf': {
      // The programs come first: they bring the permanent maps.
      const file = { name: 'maps', content: textOf('bpftool') };
      const command = { argv: ['bpftool', 'batch', 'file', file.name], stdin: null, files: [file] } as const;
      return [{ name: `${engine.name}${batch}`, before: engine.attach([link]), commands: [command] }];
    }
    default:
      return [];
  }
}

function script(ways: readonly Way[], rounds: number, files: ScriptFiles): readonly string[] {
  const turns = ways.map((way, index) => ({ way, lines: turn(way, `way-${index}`, files) }));
  return [
    'exec 3>&1',
    ...inBox,
    ...Array.from({ length: rounds + 1 }, (_, round) =>
      orderOf(round, turns).flatMap(({ way, lines }) => [
        ...lines,
        // The first round warms up.
        ...(round === 0 ? [] : [`echo "$(( ended - started )) ns: ${way.name}" >&3`]),
      ]),
    ).flat(),
  ];
}

function turn({ before, commands }: Way, box: string, files: ScriptFiles): readonly string[] {
  return [
    ...makeBox(box),
    `ip -n ${box} link add ${link} type veth peer name far`,
    ...boxLines(files, { box, what: 'before' }, before),
    'started=$(date +%s%N)',
    ...boxLines(files, { box, what: 'load' }, commands),
    'ended=$(date +%s%N)',
    ...removeBox(box),
  ];
}

/** `12345 ns: NAME` → milliseconds by name, one number a round. */
function parseTimes(stdout: string): Times {
  const times = new Map<string, number[]>();
  for (const [, ns, name = ''] of stdout.matchAll(/^(\d+) ns: (.*)$/gm)) {
    times.set(name, [...(times.get(name) ?? []), Number(ns) / 1e6]);
  }
  return times;
}
