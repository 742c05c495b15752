// Frames for tests of the datapath, down to what no honest stack sends.
import { internetChecksum } from '../../../src/replay/checksum.ts';
import { bytesOf } from './hand-written-maps.ts';

const word16 = (value: number): readonly number[] => [(value >>> 8) & 255, value & 255];
const word32 = (value: number): readonly number[] => [...word16(value >>> 16), ...word16(value & 0xffff)];

export const protocol = { icmp: 1, igmp: 2, tcp: 6, udp: 17, gre: 47, esp: 50, ah: 51, icmp6: 58, sctp: 132 } as const;

/** A header in front of the transport header. */
export type Extension = 'hop-by-hop' | 'routing' | 'destination' | 'authentication';

export interface IpOptions {
  /** IPv4: 32-bit words of options. */
  readonly options?: number;
  /** IPv6. */
  readonly extensions?: readonly Extension[];
  readonly id?: number;
  /** Bytes of the fragment's offset. With it (also 0) the packet is a fragment. */
  readonly offset?: number;
  readonly moreFragments?: boolean;
}

/** An IP packet. */
export function ip(
  source: string,
  destination: string,
  nextHeader: number,
  payload: readonly number[],
  options: IpOptions = {},
): readonly number[] {
  const make = source.includes(':') ? ip6 : ip4;
  return make(source, destination, nextHeader, payload, options);
}

function ip4(
  source: string,
  destination: string,
  nextHeader: number,
  payload: readonly number[],
  { options = 0, id = 0, offset = 0, moreFragments = false }: IpOptions,
): readonly number[] {
  const length = 20 + options * 4;
  const header = [
    ...[0x45 + options, 0, ...word16(length + payload.length), ...word16(id)],
    ...word16((offset >> 3) | (moreFragments ? 0x2000 : 0)),
    ...[64, nextHeader, 0, 0, ...bytesOf(source), ...bytesOf(destination)],
    ...new Array<number>(options * 4).fill(1),
  ];
  return [
    ...header.slice(0, 10),
    ...word16(internetChecksum(Uint8Array.from(header))),
    ...header.slice(12),
    ...payload,
  ];
}

const extensionNumbers: Readonly<Record<Extension, number>> = {
  'hop-by-hop': 0,
  routing: 43,
  destination: 60,
  authentication: 51,
};

function ip6(
  source: string,
  destination: string,
  nextHeader: number,
  payload: readonly number[],
  { extensions = [], id = 0, offset, moreFragments = false }: IpOptions,
): readonly number[] {
  const isFragment = offset !== undefined || moreFragments;
  const fragmentBits = (offset ?? 0) | (moreFragments ? 1 : 0);
  let next = nextHeader;
  let body = payload;
  if (isFragment) {
    body = [next, 0, ...word16(fragmentBits), ...word32(id), ...body];
    next = 44;
  }
  for (const extension of [...extensions].reverse()) {
    body = [...extensionBytes(extension, next), ...body];
    next = extensionNumbers[extension];
  }
  return [0x60, 0, 0, 0, ...word16(body.length), next, 64, ...bytesOf(source), ...bytesOf(destination), ...body];
}

/** Sixteen bytes, so that every way of counting the length is met. */
function extensionBytes(extension: Extension, next: number): readonly number[] {
  const length = extension === 'authentication' ? 2 : 1;
  return [next, length, ...new Array<number>(14).fill(0)];
}

export const syn = 0x02;
export const synAck = 0x12;
export const ack = 0x10;
export const rst = 0x04;
export const rstAck = 0x14;
export const finAck = 0x11;

export function tcp(sourcePort: number, destinationPort: number, flags = syn): readonly number[] {
  return [
    ...word16(sourcePort),
    ...word16(destinationPort),
    ...word32(1),
    ...word32(0),
    0x50,
    flags,
    255,
    255,
    0,
    0,
    0,
    0,
  ];
}

export function udp(sourcePort: number, destinationPort: number, size = 4): readonly number[] {
  const ports = [...word16(sourcePort), ...word16(destinationPort)];
  return [...ports, ...word16(8 + size), 0, 0, ...new Array<number>(size).fill(7)];
}

export function sctp(sourcePort: number, destinationPort: number, chunk = 1): readonly number[] {
  return [...word16(sourcePort), ...word16(destinationPort), ...new Array<number>(8).fill(0), chunk, 0, 0, 4];
}

/** An ICMP or ICMPv6 message. */
export function icmp(type: number, id = 0, rest: readonly number[] = []): readonly number[] {
  return [type, 0, 0, 0, ...word16(id), 0, 0, ...rest];
}

const ends = [2, 0, 0, 0, 1, 1, 2, 0, 0, 0, 2, 1];

/** The frame around an IP packet, with as many VLAN tags as given. */
export function frame(packet: readonly number[], tags: readonly number[] = []): Uint8Array {
  const etherType = (packet[0] ?? 0) >> 4 === 4 ? [0x08, 0x00] : [0x86, 0xdd];
  return Uint8Array.from([...ends, ...tags.flatMap((tag) => [...word16(tag), 0, 5]), ...etherType, ...packet]);
}

/** A frame of another EtherType. */
export function foreignFrame(etherType: number): Uint8Array {
  return Uint8Array.from([...ends, ...word16(etherType), ...new Array<number>(46).fill(0)]);
}

/** Two fragments of one packet; the first has `cut` bytes of the payload. */
export function fragmentsOf(
  source: string,
  destination: string,
  nextHeader: number,
  payload: readonly number[],
  id: number,
  cut: number,
): readonly [first: Uint8Array, later: Uint8Array] {
  const first = ip(source, destination, nextHeader, payload.slice(0, cut), { id, offset: 0, moreFragments: true });
  const later = ip(source, destination, nextHeader, payload.slice(cut), { id, offset: cut });
  return [frame(first), frame(later)];
}
