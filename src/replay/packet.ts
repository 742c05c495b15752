// First packets and first replies as bytes: what a client and a server would send, with sound checksums.
import type { Address } from '../net/address.ts';
import { protocolNumber, type Protocol } from '../net/protocol.ts';
import { crc32c, internetChecksum } from './checksum.ts';

/** One direction of a connection; ports as in the packet. */
export interface Tuple {
  readonly source: Address;
  readonly destination: Address;
  readonly protocol: Protocol;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

export type Stage = 'first' | 'reply';

/** The same connection seen from the other end. */
export function reverse({ source, destination, protocol, sourcePort, destinationPort }: Tuple): Tuple {
  return {
    source: destination,
    destination: source,
    protocol,
    sourcePort: destinationPort,
    destinationPort: sourcePort,
  };
}

/** `tuple` as text: how packets are recognised where they arrive. Addresses as numbers, so notation does not matter. */
export function tupleKey(tuple: Tuple): string {
  const { source, destination, protocol, sourcePort, destinationPort } = tuple;
  return [source.words.join('.'), destination.words.join('.'), protocol, sourcePort, destinationPort].join(' ');
}

/** TCP SYN, UDP datagram or SCTP INIT; as a reply TCP SYN/ACK, UDP datagram or SCTP INIT ACK. The transport part only. */
export function transportBytes(tuple: Tuple, stage: Stage): Uint8Array {
  switch (tuple.protocol) {
    case 'TCP':
      return tcpSegment(tuple, stage);
    case 'UDP':
      return udpDatagram(tuple);
    case 'SCTP':
      return sctpPacket(tuple, stage);
  }
}

/** The IP packet around a transport part, hop limit 64. */
export function ipPacket(
  source: Address,
  destination: Address,
  nextHeader: number,
  payload: Uint8Array,
  hopLimit = 64,
): Uint8Array {
  return source.family === 'IPv4'
    ? ipv4Packet(source, destination, nextHeader, payload, hopLimit)
    : ipv6Packet(source, destination, nextHeader, payload, hopLimit);
}

/** The packet of a tuple, ready for a frame. */
export function tuplePacket(tuple: Tuple, stage: Stage): Uint8Array {
  const number = protocolNumber[tuple.protocol];
  return ipPacket(tuple.source, tuple.destination, number, transportBytes(tuple, stage));
}

/** The pseudo header that transport checksums begin with (RFC 9293, RFC 8200). */
export function pseudoHeader(source: Address, destination: Address, nextHeader: number, length: number): Uint8Array {
  return Uint8Array.of(...addressBytes(source), ...addressBytes(destination), ...word32(length), ...word32(nextHeader));
}

export function addressBytes(address: Address): readonly number[] {
  return address.words.flatMap(word32);
}

const initialSequence = 1000;
const initiateTag = 0x6e706330;

function tcpSegment(tuple: Tuple, stage: Stage): Uint8Array {
  const [sequence, acknowledged, flags] =
    stage === 'first' ? [initialSequence, 0, 0x02] : [2000, initialSequence + 1, 0x12];
  const segment = Uint8Array.of(
    ...word16(tuple.sourcePort),
    ...word16(tuple.destinationPort),
    ...word32(sequence),
    ...word32(acknowledged),
    ...[0x50, flags, ...word16(64240), 0, 0, 0, 0],
  );
  return withChecksum(segment, 16, tuple);
}

function udpDatagram(tuple: Tuple): Uint8Array {
  const ports = [...word16(tuple.sourcePort), ...word16(tuple.destinationPort)];
  return withChecksum(Uint8Array.of(...ports, 0, 12, 0, 0, 0x6e, 0x70, 0x63, 0x0a), 6, tuple);
}

function sctpPacket(tuple: Tuple, stage: Stage): Uint8Array {
  const [verificationTag, chunkType] = stage === 'first' ? [0, 1] : [initiateTag, 2];
  const packet = Uint8Array.of(
    ...word16(tuple.sourcePort),
    ...word16(tuple.destinationPort),
    ...word32(verificationTag),
    ...word32(0),
    ...[chunkType, 0, 0, 20],
    ...word32(initiateTag),
    ...word32(65536),
    ...[0, 1, 0, 1],
    ...word32(1),
  );
  new DataView(packet.buffer).setUint32(8, crc32c(packet), true);
  return packet;
}

function withChecksum(bytes: Uint8Array, at: number, { source, destination, protocol }: Tuple): Uint8Array {
  const head = pseudoHeader(source, destination, protocolNumber[protocol], bytes.length);
  const sum = internetChecksum(head, bytes);
  new DataView(bytes.buffer).setUint16(at, protocol === 'UDP' && sum === 0 ? 0xffff : sum);
  return bytes;
}

function ipv4Packet(
  source: Address,
  destination: Address,
  protocol: number,
  payload: Uint8Array,
  hopLimit: number,
): Uint8Array {
  const header = Uint8Array.of(
    ...[0x45, 0, ...word16(20 + payload.length), 0, 0, 0, 0, hopLimit, protocol, 0, 0],
    ...addressBytes(source),
    ...addressBytes(destination),
  );
  new DataView(header.buffer).setUint16(10, internetChecksum(header));
  return Uint8Array.of(...header, ...payload);
}

function ipv6Packet(
  source: Address,
  destination: Address,
  nextHeader: number,
  payload: Uint8Array,
  hopLimit: number,
): Uint8Array {
  const fixed = [0x60, 0, 0, 0, ...word16(payload.length), nextHeader, hopLimit];
  return Uint8Array.of(...fixed, ...addressBytes(source), ...addressBytes(destination), ...payload);
}

function word16(value: number): readonly number[] {
  return [(value >>> 8) & 255, value & 255];
}

function word32(value: number): readonly number[] {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
