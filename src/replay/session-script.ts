// The shell script that builds a node in network namespaces, loads artifacts, sends packets and lists what arrived.
import { formatAddress, type Address } from '../net/address.ts';
import type { Program } from '../target.ts';
import { commandLine, type CommandScript } from './command-script.ts';
import { announceStation, scriptHead } from './namespaces.ts';
import type { Tuple } from './packet.ts';
import { bridgeMac, links, macText, nodeMac, peerMac, type Link, type Topology } from './topology.ts';

/** One node for one stretch of a session. Files stand in the session's folder. */
export interface StationScript {
  readonly number: number;
  /** What loads the artifacts. */
  readonly load: readonly CommandScript[];
  /** Addresses that are the node's own. */
  readonly ownAddresses: readonly Address[];
  readonly stages: readonly StageScript[];
}

/** What a session is like, whatever its stations. */
export interface SetupScript {
  readonly topology: Topology;
  /** What the engine does once there are links. */
  readonly attach: readonly CommandScript[];
  /** The two ends of what is waited for. */
  readonly sentinels: readonly [from: Address, to: Address];
}

export interface StageScript {
  readonly captures: readonly { readonly link: Link; readonly file: string }[];
  /** Packets of the node's own stack: the transport part in a file. */
  readonly local: readonly { readonly tuple: Tuple; readonly file: string }[];
  readonly last: readonly { readonly tuple: Tuple; readonly exit: Link }[];
}

/** Programs that the script calls. */
export const sessionPrograms: readonly Program[] = [
  { name: 'ip', package: 'iproute2' },
  { name: 'nft', package: 'nftables' },
  { name: 'tcpreplay', package: 'tcpreplay' },
  { name: 'unshare', package: 'util-linux' },
];

/** Needed only when a node itself sends. */
export const localSender: Program = { name: 'socat', package: 'socat' };

/** The node's ends of the links to pods. */
export const podLinks: readonly string[] = ['eth-s', 'eth-d'];

/**
 * The whole script. It runs as root of fresh network, mount and process namespaces, so nothing outlives it. It stops at
 * the first failure and says on standard error which station it was at.
 */
export function sessionScript(
  { topology, attach, sentinels }: SetupScript,
  stations: readonly StationScript[],
): string {
  return [
    ...scriptHead,
    waitFunction,
    ...buildLinks(),
    ...(topology === 'routed' ? routed() : bridged()),
    ...observers(sentinels),
    ...attach.map((each) => commandLine(each)),
    ...stations.flatMap(stationLines),
    ...listSeen(),
    '',
  ].join('\n');
}

/**
 * Waits until a sentinel is seen; what was sent before it has been judged by then. Asking for one element would make nft
 * fetch every set of the namespace; sentinels have a table of their own, because listing a table fetches that one alone.
 */
const waitFunction = [
  'wait_for() {',
  '  tries=0',
  '  until ip netns exec "$1" nft list table netdev arrived | grep -q -F -w "$2" || [ $tries -ge 100 ]; do',
  '    sleep 0.02; tries=$((tries + 1))',
  '  done',
  '}',
].join('\n');

function buildLinks(): readonly string[] {
  return [
    'ip link set lo up',
    ...links.flatMap((link) => [
      `ip netns add ${link}`,
      `ip link add eth-${link} address ${macText(nodeMac(link))} type veth peer name peer netns ${link}`,
      `ip netns exec ${link} sh -c 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; ip link set peer up'`,
      `ip link set eth-${link} up`,
    ]),
    'set_to net/ipv4/ip_forward 1',
    'set_to net/ipv6/conf/all/forwarding 1',
    'set_to net/ipv4/icmp_ratelimit 0',
    ...['all', 'default', ...links.map((link) => `eth-${link}`)].flatMap((name) => [
      `set_to net/ipv4/conf/${name}/rp_filter 0`,
      `set_to net/ipv4/conf/${name}/send_redirects 0`,
    ]),
  ];
}

/** Everything leaves towards the receiving pods; what comes from them leaves towards the sending ones. */
function routed(): readonly string[] {
  return [...defaultRoute('d', 'eth-d', 'main'), ...defaultRoute('s', 'eth-s', '100'), ...rule('eth-d', '100')];
}

/** Pods are ports of a bridge; what comes over the bridge leaves towards the world, and the other way round. */
function bridged(): readonly string[] {
  return [
    `ip link add bridge0 address ${macText(bridgeMac)} type bridge`,
    'set_to net/ipv4/conf/bridge0/rp_filter 0',
    'set_to net/ipv4/conf/bridge0/send_redirects 0',
    'ip link set eth-s master bridge0',
    'ip link set eth-d master bridge0',
    'ip link set bridge0 up',
    'set_to net/bridge/bridge-nf-call-iptables 1',
    'set_to net/bridge/bridge-nf-call-ip6tables 1',
    // Receivers take frames of VLAN 0 for untagged ones; without this nobody would judge them.
    'set_to net/bridge/bridge-nf-filter-vlan-tagged 1',
    ...defaultRoute('d', 'bridge0', 'main'),
    ...defaultRoute('w', 'eth-w', '100'),
    ...rule('bridge0', '100'),
  ];
}

