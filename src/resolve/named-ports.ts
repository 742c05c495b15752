// Named ports → numbers. A name means what each destination pod says it means, never one number for all (S-252).
import { getOrMake } from '../collections/get-or-make.ts';
import { formatAddress, type Address } from '../net/address.ts';
import { addressesOf, allAddresses, contains } from '../net/address-set.ts';
import type { Allow } from '../net/allow-table.ts';
import type { Protocol } from '../net/protocol.ts';
import type { NamedPort, Pod } from '../snapshot/snapshot.ts';
import type { Cluster } from './cluster.ts';
import type { Certainty, PeerPods } from './peers.ts';

/** The numbers that a name stands for on one pod, distinct. Source: S-251, S-253. */
export function portNumbers(ports: readonly NamedPort[], name: string, protocol: Protocol): readonly number[] {
  const matching = ports.filter((port) => port.name === name && port.protocol === protocol);
  return [...new Set(matching.map((port) => port.port))];
}

/**
 * What an egress named port allows: per peer and number, the addresses of the peer's pods that call it by this name. An
 * address that several pods claim is certain only when the peer has all of them and they agree on the number: a peer
 * matches an address for every claimant or not at all (S-323). O(pods declaring the name).
 */
export function egressNamedPort(
  cluster: Cluster,
  peers: readonly PeerPods[],
  name: string,
  protocol: Protocol,
  certainty: Certainty = 'certain',
): readonly Allow[] {
  return peers.flatMap((peer) => {
    const podsByAddress = new Map<number, Map<Address, Set<Pod>>>();
    for (const pod of peer.pods) {
      const covered =
        peer.within === allAddresses ? pod.addresses : pod.addresses.filter((each) => contains(peer.within, each));
      for (const number of portNumbers(pod.namedPorts, name, protocol)) note(podsByAddress, number, covered, pod);
    }
    return [...podsByAddress].map(([number, byAddress]) => ({
      peers: addressesOf(certainty === 'certain' ? agreedAddresses(cluster, byAddress) : [...byAddress.keys()]),
      transport: protocol,
      ports: { first: number, last: number },
    }));
  });
}

function note(
  podsByAddress: Map<number, Map<Address, Set<Pod>>>,
  number: number,
  addresses: readonly Address[],
  pod: Pod,
): void {
  const byAddress = getOrMake(podsByAddress, number, () => new Map<Address, Set<Pod>>());
  for (const address of addresses) getOrMake(byAddress, address, () => new Set<Pod>()).add(pod);
}

function agreedAddresses(cluster: Cluster, byAddress: ReadonlyMap<Address, ReadonlySet<Pod>>): readonly Address[] {
  if (cluster.claimantsByAddress.size === 0) return [...byAddress.keys()];
  const podsByText = new Map<string, Set<Pod>>();
  for (const [address, pods] of byAddress) {
    const known = getOrMake(podsByText, formatAddress(address), () => new Set<Pod>());
    for (const pod of pods) known.add(pod);
  }
  return [...byAddress.keys()].filter((address) => {
    const text = formatAddress(address);
    const claimants = cluster.claimantsByAddress.get(text) ?? [];
    return claimants.every((pod) => podsByText.get(text)?.has(pod));
  });
}
