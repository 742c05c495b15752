// A router in a network namespace for each ruleset, packets sent through them in turns, and the time that took.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Address } from '../../../src/net/address.ts';
import type { Protocol } from '../../../src/net/protocol.ts';
import { tuplePacket } from '../../../src/replay/packet.ts';
import { ethernetFrame, pcapFile, type MacAddress } from '../../../src/replay/pcap.ts';
import { macText } from '../../../src/replay/topology.ts';
import { orderOf } from '../measure.ts';

export interface Lane {
  /** What `nft -f` loads into the lane's router; empty for nothing. */
  readonly ruleset: string;
  readonly packets: readonly ProbePacket[];
  /** The frames are addressed to nobody, so the router drops them at once: what sending alone costs. */
  readonly discarded?: boolean;
}

export interface ProbePacket {
  readonly source: Address;
  readonly destination: Address;
  readonly protocol: Protocol;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

const router: MacAddress = [2, 0, 0, 0, 1, 1];
const sender: MacAddress = [2, 0, 0, 0, 2, 1];
const nobody: MacAddress = [2, 0, 0, 0, 3, 1];

/**
 * Nanoseconds a packet by lane, one number a round. Every packet begins a new flow: connection tracking is emptied before
 * each turn. Needs root. Everything is made in namespaces of the script's own, which end with it, however it ends.
 */
export async function timeLanes<N extends string>(
  rounds: number,
  lanes: Readonly<Record<N, Lane>>,
): Promise<Readonly<Record<N, readonly number[]>>> {
  const folder = await mkdtemp(join(tmpdir(), 'netpolc-bench-'));
  const names = Object.keys(lanes) as N[];
  try {
    for (const name of names) {
      await writeFile(join(folder, `${name}.nft`), lanes[name].ruleset);
      await writeFile(join(folder, `${name}.pcap`), captureOf(lanes[name]));
    }
    await writeFile(join(folder, 'script.sh'), script(rounds, lanes));
    const argv = ['--net', '--mount', '--pid', '--fork', '--kill-child', 'sh', join(folder, 'script.sh')];
    const { stdout } = await promisify(execFile)('unshare', argv, { maxBuffer: 2 ** 26 });
    const times = parseTimes(stdout);
    return Object.fromEntries(names.map((name) => [name, times.get(name) ?? []])) as Record<N, readonly number[]>;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function captureOf({ packets, discarded }: Lane): Uint8Array {
  const to = discarded === true ? nobody : router;
  return pcapFile(packets.map((packet) => ethernetFrame(to, sender, tuplePacket(packet, 'first'))));
}

function script(rounds: number, lanes: Readonly<Record<string, Lane>>): string {
  const names = Object.keys(lanes);
  const turns = Array.from({ length: rounds + 1 }, (_, round) =>
    orderOf(round, names).map((name) => turn(lanes, name, round)),
  );
  return [
    'set -eu',
    'cd "$(dirname "$0")"',
    'mount -t tmpfs tmpfs /run',
    'mkdir -p /run/netns',
    ...names.flatMap((name, index) => buildLane(name, index)),
    ...turns.flat(2),
    '',
  ].join('\n');
}

/** What is forwarded leaves through another pair, at whose far end it is for nobody: the kernel drops it on arrival. */
function buildLane(name: string, index: number): readonly string[] {
  const inside = (command: string): string => `ip netns exec ${name} ${command}`;
  return [
    `ip netns add ${name}`,
    // No neighbour discovery of its own among the packets that are counted.
    inside(`sh -c 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6'`),
    `ip link add o${index} type veth peer name in0 netns ${name}`,
    `ip -n ${name} link set in0 address ${macText(router)}`,
    inside(
      `sh -c 'for f in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 > $f; done; echo 1 > /proc/sys/net/ipv4/ip_forward'`,
    ),
    `ip link add e${index} type veth peer name out0 netns ${name}`,
    ...['in0', 'out0'].map((device) => `ip -n ${name} link set ${device} up`),
    ...['o', 'e'].map((prefix) => `ip link set ${prefix}${index} up`),
    `ip -n ${name} address add 169.254.1.2/24 dev out0`,
    `ip -n ${name} neigh add 169.254.1.1 lladdr ${macText(nobody)} dev out0 nud permanent`,
    `ip -n ${name} route add 10.244.0.0/16 via 169.254.1.1`,
    inside(`nft -f ${name}.nft`),
  ];
}

/** Fails unless every packet was forwarded (or none, where that is wanted). Round 0 warms up and prints nothing. */
function turn(lanes: Readonly<Record<string, Lane>>, name: string, round: number): readonly string[] {
  const lane = lanes[name];
  const index = Object.keys(lanes).indexOf(name);
  const expected = lane?.discarded === true ? 0 : (lane?.packets.length ?? 0);
  const sent = `ip netns exec ${name} cat /sys/class/net/out0/statistics/tx_packets`;
  return [
    `ip netns exec ${name} conntrack -F > /dev/null 2>&1`,
    `before=$(${sent})`,
    `report=$(taskset -c 1 tcpreplay --preload-pcap --topspeed -i o${index} ${name}.pcap 2>&1)`,
    `forwarded=$(( $(${sent}) - before ))`,
    `[ $forwarded -eq ${expected} ] || { echo "${name}: $forwarded of ${expected} packets were forwarded" >&2; exit 1; }`,
    ...(round === 0 ? [] : [`echo "${name} $(echo "$report" | grep Actual)"`]),
  ];
}

/** `NAME Actual: 50000 packets (2300000 bytes) sent in 0.100000 seconds` → nanoseconds a packet. */
function parseTimes(stdout: string): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>();
  for (const [, name = '', packets, seconds] of stdout.matchAll(
    /^(\S+) Actual: (\d+) packets .* sent in ([\d.]+) seconds/gm,
  )) {
    times.set(name, [...(times.get(name) ?? []), (Number(seconds) * 1e9) / Number(packets)]);
  }
  return times;
}
