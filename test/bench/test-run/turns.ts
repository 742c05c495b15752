// The script of B-3: programs that run on captures, in turns.
import { ethernetFrame, pcapFile } from '../../../src/replay/pcap.ts';
import { reverse, tuplePacket, type Stage, type Tuple } from '../../../src/replay/packet.ts';
import { nodeMac, peerMac } from '../../../src/replay/topology.ts';
import type { CapturePoint } from '../../../src/target.ts';
import type { KernelEngine } from '../../kit/kernel-engines.ts';
import { must } from '../../kit/must.ts';
import { boxLines, inBox, makeBox } from '../boxes.ts';
import { newFlows } from '../forwarding/new-flows.ts';
import { admittingNode, artifactsOf, firstPort, peerAddresses } from '../forwarding/node-world.ts';
import type { ScriptFiles } from '../machine.ts';
import { orderOf } from '../measure.ts';
import { loadBareProgram, runBareProgram } from './bare-program.ts';

/**
 * What is measured. `new`: every packet is the first of another flow, from another peer. `established`: the same flows,
 * now that they were answered. `again`: few first packets a thousand times each, so that everything is in the caches.
 */
export type Kind = 'new' | 'established' | 'again';

const flows = 10_000;

/** What a turn of that kind is called in the output. */
export function labelOf(kind: Kind | 'replies', peers: number): string {
  return `${kind}-${peers}`;
}

/** Prints what parse-runs.ts reads. The bare program's label is `bare`. */
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
  return [announce('bare'), runBareProgram('bare', 'frame', 100_000)];
}

/** Loads anew, so that no connection is known, and runs one kind after the other. */
function turn({ engine, target }: KernelEngine, peers: number, files: ScriptFiles): readonly string[] {
  const addresses = peerAddresses(peers);
  const packets = newFlows(addresses, firstPort, flows);
  const load = engine.apply(artifactsOf(admittingNode([addresses]), target));
  const box = boxOf(peers);
  const run = (kind: Kind | 'replies', capture: Capture): readonly string[] => {
    const command = must(engine.judgeCapture)(capture.point, capture.bytes);
    const argv = [...command.argv, '--repeat', String(capture.repeat)] as const;
    return [
      announce(labelOf(kind, peers)),
      ...boxLines(files, { box, what: kind, output: '&3' }, [{ ...command, argv }]),
    ];
  };
  const first = pcapFile(packets.map((packet) => frameOf(packet, 'first')));
  const replies = pcapFile(packets.map((packet) => frameOf(reverse(packet), 'reply')));
  const few = pcapFile(packets.slice(0, 100).map((packet) => frameOf(packet, 'first')));
  return [
    ...boxLines(files, { box, what: 'remove' }, engine.remove()),
    ...boxLines(files, { box, what: 'load' }, load),
    // Twice is the least that is timed; a first packet is judged again until it is answered.
    ...run('new', { point: 'to', bytes: first, repeat: 2 }),
    ...run('again', { point: 'to', bytes: few, repeat: 1000 }),
    ...run('replies', { point: 'from', bytes: replies, repeat: 2 }),
    ...run('established', { point: 'to', bytes: first, repeat: 2 }),
  ];
}

interface Capture {
  readonly point: CapturePoint;
  readonly bytes: Uint8Array;
  readonly repeat: number;
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
