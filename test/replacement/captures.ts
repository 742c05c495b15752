// Captures that play the traffic: connections that begin, connections that go on, and one packet of every stream.
import { internetChecksum } from '../../src/replay/checksum.ts';
import { ipPacket, pseudoHeader, reverse, tuplePacket, type Tuple } from '../../src/replay/packet.ts';
import { ethernetFrame, pcapFile } from '../../src/replay/pcap.ts';
import { nodeMac, peerMac, type Link } from '../../src/replay/topology.ts';
import { connections, sentinel, steadyStreams, streamPorts, streams } from './streams.ts';

/** How many connections of a stream begin before source ports are used again. */
const rounds = 3000;

/** First packets of steady streams, every one from another source port, and between them what clients of connections say. */
export function steadyCapture(): Uint8Array {
  const said = connections.map(({ tuple }) => frame('s', saidInside(tuple, 'client')));
  const frames = Array.from({ length: rounds }, (_, round) => {
    const sourcePort = streamPorts.first + round;
    return [...steadyStreams.map(({ tuple }) => firstPacket({ ...tuple, sourcePort })), ...said];
  });
  return pcapFile(frames.flat());
}

/** What servers of connections say. */
export function replyCapture(): Uint8Array {
  return pcapFile(connections.map(({ tuple }) => frame('d', saidInside(tuple, 'server'))));
}

/** Every connection's first packet, and its answer. */
export function openingCaptures(): { readonly first: Uint8Array; readonly answer: Uint8Array } {
  return {
    first: pcapFile(connections.map(({ tuple }) => firstPacket(tuple))),
    answer: pcapFile(connections.map(({ tuple }) => frame('d', tuplePacket(reverse(tuple), 'reply')))),
  };
}

/** One first packet of every stream, from this source port, and the sentinel. */
export function probeCapture(sourcePort: number): Uint8Array {
  return pcapFile([...streams.map(({ tuple }) => tuple), sentinel].map((each) => firstPacket({ ...each, sourcePort })));
}

function firstPacket(tuple: Tuple): Uint8Array {
  return frame('s', tuplePacket(tuple, 'first'));
}

function frame(from: Link, packet: Uint8Array): Uint8Array {
  return ethernetFrame(nodeMac(from), peerMac(from), packet);
}

/** A packet in the middle of a connection: the same every time, which is what a sender that heard nothing says again. */
function saidInside(tuple: Tuple, by: 'client' | 'server'): Uint8Array {
  const own = by === 'client' ? tuple : reverse(tuple);
  if (own.protocol !== 'TCP') return tuplePacket(own, 'reply');
  return ipPacket(own.source, own.destination, 6, pushedSegment(own, by));
}

/** A TCP segment with four bytes, acknowledging nothing but the handshake. */
function pushedSegment(
  { source, destination, sourcePort, destinationPort }: Tuple,
  by: 'client' | 'server',
): Uint8Array {
  const segment = new Uint8Array(24);
  const view = new DataView(segment.buffer);
  const [sequence, acknowledged] = by === 'client' ? [1001, 2001] : [2001, 1001];
  view.setUint16(0, sourcePort);
  view.setUint16(2, destinationPort);
  view.setUint32(4, sequence);
  view.setUint32(8, acknowledged);
  view.setUint32(12, 0x5018faf0); // 20 bytes of header, PSH and ACK, a window of 64240
  view.setUint16(16, internetChecksum(pseudoHeader(source, destination, 6, segment.length), segment));
  return segment;
}
