// Where pods ask for names: the pods behind the DNS service of the cluster.
import type { Address } from '../net/address.ts';
import { matches, type LabelSelector } from '../policy/label-selector.ts';
import type { Cluster } from '../resolve/cluster.ts';
import type { Pod, Service } from '../snapshot/snapshot.ts';

/** A DNS server: where its packets go once the address of the service is translated (S-420). */
export interface DnsServer {
  readonly addresses: readonly Address[];
  readonly udp: readonly number[];
  readonly tcp: readonly number[];
}

/** The server of the cluster in kube-system has one of these names, or its pods this label. */
const serviceNames: ReadonlySet<string> = new Set(['kube-dns', 'coredns', 'rke2-coredns-rke2-coredns', 'dns-default']);
const podLabel: LabelSelector = { requirements: [{ key: 'k8s-app', operator: 'In', values: ['kube-dns'] }] };
const dnsNamespaces: ReadonlySet<string> = new Set(['kube-system', 'openshift-dns']);

/** Where the cache of a node listens, where nodes have one. */
export const nodeLocalDns: DnsServer = {
  addresses: [{ family: 'IPv4', words: [0xa9fe140a] }],
  udp: [53],
  tcp: [53],
};

/** Every DNS server, on the network of pods or of nodes; none when the snapshot shows none. O(pods). */
export function findDns({ snapshot }: Cluster): readonly DnsServer[] {
  const inNamespace = snapshot.pods.filter((pod) => dnsNamespaces.has(pod.namespace) && isUp(pod));
  const services = snapshot.services.filter(
    ({ namespace, name, selector }) => dnsNamespaces.has(namespace) && serviceNames.has(name) && selector !== null,
  );
  const behind = services.flatMap((service) =>
    inNamespace.filter((pod) => isBehind(pod, service)).map((pod) => serverOf(pod, service)),
  );
  return behind.length > 0
    ? behind
    : inNamespace.filter(({ labels }) => matches(podLabel, labels)).map((pod) => serverOf(pod, null));
}

function isUp({ live, hostNetwork, addresses }: Pod): boolean {
  return live || (hostNetwork && addresses.length > 0);
}

/** Whether a service sends traffic to a pod, by its labels. */
export function isBehind(pod: Pod, { namespace, selector }: Service): boolean {
  if (selector === null || pod.namespace !== namespace) return false;
  return [...selector].every(([key, value]) => pod.labels.get(key) === value);
}

function serverOf(pod: Pod, service: Service | null): DnsServer {
  const numbers = (protocol: 'TCP' | 'UDP'): readonly number[] => {
    const entries = (service?.ports ?? []).filter((port) => port.port === 53 && port.protocol === protocol);
    const found = entries.flatMap(({ targetPort }) => targetNumbers(pod, targetPort, protocol));
    return found.length > 0 ? found : [53];
  };
  return { addresses: pod.addresses, udp: numbers('UDP'), tcp: numbers('TCP') };
}

/** The numbers of a target port on a pod. */
export function targetNumbers(pod: Pod, target: number | string, protocol: string): readonly number[] {
  if (typeof target === 'number') return [target];
  return pod.namedPorts.flatMap((each) => (each.name === target && each.protocol === protocol ? [each.port] : []));
}
