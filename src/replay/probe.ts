// One question to one node: a packet, and how it meets the node.
import { reverse, tuplePacket, type Stage, type Tuple } from './packet.ts';
import { ethernetFrame, type MacAddress } from './pcap.ts';
import { bridgeMac, nodeMac, peerMac, type Link, type Topology } from './topology.ts';

export interface Probe {
  readonly tuple: Tuple;
  /** `forward`: through the node. `input`: from a pod to the node itself. `output`: from the node itself to its pod. */
  readonly kind: 'forward' | 'input' | 'output';
  /** Which ends are pods of this node. */
  readonly sourceIsLocal: boolean;
  readonly destinationIsLocal: boolean;
}

/** A packet on its way: as a frame on a link, or handed to the node's own IP stack. */
export type Shot =
  | { readonly kind: 'frame'; readonly link: Link; readonly frame: Uint8Array }
  | { readonly kind: 'local'; readonly tuple: Tuple };

/** How the first packet of a probe is sent. */
export function aimFirst(probe: Probe, topology: Topology): Shot {
  if (probe.kind === 'output') return { kind: 'local', tuple: probe.tuple };
  if (topology === 'routed') return shot(probe.tuple, 'first', 's', nodeMac('s'));
  if (!probe.sourceIsLocal) return shot(probe.tuple, 'first', 'w', nodeMac('w'));
  const neighbour = probe.kind === 'forward' && probe.destinationIsLocal;
  return shot(probe.tuple, 'first', 's', neighbour ? peerMac('d') : bridgeMac);
}

/** How its reply is sent; null when the node itself would send it. */
export function aimReply(probe: Probe, topology: Topology): Shot | null {
  if (probe.kind === 'input') return null;
  const tuple = reverse(probe.tuple);
  if (topology === 'routed') return shot(tuple, 'reply', 'd', nodeMac('d'));
  if (!probe.destinationIsLocal) return shot(tuple, 'reply', 'w', nodeMac('w'));
  const neighbour = probe.kind === 'forward' && probe.sourceIsLocal;
  return shot(tuple, 'reply', 'd', neighbour ? peerMac('s') : bridgeMac);
}

/** Where a forwarded packet of a stage leaves the node when nothing stops it. */
export function exitOf(probe: Probe, topology: Topology, stage: Stage): Link {
  if (topology === 'routed') return stage === 'first' ? 'd' : 's';
  if (stage === 'first') return probe.destinationIsLocal ? 'd' : 'w';
  if (!probe.sourceIsLocal) return 'w';
  return probe.destinationIsLocal ? 's' : 'd';
}

function shot(tuple: Tuple, stage: Stage, link: Link, destination: MacAddress): Shot {
  return { kind: 'frame', link, frame: ethernetFrame(destination, peerMac(link), tuplePacket(tuple, stage)) };
}
