// All packets of one stage at one node: per link a capture file to send, with sentinels between the probes.
import { parseAddress, type Address } from '../net/address.ts';
import { reverse, tupleKey, type Stage, type Tuple } from './packet.ts';
import { pcapFile } from './pcap.ts';
import { aimFirst, aimReply, exitOf, type Probe } from './probe.ts';
import { links, type Link, type Topology } from './topology.ts';

export interface StageShots {
  readonly captures: readonly { readonly link: Link; readonly file: Uint8Array }[];
  /** Packets that the node itself sends. */
  readonly local: readonly Tuple[];
  /** Packets that nothing may stop: one that does not arrive was lost, and nothing can be said. */
  readonly sentinels: readonly string[];
  /** The same for what is sent to the node itself; empty when nothing is. */
  readonly ownSentinels: readonly string[];
  /** The last sentinel of each capture, and the link where it leaves the node. */
  readonly last: readonly { readonly tuple: Tuple; readonly exit: Link }[];
}

/** One sentinel after so many probes. */
const sentinelEvery = 100;

/** Addresses that belong to no pod: sentinels go from the first to the second, and to the third, which is the node's. */
export type SentinelAddresses = readonly [from: Address, to: Address, own: Address];

/** Picks three addresses of the benchmarking block 198.18.0.0/15 that are not taken. */
export function sentinelAddresses(isTaken: (address: Address) => boolean): SentinelAddresses {
  const free: Address[] = [];
  for (let low = 1; free.length < 3; low++) {
    const address = parseAddress(`198.19.255.${low}`);
    if (address === null) throw new Error('every sentinel address is taken');
    if (!isTaken(address)) free.push(address);
  }
  return [free[0] as Address, free[1] as Address, free[2] as Address];
}

/** Gives tuples for sentinels, a new one every time. */
export type SentinelTuples = (kind: 'forward' | 'input') => Tuple;

export function createSentinelTuples([source, far, own]: SentinelAddresses): SentinelTuples {
  let count = 0;
  return (kind) => {
    const destination = kind === 'forward' ? far : own;
    const [sourcePort, destinationPort] = [1024 + (count % 60_000), 7 + Math.floor(count / 60_000)];
    count++;
    return { source, destination, protocol: 'UDP', sourcePort, destinationPort };
  };
}

/** What a node is sent in one stage: probes, and frames made by hand for protocols without ports. */
export interface StageInput {
  readonly stage: Stage;
  readonly probes: readonly Probe[];
  readonly frames?: readonly { readonly link: Link; readonly frame: Uint8Array }[];
}

/** Aims every probe that has a packet in this stage. */
export function stageShots(
  { stage, probes, frames: byHand = [] }: StageInput,
  topology: Topology,
  nextSentinel: SentinelTuples,
): StageShots {
  const aim = stage === 'first' ? aimFirst : aimReply;
  const shots = probes.map((probe) => aim(probe, topology)).filter((shot) => shot !== null);
  const sentinels = createSentinels(topology, stage, nextSentinel);
  const captures = links.flatMap((link) => {
    const frames = [...shots, ...byHand].flatMap((shot) => ('frame' in shot && shot.link === link ? [shot.frame] : []));
    if (frames.length === 0) return [];
    const withSentinels = frames.flatMap((frame, index) =>
      index % sentinelEvery === 0 ? [sentinels.next(link), frame] : [frame],
    );
    const own =
      link === 's' && stage === 'first' && probes.some(({ kind }) => kind === 'input') ? [sentinels.own()] : [];
    return [{ link, file: pcapFile([...withSentinels, ...own, ...sentinels.end(link)]) }];
  });
  return {
    captures,
    local: shots.flatMap((shot) => (shot.kind === 'local' ? [shot.tuple] : [])),
    sentinels: sentinels.keys,
    ownSentinels: sentinels.ownKeys,
    last: sentinels.last,
  };
}

interface Sentinels {
  readonly keys: string[];
  readonly ownKeys: string[];
  readonly last: { readonly tuple: Tuple; readonly exit: Link }[];
  readonly next: (link: Link) => Uint8Array;
  /** One from a pod to the node itself. */
  readonly own: () => Uint8Array;
  /** One for every path that begins at the link. */
  readonly end: (link: Link) => readonly Uint8Array[];
}

function createSentinels(topology: Topology, stage: Stage, nextSentinel: SentinelTuples): Sentinels {
  const aim = stage === 'first' ? aimFirst : aimReply;
  const keys: string[] = [];
  const ownKeys: string[] = [];
  const last: { readonly tuple: Tuple; readonly exit: Link }[] = [];
  const paths =
    topology === 'routed'
      ? [bothLocal]
      : [bothLocal, { ...bothLocal, destinationIsLocal: false }, { ...bothLocal, sourceIsLocal: false }];
  const send = (
    path: Path,
    kind: 'forward' | 'input' = 'forward',
  ): { readonly probe: Probe; readonly link: Link; readonly frame: Uint8Array } => {
    const probe: Probe = { tuple: nextSentinel(kind), kind, ...path };
    const shot = aim(probe, topology);
    if (shot?.kind !== 'frame') throw new Error('a sentinel is always a frame');
    return { probe, ...shot };
  };
  const pathsFrom = (link: Link): readonly Path[] => paths.filter((path) => firstLink(path, topology, stage) === link);
  const note = ({ probe, frame }: ReturnType<typeof send>): Uint8Array => {
    keys.push(tupleKey(seenAs(probe, stage)));
    return frame;
  };
  return {
    keys,
    ownKeys,
    last,
    next: (link) => {
      const [path] = pathsFrom(link);
      if (path === undefined) throw new Error(`in stage ${stage} nothing is sent from link ${link}`);
      return note(send(path));
    },
    own: () => {
      const { probe, frame } = send({ sourceIsLocal: true, destinationIsLocal: false }, 'input');
      ownKeys.push(tupleKey(probe.tuple));
      return frame;
    },
    end: (link) =>
      pathsFrom(link).map((path) => {
        const sent = send(path);
        last.push({ tuple: seenAs(sent.probe, stage), exit: exitOf(sent.probe, topology, stage) });
        return note(sent);
      }),
  };
}

/** Where the packets of a path begin. */
function firstLink(path: Path, topology: Topology, stage: Stage): Link {
  if (topology === 'routed') return stage === 'first' ? 's' : 'd';
  if (stage === 'first') return path.sourceIsLocal ? 's' : 'w';
  return path.destinationIsLocal ? 'd' : 'w';
}

type Path = Pick<Probe, 'sourceIsLocal' | 'destinationIsLocal'>;

const bothLocal: Path = { sourceIsLocal: true, destinationIsLocal: true };

function seenAs(probe: Probe, stage: Stage): Tuple {
  return stage === 'first' ? probe.tuple : reverse(probe.tuple);
}
