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

const peers = 100_000;
/** A link of the kind that pods have, in every box. */
const link = 'pod0';

/** B-4: every way to load every engine's artifacts, each time where nothing was loaded before; and the bulk loader's goal. */
export async function benchLoadTimes(rounds: number): Promise<readonly Result[]> {
  const files: ScriptFiles = new Map();
  const ir = admittingNode([peerAddresses(peers)]);
  const nothing = admittingNode([peerAddresses(1)]);
  const ways: Way[] = [];
  for (const by of kernelEngines) {
    for (const [name, content] of await prepared(by.engine)) files.set(`engine/${name}`, content);
    ways.push(...waysOf(by, artifactsOf(ir, by.target)));
    ways.push({ ...ownWay(by, artifactsOf(nothing, by.target)), name: `${by.engine.name} 1 peer` });
  }
  const times = parseTimes(await runScript(script(ways, rounds, files), files));
  const timesOf = (way: string): readonly number[] => must(times.get(way), way);
  const compare = (over: string, under: string, wanted: Result['wanted'] = null): Result => {
    const details = { overMs: median(timesOf(over)), underMs: median(timesOf(under)) };
    return {
      goal: 'B-4',
      what: `loading 100,000 peers: ${over} ÷ ${under}`,
      value: medianRatio(timesOf(over), timesOf(under)),
      wanted,
      details,
    };
  };
  return [
    ...ways.filter(({ name }) => name !== 'nftables').map(({ name }) => compare(name, 'nftables')),
    ...ways
      .filter(({ name }) => name.endsWith(batch))
      .map(({ name }) => compare(name, name.slice(0, -batch.length), atLeast(10))),
  ];
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
function parseTimes(stdout: string): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>();
  for (const [, ns, name = ''] of stdout.matchAll(/^(\d+) ns: (.*)$/gm)) {
    times.set(name, [...(times.get(name) ?? []), Number(ns) / 1e6]);
  }
  return times;
}
