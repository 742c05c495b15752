// Packets that hide their ports: fragments, header options, extension headers, protocols inside protocols (TH-63, TH-64).
import * as assert from 'uvu/assert';
import { createCompiler, emit } from '../../src/compile.ts';
import { printText } from '../../src/diagnostics/text.ts';
import { createRealHost } from '../../src/host/real-host.ts';
import { parseAddress, type Address } from '../../src/net/address.ts';
import { internetChecksum } from '../../src/replay/checksum.ts';
import { addressBytes, ipPacket, pseudoHeader, transportBytes, tupleKey, type Tuple } from '../../src/replay/packet.ts';
import { ethernetFrame } from '../../src/replay/pcap.ts';
import { otherKey } from '../../src/replay/seen.ts';
import { runSession, type Seen } from '../../src/replay/session.ts';
import { sentinelAddresses } from '../../src/replay/stage-shots.ts';
import { nodeMac, peerMac, topologies, type Topology } from '../../src/replay/topology.ts';
import { labels, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { kernelEngines, type KernelEngine } from '../kit/kernel-engines.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const at = (text: string): Address => must(parseAddress(text), text);
const [client4, server4] = [at('10.0.0.1'), at('10.0.0.2')];
const [client6, server6] = [at('fd00::1'), at('fd00::2')];
const cluster = snapshot(
  [
    pod('a/client', { labels: { app: 'client' }, ips: ['10.0.0.1', 'fd00::1'] }),
    pod('a/server', { labels: { app: 'server' }, ips: ['10.0.0.2', 'fd00::2'] }),
  ],
  { a: {} },
);
const onlyTcp80 = policy('a/server', {
  subject: labels({ app: 'server' }),
  ingress: [rule([podPeer(labels({ app: 'client' }))], [port('TCP', 80)])],
});

/** Something sent, and how it is recognised when it arrives. */
interface Sent {
  readonly what: string;
  readonly packets: readonly Uint8Array[];
  readonly key: string;
}

const host = createRealHost();

async function arrived(
  { target, engine }: KernelEngine,
  topology: Topology,
  sent: readonly Sent[],
): Promise<readonly string[]> {
  const { ir } = createCompiler({
    policies: [onlyTcp80],
    snapshot: cluster,
    clusterPolicies: [],
    skippedByKind: new Map(),
  });
  const artifacts = must(emit(must(ir({ kind: 'node', name: 'n1' }).value), target, { version: 'test' }).value);
  const to = topology === 'routed' ? nodeMac('s') : peerMac('d');
  const frames = sent.flatMap(({ packets }) =>
    packets.map((packet) => ({ link: 's' as const, frame: ethernetFrame(to, peerMac('s'), packet) })),
  );
  const station = {
    label: 'node n1',
    load: engine.apply(artifacts),
    ownAddresses: [],
    stages: [{ stage: 'first' as const, probes: [], frames }],
  };
  const sentinels = sentinelAddresses(() => false);
  const { value, diagnostics } = await runSession(host, [station], { engine, topology, sentinels });
  if (value === null) throw new Error(printText(diagnostics, { color: false }));
  const seen: Seen = value;
  return sent.filter(({ key }) => seen.through.has(key)).map(({ what }) => what);
}

let sourcePort = 40_000;
const tuple = (source: Address, destination: Address, destinationPort: number): Tuple => ({
  source,
  destination,
  protocol: 'TCP',
  sourcePort: sourcePort++,
  destinationPort,
});

/** An IPv4 packet with options or as a fragment; `flags` are flags and offset, in units of eight bytes. */
function ipv4(protocol: number, payload: Uint8Array, flags = 0, options: readonly number[] = []): Uint8Array {
  const length = 20 + options.length;
  const total = length + payload.length;
  const header = Uint8Array.of(
    ...[0x40 | (length / 4), 0, total >>> 8, total & 255, sourcePort >>> 8, sourcePort & 255],
    ...[flags >>> 8, flags & 255, 64, protocol, 0, 0, ...addressBytes(client4), ...addressBytes(server4), ...options],
  );
  new DataView(header.buffer).setUint16(10, internetChecksum(header));
  return Uint8Array.of(...header, ...payload);
}

/** An IPv6 packet whose TCP segment stands behind extension headers, each given without its next-header byte. */
function extended(headers: readonly (readonly [number, ...number[]])[], segment: Uint8Array): Uint8Array {
  const bytes = headers.flatMap(([, ...rest], index) => [headers[index + 1]?.[0] ?? 6, ...rest]);
  return ipPacket(client6, server6, headers[0]?.[0] ?? 6, Uint8Array.of(...bytes, ...segment));
}

const moreFragments = 0x2000;
const padding = [0, 1, 4, 0, 0, 0, 0] as const;
const [hopByHop, destinationOptions] = [
  [0, ...padding],
  [60, ...padding],
] as const;
const routing = [43, 0, 4, 0, 0, 0, 0, 0] as const;
const wholeFragment = [44, 0, 0, 0, 0, 0, 0, 9] as const;

/**
 * Netfilter puts fragments together before it judges. The reference datapath does not: it drops first fragments that end
 * within the transport header, and whatever comes before its first one (targets/ebpf/datapath/README.md).
 */
const smallFragments = ['ports alone in the first fragment', 'the first fragment last', 'small IPv6 fragments'];

/** Like those that senders really make: every link takes IPv6 packets of 1280 bytes. */
const longFragment = 1232;

/** The TCP segment with data behind it, more than a fragment takes. */
function withData(segment: Uint8Array): Uint8Array {
  const long = Uint8Array.of(...segment, ...new Uint8Array(longFragment));
  const view = new DataView(long.buffer);
  view.setUint16(16, 0);
  view.setUint16(16, internetChecksum(pseudoHeader(client6, server6, 6, long.length), long));
  return long;
}

/** The same connection to a port, hidden in every way. */
function hidden(destinationPort: number): readonly Sent[] {
  const four = (what: string, packets: (segment: Uint8Array) => readonly Uint8Array[]): Sent => {
    const probe = tuple(client4, server4, destinationPort);
    return { what, packets: packets(transportBytes(probe, 'first')), key: tupleKey(probe) };
  };
  const six = (what: string, packets: (segment: Uint8Array) => readonly Uint8Array[]): Sent => {
    const probe = tuple(client6, server6, destinationPort);
    return { what, packets: packets(transportBytes(probe, 'first')), key: tupleKey(probe) };
  };
  const fragment = (packet: number, offset: number, more: 0 | 1): readonly [number, ...number[]] =>
    [44, 0, offset >>> 8, (offset & 0xf8) | more, 0, 0, packet, destinationPort] as const;
  return [
    four('IPv4 options', (tcp) => [ipv4(6, tcp, 0, [0x94, 4, 0, 0])]),
    four('ports alone in the first fragment', (tcp) => [
      ipv4(6, tcp.subarray(0, 8), moreFragments),
      ipv4(6, tcp.subarray(8), 1),
    ]),
    four('the first fragment last', (tcp) => [ipv4(6, tcp.subarray(8), 1), ipv4(6, tcp.subarray(0, 8), moreFragments)]),
    six('small IPv6 fragments', (tcp) => [
      extended([fragment(1, 0, 1)], tcp.subarray(0, 8)),
      extended([fragment(1, 8, 0)], tcp.subarray(8)),
    ]),
    six('IPv6 fragments', (tcp) => [
      extended([fragment(2, 0, 1)], withData(tcp).subarray(0, longFragment)),
      extended([fragment(2, longFragment, 0)], withData(tcp).subarray(longFragment)),
    ]),
    six('a fragment that is whole', (tcp) => [extended([wholeFragment], tcp)]),
    six('hop-by-hop options', (tcp) => [extended([hopByHop], tcp)]),
    six('a routing header', (tcp) => [extended([routing], tcp)]),
    six('many headers', (tcp) => [
      extended([hopByHop, destinationOptions, destinationOptions, wholeFragment, destinationOptions], tcp),
    ]),
  ];
}

/** The TCP connection that is allowed, where no rule about TCP finds it. */
function wrapped(): readonly Sent[] {
  const tcp = transportBytes(tuple(client4, server4, 80), 'first');
  const inside = ipv4(6, tcp);
  return [
    { what: 'IP in IP', packets: [ipv4(4, inside)], key: otherKey(client4, server4, 4) },
    {
      what: 'AH',
      packets: [ipv4(51, Uint8Array.of(6, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, ...tcp))],
      key: otherKey(client4, server4, 51),
    },
    { what: 'UDP-Lite', packets: [ipv4(136, tcp)], key: otherKey(client4, server4, 136) },
    {
      what: 'ICMPv6 in IPv4',
      packets: [ipv4(58, Uint8Array.of(135, 0, 0, 0, 0, 0, 0, 0))],
      key: otherKey(client4, server4, 58),
    },
    { what: 'no next header', packets: [ipPacket(client6, server6, 59, tcp)], key: otherKey(client6, server6, 59) },
    {
      what: 'ICMP in IPv6',
      packets: [ipPacket(client6, server6, 1, Uint8Array.of(3, 3, 0, 0, 0, 0, 0, 0, ...inside))],
      key: otherKey(client6, server6, 1),
    },
  ];
}

for (const { by, topology } of kernelEngines.flatMap((by) => topologies.map((topology) => ({ by, topology })))) {
  describe(`what hides its port, ${by.engine.name}, ${topology}`, (test) => {
    test('is judged by the port all the same', async () => {
      const reassembles = by.engine.name !== 'ebpf';
      const sent = hidden(80);
      assert.equal(
        await arrived(by, topology, sent),
        sent.map(({ what }) => what).filter((what) => reassembles || !smallFragments.includes(what)),
      );
      assert.equal(await arrived(by, topology, hidden(22)), []);
    });
    test('is another protocol when it is inside one', async () =>
      assert.equal(await arrived(by, topology, wrapped()), []));
  });
}
