// The two ways in which a node carries its pods' traffic, and where packets enter and leave it.
import type { MacAddress } from './pcap.ts';

/**
 * `routed`: every pod has a link of its own to the node. `bridged`: pods share a bridge on the node and reach each other
 * through it, where br_netfilter hands packets to the same hooks.
 */
export type Topology = 'routed' | 'bridged';

export const topologies: readonly Topology[] = ['routed', 'bridged'];

/** The node's links: to pods that send, to pods that receive, and to the world. */
export type Link = 's' | 'd' | 'w';

export const links: readonly Link[] = ['s', 'd', 'w'];

const numbers: Readonly<Record<Link, number>> = { s: 1, d: 2, w: 3 };

/** The node's own end of a link. */
export function nodeMac(link: Link): MacAddress {
  return [2, 0, 0, 0, 1, numbers[link]];
}

/**
 * Whoever is at the other end. No interface has this address, so the far kernel looks at packets and never answers.
 */
export function peerMac(link: Link): MacAddress {
  return [2, 0, 0, 0, 2, numbers[link]];
}

/** The bridge itself, where pods send what is not for their neighbours. */
export const bridgeMac: MacAddress = [2, 0, 0, 0, 1, 0];

export function macText(mac: MacAddress): string {
  return mac.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