function defaultRoute(link: Link, device: string, table: string): readonly string[] {
  const neighbour = `fe80::2:${link === 's' ? 1 : link === 'd' ? 2 : 3}`;
  return [
    `ip neigh add ${neighbour} lladdr ${macText(peerMac(link))} dev ${device} nud permanent`,
    `ip -4 route add default via inet6 ${neighbour} dev ${device} table ${table}`,
    `ip -6 route add default via ${neighbour} dev ${device} table ${table}`,
  ];
}

function rule(device: string, table: string): readonly string[] {
  return ['-4', '-6'].map((family) => `ip ${family} rule add iif ${device} table ${table}`);
}

/** Far ends note every packet that reaches them; the node notes what its own stack is handed after all filtering. */
function observers(sentinels: SetupScript['sentinels']): readonly string[] {
  const sets = (hook: string): string => `
  set four { type ipv4_addr . ipv4_addr . inet_proto . inet_service . inet_service; size 1048576; flags dynamic; }
  set six { type ipv6_addr . ipv6_addr . inet_proto . inet_service . inet_service; size 1048576; flags dynamic; }
  set other_four { type ipv4_addr . ipv4_addr . inet_proto; size 65536; flags dynamic; }
  set other_six { type ipv6_addr . ipv6_addr . inet_proto; size 65536; flags dynamic; }
  chain watch {
    type filter hook ${hook}; policy accept;
    meta protocol ip meta l4proto { tcp, udp, sctp } add @four { ip saddr . ip daddr . meta l4proto . th sport . th dport }
    meta protocol ip6 meta l4proto { tcp, udp, sctp } add @six { ip6 saddr . ip6 daddr . meta l4proto . th sport . th dport }
    meta protocol ip meta l4proto != { tcp, udp, sctp } add @other_four { ip saddr . ip daddr . meta l4proto }
    meta protocol ip6 meta l4proto != { tcp, udp, sctp } add @other_six { ip6 saddr . ip6 daddr . meta l4proto }
  }`;
  const ends = `{ ${sentinels.map(formatAddress).join(', ')} }`;
  const arrived = `
  set four { type ipv4_addr . ipv4_addr . inet_proto . inet_service . inet_service; size 65536; flags dynamic; }
  chain watch {
    type filter hook ingress device peer priority 1; policy accept;
    ip saddr ${ends} ip daddr ${ends} meta l4proto udp add @four { ip saddr . ip daddr . meta l4proto . th sport . th dport }
  }`;
  const tables = [
    `table netdev seen {${sets('ingress device peer priority 0')}\n}`,
    `table netdev arrived {${arrived}\n}`,
  ];
  return [
    ...links.map((link) => heredoc(`ip netns exec ${link} nft -f -`, tables.join('\n'))),
    heredoc('nft -f -', `table inet seen {${sets('input priority 400')}\n}`),
  ];
}

/** Namespaces and connection tracking stay as they are between stations: no two of them use the same source port. */
function stationLines(station: StationScript): readonly string[] {
  return [
    announceStation(station.number),
    'ip addr flush dev lo',
    ...station.ownAddresses.map((address) => `ip addr add ${formatAddress(address)} dev lo${nodad(address)}`),
    ...station.load.map((each) => commandLine(each)),
    ...station.stages.flatMap(stageLines),
  ];
}

function stageLines({ captures, local, last }: StageScript): readonly string[] {
  return [
    // Twice: what was lost the first time gets a second chance, what is denied is denied again. All links at once:
    // tcpreplay spends most of its time on starting and ending.
    ...captures.flatMap(({ link, file }, index) => [
      `ip netns exec ${link} tcpreplay --quiet --topspeed --loop 2 --intf1 peer ${file} > /dev/null 2>&1 &`,
      `sender${index}=$!`,
    ]),
    ...captures.map((_, index) => `wait "$sender${index}"`),
    ...local.map(({ tuple, file }) => localLine(tuple, file)),
    ...last.map(({ tuple, exit }) => `wait_for ${exit} '${element(tuple)}'`),
  ];
}

/** Lists what the observers saw, at the end of a session: `seen-d.json`, …, and `seen-own.json` for the node itself. */
function listSeen(): readonly string[] {
  const list = (family: string, name: string): string => `nft -j -n list table ${family} seen > seen-${name}.json`;
  return [...links.map((link) => `ip netns exec ${link} ${list('netdev', link)}`), list('inet', 'own')];
}

function localLine({ source, destination, protocol }: Tuple, file: string): string {
  const number = { TCP: 6, UDP: 17, SCTP: 132 }[protocol];
  const [version, from, to] =
    source.family === 'IPv4'
      ? [4, formatAddress(source), formatAddress(destination)]
      : [6, `[${formatAddress(source)}]`, `[${formatAddress(destination)}]`];
  return `${localSender.name} -u OPEN:${file} IP${version}-SENDTO:${to}:${number},bind=${from}`;
}

function element({ source, destination, sourcePort, destinationPort }: Tuple): string {
  return `${formatAddress(source)} . ${formatAddress(destination)} . udp . ${sourcePort} . ${destinationPort}`;
}

function nodad(address: Address): string {
  return address.family === 'IPv6' ? ' nodad' : '';
}

function heredoc(command: string, text: string): string {
  return `${command} <<'END'\n${text}\nEND`;
}
