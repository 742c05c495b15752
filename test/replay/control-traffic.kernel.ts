// What passes and what does not beside TCP, UDP and SCTP: section 6.3 of the semantics, in the kernel.
import * as assert from 'uvu/assert';
import { createCompiler, emit } from '../../src/compile.ts';
import { printText } from '../../src/diagnostics/text.ts';
import { createRealHost } from '../../src/host/real-host.ts';
import { parseAddress, type Address } from '../../src/net/address.ts';
import { everything } from '../../src/policy/label-selector.ts';
import type { NetworkPolicy } from '../../src/policy/network-policy.ts';
import { internetChecksum } from '../../src/replay/checksum.ts';
import { ipPacket, pseudoHeader, tupleKey, tuplePacket, type Tuple } from '../../src/replay/packet.ts';
import { ethernetFrame } from '../../src/replay/pcap.ts';
import type { Probe } from '../../src/replay/probe.ts';
import { otherKey } from '../../src/replay/seen.ts';
import { runSession, type Seen, type Station } from '../../src/replay/session.ts';
import { sentinelAddresses, type StageInput } from '../../src/replay/stage-shots.ts';
import { bridgeMac, nodeMac, peerMac, topologies, type Topology } from '../../src/replay/topology.ts';
import { ipBlock, labels, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { kernelEngines, type KernelEngine } from '../kit/kernel-engines.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const host = createRealHost();

const at = (text: string): Address => must(parseAddress(text), text);
const [client4, server4] = [at('10.0.0.1'), at('10.0.0.2')];
const [client6, server6] = [at('fd00::1'), at('fd00::2')];
const [linkLocal, everyone6] = [at('fe80::1'), at('ff02::1')];

/** Two pods of one node; the server is isolated both ways and admits the client on TCP 80 only. */
const cluster = snapshot(
  [
    pod('a/client', { labels: { app: 'client' }, ips: ['10.0.0.1', 'fd00::1'] }),
    pod('a/server', { labels: { app: 'server' }, ips: ['10.0.0.2', 'fd00::2'] }),
  ],
  { a: {} },
);
const fromClient = podPeer(labels({ app: 'client' }));
const onlyTcp80 = policy('a/server', {
  subject: labels({ app: 'server' }),
  ingress: [rule([fromClient], [port('TCP', 80)])],
  egress: [],
});
const everythingFromClient = policy('a/server', {
  subject: labels({ app: 'server' }),
  ingress: [rule([fromClient], null)],
});

const icmp = { echoRequest: [8, 0], unreachable: [3, 3], redirect: [5, 1] } as const;
const icmp6 = {
  echoRequest: [128, 0],
  unreachable: [1, 4],
  routerAdvert: [134, 0],
  neighbourSolicit: [135, 0],
} as const;

type SentFrame = NonNullable<StageInput['frames']>[number];

/** A node of one topology, and the engine that judges there. */
interface Node extends KernelEngine {
  readonly topology: Topology;
}

async function send(
  { target, engine, topology }: Node,
  policies: readonly NetworkPolicy[],
  stages: readonly StageInput[],
  semantics = { allowEgressToOwnNode: false, icmpEcho: false },
): Promise<Seen> {
  const compiler = createCompiler(
    { policies, snapshot: cluster, clusterPolicies: [], skippedByKind: new Map() },
    { semantics, allowIncomplete: false },
  );
  const artifacts = must(
    emit(must(compiler.ir({ kind: 'node', name: 'n1' }).value), target, { version: 'test' }).value,
  );
  const load = engine.apply(artifacts);
  const station: Station = { label: 'node n1', load, ownAddresses: [at('192.168.0.1')], stages };
  const sentinels = sentinelAddresses(() => false);
  const { value, diagnostics } = await runSession(host, [station], { engine, topology, sentinels });
  if (value === null) throw new Error(printText(diagnostics, { color: false }));
  return value;
}

/** A frame from the client's side to the server's, or back. */
function frame(topology: Topology, link: 's' | 'd', packet: Uint8Array): SentFrame {
  const neighbour = link === 's' ? peerMac('d') : peerMac('s');
  const destination = topology === 'routed' ? nodeMac(link) : neighbour;
  return { link, frame: ethernetFrame(destination, peerMac(link), packet) };
}

function icmpPacket(
  source: Address,
  destination: Address,
  [type, code]: readonly [number, number],
  rest: readonly number[] = [0, 0, 0, 0],
  hopLimit = 64,
): Uint8Array {
  const body = Uint8Array.of(type, code, 0, 0, ...rest, ...new Array<number>(rest.length % 2).fill(0));
  const head = source.family === 'IPv4' ? new Uint8Array(0) : pseudoHeader(source, destination, 58, body.length);
  new DataView(body.buffer).setUint16(2, internetChecksum(head, body));
  return ipPacket(source, destination, source.family === 'IPv4' ? 1 : 58, body, hopLimit);
}

/** Quotes a packet, as errors do. */
function errorAbout(tuple: Tuple, from: Address, to: Address, type: readonly [number, number]): Uint8Array {
  return icmpPacket(from, to, type, [0, 0, 0, 0, ...tuplePacket(tuple, 'first')]);
}

const tcp80 = (source: Address, destination: Address): Tuple => ({
  source,
  destination,
  protocol: 'TCP',
  sourcePort: 40000,
  destinationPort: 80,
});
const probe = (tuple: Tuple): Probe => ({ tuple, kind: 'forward', sourceIsLocal: true, destinationIsLocal: true });

for (const { by, topology } of kernelEngines.flatMap((by) => topologies.map((topology) => ({ by, topology })))) {
  const node = { ...by, topology };
  describe(`control traffic, ${by.engine.name}, ${topology}`, (test) => {
    test('an error about a connection comes back although the server may send nothing (S-431 a)', async () => {
      const [one, two] = [tcp80(client4, server4), tcp80(client6, server6)];
      const seen = await send(
        node,
        [onlyTcp80],
        [
          { stage: 'first', probes: [probe(one), probe(two)] },
          {
            stage: 'reply',
            probes: [],
            frames: [
              frame(topology, 'd', errorAbout(one, server4, client4, icmp.unreachable)),
              frame(topology, 'd', errorAbout(two, server6, client6, icmp6.unreachable)),
            ],
          },
        ],
      );
      assert.ok(seen.through.has(tupleKey(one)) && seen.through.has(tupleKey(two)), 'the connections begin');
      assert.ok(seen.through.has(otherKey(server4, client4, 1)), 'IPv4');
      assert.ok(seen.through.has(otherKey(server6, client6, 58)), 'IPv6');
    });
    test('an error about no connection is judged like other traffic: the server may send nothing', async () => {
      const frames = [
        frame(topology, 'd', errorAbout(tcp80(client4, server4), server4, client4, icmp.unreachable)),
        frame(topology, 'd', errorAbout(tcp80(client6, server6), server6, client6, icmp6.unreachable)),
      ];
      const seen = await send(node, [onlyTcp80], [{ stage: 'reply', probes: [], frames }]);
      assert.not.ok(seen.through.has(otherKey(server4, client4, 1)));
      assert.not.ok(seen.through.has(otherKey(server6, client6, 58)));
    });
    test('echo, IGMP and GRE pass where a rule has no ports, and not where it has (S-431 c)', async () => {
      const stage: StageInput = {
        stage: 'first',
        probes: [],
        frames: [
          frame(topology, 's', icmpPacket(client4, server4, icmp.echoRequest)),
          frame(topology, 's', icmpPacket(client6, server6, icmp6.echoRequest)),
          frame(topology, 's', ipPacket(client4, server4, 47, new Uint8Array(8))),
        ],
      };
      const keys = [otherKey(client4, server4, 1), otherKey(client6, server6, 58), otherKey(client4, server4, 47)];
      const denied = await send(node, [onlyTcp80], [stage]);
      const allowed = await send(node, [everythingFromClient], [stage]);
      assert.equal(
        keys.map((key) => [denied.through.has(key), allowed.through.has(key)]),
        keys.map(() => [false, true]),
      );
    });
    test('a rule that names every port of every protocol still says nothing about echo', async () => {
      const ports = [port('TCP', 0, 65535), port('UDP', 0, 65535), port('SCTP', 0, 65535)];
      const everyPort = policy('a/server', {
        subject: labels({ app: 'server' }),
        ingress: [rule([ipBlock('0.0.0.0/0')], ports)],
      });
      const frames = [frame(topology, 's', icmpPacket(client4, server4, icmp.echoRequest))];
      const seen = await send(node, [everyPort], [{ stage: 'first', probes: [], frames }]);
      assert.not.ok(seen.through.has(otherKey(client4, server4, 1)));
    });
    test('with icmpEcho echo passes everywhere (S-431 d)', async () => {
      const frames = [
        frame(topology, 's', icmpPacket(client4, server4, icmp.echoRequest)),
        frame(topology, 's', icmpPacket(client6, server6, icmp6.echoRequest)),
      ];
      const semantics = { allowEgressToOwnNode: false, icmpEcho: true };
      const seen = await send(node, [onlyTcp80], [{ stage: 'first', probes: [], frames }], semantics);
      assert.ok(seen.through.has(otherKey(client4, server4, 1)) && seen.through.has(otherKey(client6, server6, 58)));
    });
    test('redirects are never forwarded, not even to a pod that is open (S-431 b)', async () => {
      const frames = [frame(topology, 'd', errorAbout(tcp80(client4, server4), server4, client4, icmp.redirect))];
      const seen = await send(node, [], [{ stage: 'reply', probes: [], frames }]);
      assert.not.ok(seen.through.has(otherKey(server4, client4, 1)));
    });
  });
}

for (const by of kernelEngines) {
  describe(`control traffic between neighbours on a bridge, ${by.engine.name}`, (test) => {
    const node: Node = { ...by, topology: 'bridged' };
    const solicited = at('ff02::1:ff00:2');
    const solicit = icmpPacket(
      client6,
      solicited,
      icmp6.neighbourSolicit,
      [0, 0, 0, 0, ...new Array<number>(16).fill(0)],
      255,
    );
    const advert = icmpPacket(linkLocal, everyone6, icmp6.routerAdvert, [64, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 255);
    const broadcast = (packet: Uint8Array): SentFrame => ({
      link: 's',
      frame: ethernetFrame([0x33, 0x33, 0, 0, 0, 1], peerMac('s'), packet),
    });
    const denyAll = policy('a/everyone', { ingress: [], egress: [] });

    test('neighbour discovery passes between pods that may not talk; router advertisements do not (S-431 b)', async () => {
      const stage: StageInput = { stage: 'first', probes: [], frames: [broadcast(solicit), broadcast(advert)] };
      const seen = await send(node, [denyAll], [stage]);
      assert.ok(seen.through.has(otherKey(client6, solicited, 58)), 'solicitation');
      assert.not.ok(seen.through.has(otherKey(linkLocal, everyone6, 58)), 'advertisement');
    });
    test('an isolated pod cannot hide behind a link-local address (S-427)', async () => {
      const tuple = tcp80(linkLocal, server6);
      const stage: StageInput = {
        stage: 'first',
        probes: [],
        frames: [frame('bridged', 's', tuplePacket(tuple, 'first'))],
      };
      const deniedOut = policy('a/client', { subject: labels({ app: 'client' }), egress: [] });
      const open = await send(node, [], [stage]);
      const isolated = await send(node, [deniedOut], [stage]);
      assert.ok(open.through.has(tupleKey(tuple)), 'without policies');
      assert.not.ok(isolated.through.has(tupleKey(tuple)), 'with a policy');
    });
    test('multicast and broadcasts are judged by their address, and match blocks only (S-433)', async () => {
      const destinations = ['224.0.0.251', '239.1.2.3', '255.255.255.255', '10.0.0.255', 'ff02::fb', 'ff0e::7'];
      const sent = destinations.map((text) => {
        const tuple: Tuple = {
          source: text.includes(':') ? client6 : client4,
          destination: at(text),
          protocol: 'UDP',
          sourcePort: 40_000,
          destinationPort: 5353,
        };
        const mac = text.includes(':') ? [0x33, 0x33, 0, 0, 0, 0xfb] : [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        const shot = { link: 's' as const, frame: ethernetFrame(mac, peerMac('s'), tuplePacket(tuple, 'first')) };
        return { text, tuple, shot };
      });
      const stage: StageInput = { stage: 'first', probes: [], frames: sent.map(({ shot }) => shot) };
      const passing = async (...peers: Parameters<typeof rule>[0] & object): Promise<readonly string[]> => {
        const egress = [rule(peers, null)];
        const seen = await send(node, [policy('a/client', { subject: labels({ app: 'client' }), egress })], [stage]);
        return sent.filter(({ tuple }) => seen.through.has(tupleKey(tuple))).map(({ text }) => text);
      };
      assert.equal(await passing(podPeer(everything, everything)), []);
      assert.equal(await passing(ipBlock('224.0.0.0/4'), ipBlock('ff02::/16')), [
        '224.0.0.251',
        '239.1.2.3',
        'ff02::fb',
      ]);
      assert.equal(await passing(ipBlock('0.0.0.0/0'), ipBlock('::/0')), destinations);
    });
    test('a VLAN tag hides nothing: what is in the frame is judged', async () => {
      const sent = [80, 22].flatMap((destinationPort) =>
        [
          [0x81, 0],
          [0x88, 0xa8],
        ].flatMap((etherType, tag) =>
          [0, 5].map((vlan) => {
            const sourcePort = 50_000 + destinationPort * 10 + tag * 5 + vlan;
            const tuple: Tuple = { ...tcp80(client4, server4), sourcePort, destinationPort };
            const { link, frame: plain } = frame('bridged', 's', tuplePacket(tuple, 'first'));
            const tagged = Uint8Array.of(...plain.subarray(0, 12), ...etherType, 0, vlan, ...plain.subarray(12));
            return { tuple, shot: { link, frame: tagged } };
          }),
        ),
      );
      const frames = sent.map(({ shot }) => shot);
      const seen = await send(node, [onlyTcp80], [{ stage: 'first', probes: [], frames }]);
      assert.equal(
        sent.map(({ tuple }) => [tuple.destinationPort, seen.through.has(tupleKey(tuple))]),
        sent.map(({ tuple }) => [tuple.destinationPort, tuple.destinationPort === 80]),
      );
    });
    test('what a pod sends to the bridge itself is judged as traffic to its node (S-604)', async () => {
      const echo = icmpPacket(client4, at('192.168.0.1'), icmp.echoRequest);
      const toNode = { link: 's' as const, frame: ethernetFrame(bridgeMac, peerMac('s'), echo) };
      const stage: StageInput = { stage: 'first', probes: [], frames: [toNode] };
      const key = otherKey(client4, at('192.168.0.1'), 1);
      const isolated = await send(node, [denyAll], [stage]);
      const exempt = await send(node, [denyAll], [stage], { allowEgressToOwnNode: true, icmpEcho: false });
      assert.not.ok(isolated.own.has(key));
      assert.ok(exempt.own.has(key));
    });
  });
}
