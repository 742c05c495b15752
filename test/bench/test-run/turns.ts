// The script of B-3's test runs: programs that run on captures, in turns.
import { ethernetFrame, pcapFile } from '../../../src/replay/pcap.ts';
import { reverse, tuplePacket, type Stage, type Tuple } from '../../../src/replay/packet.ts';
import { nodeMac, peerMac } from '../../../src/replay/topology.ts';
import type { KernelEngine } from '../../kit/kernel-engines.ts';
import { must } from '../../kit/must.ts';
import { boxLines, inBox, makeBox } from '../boxes.ts';
import { newFlows } from '../forwarding/new-flows.ts';
import { admittingNode, artifactsOf, firstPort, peerAddresses } from '../forwarding/node-world.ts';
import type { ScriptFiles } from '../machine.ts';
import { orderOf } from '../measure.ts';
import { loadBareProgram, runBareProgram } from './bare-program.ts';

/** What is run: the first packets of flows that nobody knows, the answers, and the first packets of answered flows. */
export type Stretch = 'new' | 'answers' | 'established';

/**
 * `pair`: many flows, each packet twice in a row; the first of the two finds no cache warm, and of `new` begins the
 * flow. Twice is the least that is timed. `row`: few flows, each packet a thousand times in a row.
 */
export type Pace = 'pair' | 'row';

const flows = 10_000;

/** What a stretch is called in the output. */
export function labelOf(stretch: Stretch, pace: Pace, peers: number): string {
  return `${stretch}-${pace}-${peers}`;
}

export const bareLabel = 'bare';

/** Prints what parse-runs.ts reads. */
export function testRunScript(
  by: KernelEngine,
  { rounds, peerCounts }: { readonly rounds: number; readonly peerCounts: readonly number[] },
  files: ScriptFiles,
): readonly string[] {
  const turns = [bareTurn(files), ...peerCounts.map((peers) => turn(by, peers, files))];
  return [
    'exec 3>&1',
    ...inBox,
    ...['bare', ...peerCounts.map(boxOf)].flatMap(makeBox),
    ...loadBareProgram('bare'),
    ...Array.from({ length: rounds + 1 }, (_, round) => [
      `echo "round ${round}" >&3`,
      ...orderOf(round, turns).flat(),
    ]).flat(),
  ];
}

function bareTurn(files: ScriptFiles): readonly string[] {
  const [packet] = newFlows(peerAddresses(1), firstPort, 1);
  files.set('frame', frameOf(must(packet), 'first'));
  return [announce(bareLabel), runBareProgram('bare', 'frame', repeats.row)];
}

const repeats: Readonly<Record<Pace, number>> = { pair: 2, row: 1000 };

/** Loads anew, so that no flow is known, and runs one stretch after the other. */
function turn({ engine, target }: KernelEngine, peers: number, files: ScriptFiles): readonly string[] {
  const addresses = peerAddresses(peers);
  const packets = newFlows(addresses, firstPort, flows);
  const load = engine.apply(artifactsOf(admittingNode([addresses]), target));
  const box = boxOf(peers);
  const capture: Readonly<Record<Stretch, readonly Uint8Array[]>> = {
    new: packets.map((packet) => frameOf(packet, 'first')),
    answers: packets.map((packet) => frameOf(reverse(packet), 'reply')),
    established: packets.map((packet) => frameOf(packet, 'first')),
  };
  const run = (stretch: Stretch, pace: Pace): readonly string[] => {
    const frames = pace === 'pair' ? capture[stretch] : capture[stretch].slice(0, 100);
    const command = must(engine.judgeCapture)(stretch === 'answers' ? 'from' : 'to', pcapFile(frames));
    const argv = [...command.argv, '--repeat', String(repeats[pace])] as const;
    return [
      announce(labelOf(stretch, pace, peers)),
      ...boxLines(files, { box, what: `${stretch}-${pace}`, output: '&3' }, [{ ...command, argv }]),
    ];
  };
  return [
    ...boxLines(files, { box, what: 'remove' }, engine.remove()),
    ...boxLines(files, { box, what: 'load' }, load),
    ...run('new', 'pair'),
    // A first packet is judged again until it is answered.
    ...run('new', 'row'),
    ...run('answers', 'pair'),
    ...run('established', 'pair'),
    ...run('established', 'row'),
  ];
}

function boxOf(peers: number): string {
  return `peers-${peers}`;
}

function announce(label: string): string {
  return `echo "turn ${label}" >&3`;
}

function frameOf(tuple: Tuple, stage: Stage): Uint8Array {
  return ethernetFrame(nodeMac('s'), peerMac('s'), tuplePacket(tuple, stage));
}
