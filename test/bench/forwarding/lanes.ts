// A router in a network namespace for each way to filter, packets sent through them in turns, and the time that took.
import { tuplePacket, type Tuple } from '../../../src/replay/packet.ts';
import { ethernetFrame, pcapFile, type MacAddress } from '../../../src/replay/pcap.ts';
import { macText } from '../../../src/replay/topology.ts';
import { runScript, type ScriptFiles } from '../machine.ts';
import { orderOf } from '../measure.ts';
import { boxLines, inBox, makeBox } from '../boxes.ts';
import { podLink, type Filter } from './filter.ts';

export interface Lane {
  /** What the lane's router has loaded. */
  readonly filter: Filter;
  readonly packets: readonly Tuple[];
  /** The frames are addressed to nobody, so the router drops them at once: what sending alone costs. */
  readonly discarded?: boolean;
}

const router: MacAddress = [2, 0, 0, 0, 1, 1];
const sender: MacAddress = [2, 0, 0, 0, 2, 1];
const nobody: MacAddress = [2, 0, 0, 0, 3, 1];

/**
 * Nanoseconds a packet by lane, one number a round. Every packet begins a new flow: connections are forgotten before
 * each turn. Needs root.
 */
export async function timeLanes<N extends string>(
  rounds: number,
  lanes: Readonly<Record<N, Lane>>,
): Promise<Readonly<Record<N, readonly number[]>>> {
  const names = Object.keys(lanes) as N[];
  const files: ScriptFiles = new Map();
  for (const name of names) files.set(`${name}.pcap`, captureOf(lanes[name]));
  const times = parseTimes(await runScript(script(rounds, lanes, files), files));
  return Object.fromEntries(names.map((name) => [name, times.get(name) ?? []])) as Record<N, readonly number[]>;
}

/** The frames that are sent into a lane. */
function captureOf({ packets, discarded }: Lane): Uint8Array {
  const to = discarded === true ? nobody : router;
  return pcapFile(packets.map((packet) => ethernetFrame(to, sender, tuplePacket(packet, 'first'))));
}

function script(rounds: number, lanes: Readonly<Record<string, Lane>>, files: ScriptFiles): readonly string[] {
  const all = Object.entries(lanes).map(([name, lane], index) => ({ name, lane, index }));
  for (const { lane } of all) for (const [name, content] of lane.filter.prepared) files.set(`engine/${name}`, content);
  const built = all.flatMap((each) => [
    ...buildRouter(each),
    ...boxLines(files, { box: each.name, what: 'load' }, each.lane.filter.load),
  ]);
  const forget = new Map(
    all.map(({ name, lane }) => [name, boxLines(files, { box: name, what: 'forget' }, lane.filter.forget)] as const),
  );
  const turns = Array.from({ length: rounds + 1 }, (_, round) =>
    orderOf(round, all).flatMap((each) => [...(forget.get(each.name) ?? []), ...turn(each, round)]),
  );
  return [...inBox, ...built, ...turns.flat()];
}

interface NamedLane {
  readonly name: string;
  readonly lane: Lane;
  readonly index: number;
}

/** What is forwarded leaves through another pair, at whose far end it is for nobody: the kernel drops it on arrival. */
function buildRouter({ name, index }: NamedLane): readonly string[] {
  const inside = (command: string): string => `ip netns exec ${name} ${command}`;
  return [
    ...makeBox(name),
    // No neighbour discovery of its own among the packets that are counted.
    inside(`sh -c 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6'`),
    `ip link add o${index} type veth peer name in0 netns ${name}`,
    `ip -n ${name} link set in0 address ${macText(router)}`,
    inside(
      `sh -c 'for f in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 > $f; done; echo 1 > /proc/sys/net/ipv4/ip_forward'`,
    ),
    `ip link add e${index} type veth peer name ${podLink} netns ${name}`,
    ...['in0', podLink].map((device) => `ip -n ${name} link set ${device} up`),
    ...['o', 'e'].map((prefix) => `ip link set ${prefix}${index} up`),
    `ip -n ${name} address add 169.254.1.2/24 dev ${podLink}`,
    `ip -n ${name} neigh add 169.254.1.1 lladdr ${macText(nobody)} dev ${podLink} nud permanent`,
    `ip -n ${name} route add 10.244.0.0/16 via 169.254.1.1`,
  ];
}

/** Fails unless every packet was forwarded (or none, where that is wanted). Round 0 warms up and prints nothing. */
function turn({ name, lane, index }: NamedLane, round: number): readonly string[] {
  const expected = lane.discarded === true ? 0 : lane.packets.length;
  const sent = `ip netns exec ${name} cat /sys/class/net/${podLink}/statistics/tx_packets`;
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
