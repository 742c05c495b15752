// A node with three pods on real links, for tests of the attached datapath. Pods have namespaces named after themselves.
import { inLab, type Lab } from './datapath-lab.ts';
import { client, server, stranger } from './datapath-world.ts';

/** The node's own addresses. */
export const node = { v4: '10.0.0.254', v6: 'fd00::fe' };

/** Their addresses. */
export const pods = { client, server, stranger } as const;
type PodName = keyof typeof pods;

/** Who sits behind `eth-client`, `eth-server` and `eth-stranger`. */
export const podNames: readonly PodName[] = ['client', 'server', 'stranger'];
export const podLinks = podNames.map((name) => `eth-${name}`).join(' ');

export const macOf = (name: PodName): string => `02:00:00:00:02:0${podNames.indexOf(name) + 1}`;
/** The bridge itself, or the node's end of every link. */
export const nodeMac = '02:00:00:00:01:00';

/** A link to a pod; its neighbours are written down, so that nobody has to ask. */
function linkScript(name: PodName, topology: Topology): string {
  const { v4, v6 } = pods[name];
  const link = `eth-${name}`;
  const to = topology === 'routed' ? link : 'bridge0';
  return `
    ip netns add ${name}
    ip link add ${link} address ${nodeMac} type veth peer name eth0 netns ${name}
    ip -n ${name} link set eth0 address ${macOf(name)}
    ip -n ${name} link set lo up
    ip -n ${name} link set eth0 up
    ip -n ${name} addr add ${v4}/32 dev eth0
    ip -n ${name} addr add ${v6}/128 dev eth0 nodad
    ${topology === 'bridged' ? `ip link set ${link} address 02:00:00:00:03:0${podNames.indexOf(name)} master bridge0` : ''}
    ip link set ${link} up
    ip route add ${v4} dev ${to} src ${node.v4}
    ip -6 route add ${v6} dev ${to} src ${node.v6}
    ip neigh add ${v4} lladdr ${macOf(name)} dev ${to}
    ip neigh add ${v6} lladdr ${macOf(name)} dev ${to}
    for gateway in ${node.v4} ${node.v6}; do
      ip -n ${name} route add $gateway dev eth0
      ip -n ${name} neigh add $gateway lladdr ${nodeMac} dev eth0
      ip -n ${name} route add default via $gateway
    done`;
}

export type Topology = 'routed' | 'bridged';

/** Pods of one bridge reach each other without the node. */
const neighbours = podNames
  .flatMap((from) => podNames.filter((to) => to !== from).map((to) => [from, to] as const))
  .map(
    ([from, to]) => `
    for address in ${pods[to].v4} ${pods[to].v6}; do
      ip -n ${from} route add $address dev eth0
      ip -n ${from} neigh add $address lladdr ${macOf(to)} dev eth0
    done`,
  )
  .join('\n');

/** Makes the node, attaches the datapath to all links of pods, and hands it to `use`. */
export async function onNode(topology: Topology, use: (lab: Lab) => Promise<void>): Promise<void> {
  await inLab(async (lab) => {
    await lab.sh(`
      mount -t tmpfs tmpfs /run
      echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad
      echo 1 > /proc/sys/net/ipv4/ip_forward
      echo 1 > /proc/sys/net/ipv6/conf/all/forwarding
      ip addr add ${node.v4}/32 dev lo
      ip addr add ${node.v6}/128 dev lo nodad
      ${topology === 'bridged' ? `ip link add bridge0 address ${nodeMac} type bridge; ip link set bridge0 up` : ''}
      ${podNames.map((name) => linkScript(name, topology)).join('\n')}
      ${topology === 'bridged' ? neighbours : ''}
      ./netpolc-datapath attach ${podLinks}`);
    await use(lab);
  });
}

/** Has a pod, or the node, write down all it gets on a UDP port. Lives until the lab ends. */
export async function listen(lab: Lab, where: PodName | 'node', port: number): Promise<void> {
  const inside = where === 'node' ? '' : `ip netns exec ${where}`;
  await lab.sh(`
    : > got.${where}.${port}
    ${inside} socat -u -b 9000 UDP6-RECV:${port},ipv6only=0 OPEN:got.${where}.${port},append > /dev/null 2>&1 &
    until ${inside} ss -lun | grep -q ':${port} '; do sleep 0.02; done`);
}

/** Sends one datagram; `text` is what the receiver finds. */
export async function sendUdp(
  lab: Lab,
  from: PodName | 'node',
  address: string,
  port: number,
  text: string,
): Promise<void> {
  const inside = from === 'node' ? '' : `ip netns exec ${from}`;
  const target = address.includes(':') ? `UDP6-SENDTO:[${address}]:${port}` : `UDP4-SENDTO:${address}:${port}`;
  await lab.sh(`printf '%s\\n' ${text} | ${inside} socat -u -b 9000 - ${target}`);
}

/** Waits for a line, and gives all lines that came before it. */
export async function linesBefore(lab: Lab, where: PodName | 'node', port: number, last: string): Promise<string[]> {
  const got = await lab.sh(
    `until grep -qx ${last} got.${where}.${port}; do sleep 0.02; done; cat got.${where}.${port}`,
  );
  return got.split('\n').slice(0, got.split('\n').indexOf(last));
}
