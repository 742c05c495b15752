// The script around a task: a node between two far namespaces that count what they send and what they receive.
import { formatAddress, type Address } from '../../src/net/address.ts';
import { scriptHead } from '../../src/replay/namespaces.ts';
import { reverse, type Tuple } from '../../src/replay/packet.ts';
import { macText, nodeMac, peerMac, type Link } from '../../src/replay/topology.ts';
import { connections, streamPorts, streams } from './streams.ts';

/** Where packets come from, and where they go. */
export const farEnds = ['s', 'd'] as const satisfies readonly Link[];

/** Source ports of probes, which are noted one by one. */
export const probePorts = { first: 10_000, last: 19_999 } as const;

/** Builds everything, then runs a command in the node's namespace, which ends everything with it. */
export function setupScript(command: string): string {
  return [...scriptHead, ...farEnds.flatMap(buildLink), ...routes(), ...farEnds.map(observer), command, ''].join('\n');
}

/** No address is set anywhere and IPv6 is off at far ends, so nobody sends anything of its own. */
function buildLink(link: (typeof farEnds)[number]): readonly string[] {
  return [
    `ip netns add ${link}`,
    `ip link add eth-${link} address ${macText(nodeMac(link))} type veth peer name peer netns ${link}`,
    `ip netns exec ${link} sh -c 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; ip link set peer up'`,
    `ip link set eth-${link} up`,
    `set_to net/ipv4/conf/eth-${link}/rp_filter 0`,
  ];
}

/** Everything leaves towards receivers; what comes from them leaves towards senders. */
function routes(): readonly string[] {
  return [
    'ip link set lo up',
    'set_to net/ipv4/conf/all/rp_filter 0',
    'set_to net/ipv4/ip_forward 1',
    'set_to net/ipv6/conf/all/forwarding 1',
    ...defaultRoute('d', 'main'),
    ...defaultRoute('s', '100'),
    ...['-4', '-6'].map((family) => `ip ${family} rule add iif eth-d table 100`),
  ];
}

function defaultRoute(link: Link, table: string): readonly string[] {
  const neighbour = `fe80::2:${link === 's' ? 1 : 2}`;
  return [
    `ip neigh add ${neighbour} lladdr ${macText(peerMac(link))} dev eth-${link} nud permanent`,
    `ip -4 route add default via inet6 ${neighbour} dev eth-${link} table ${table}`,
    `ip -6 route add default via ${neighbour} dev eth-${link} table ${table}`,
  ];
}

/**
 * Counters by the names of streams and connections, once for what leaves and once for what arrives, and sets of the
 * probes that arrived. Rules under test cannot reach them. What arrived goes no further.
 */
function observer(link: string): string {
  const counted = [
    ...streams.map(({ name, tuple }) => ({ name, tuple, sourcePorts: `${streamPorts.first}-${streamPorts.last}` })),
    ...connections.flatMap(({ name, tuple }) => [
      { name, tuple, sourcePorts: String(tuple.sourcePort) },
      { name: `${name}-reply`, tuple: reverse(tuple), sourcePorts: String(tuple.destinationPort) },
    ]),
  ];
  const count = (prefix: string): readonly string[] =>
    counted.map(({ name, tuple, sourcePorts }) => `${match(tuple, sourcePorts)} counter name "${prefix}-${name}"`);
  const noted = (family: 'ip' | 'ip6', set: string): string =>
    `meta l4proto { tcp, udp } th sport ${probePorts.first}-${probePorts.last} ` +
    `add @${set} { ${family} saddr . ${family} daddr . meta l4proto . th sport . th dport }`;
  return [
    `ip netns exec ${link} nft -f - <<'END'`,
    'table netdev watch {',
    ...counted.flatMap(({ name }) => [`counter sent-${name} { }`, `counter arrived-${name} { }`]),
    'set four { type ipv4_addr . ipv4_addr . inet_proto . inet_service . inet_service; size 65536; flags dynamic; }',
    'set six { type ipv6_addr . ipv6_addr . inet_proto . inet_service . inet_service; size 65536; flags dynamic; }',
    'chain sent {',
    'type filter hook egress device peer priority 0; policy accept;',
    ...count('sent'),
    '}',
    'chain arrived {',
    'type filter hook ingress device peer priority 0; policy drop;',
    ...count('arrived'),
    noted('ip', 'four'),
    noted('ip6', 'six'),
    '}',
    '}',
    'END',
  ].join('\n');
}

function match({ source, destination, protocol, destinationPort }: Tuple, sourcePorts: string): string {
  const family = source.family === 'IPv4' ? 'ip' : 'ip6';
  const transport = protocol.toLowerCase();
  const side = (which: string, address: Address): string => `${family} ${which} ${formatAddress(address)}`;
  return (
    `${side('saddr', source)} ${side('daddr', destination)} ` +
    `${transport} sport ${sourcePorts} ${transport} dport ${destinationPort}`
  );
}
