// Names of our chains and sets: a prefix of ours, and as much of a content hash as the name has room for.
import type { Family } from '../../src/net/address.ts';
import { contentHash } from '../../src/net/content-hash.ts';

/**
 * What a chain is for, as the letter in its name: F forwarded packets, N packets for the node, J judging, C control
 * messages, E egress and I ingress of endpoints, P a profile, D its destination ports, R the peers of rows.
 */
export type ChainKind = 'F' | 'N' | 'J' | 'C' | 'E' | 'I' | 'P' | 'D' | 'R';

/** Chains: 6 + 22 characters, all that iptables takes (28); 110 bits, beyond anybody's search for a collision (TH-07). */
const chainHashLength = 22;

/** Sets: 5 + 26 characters, all that ipset takes (31); 130 bits. */
const setHashLength = 26;

/** A name, and the whole hash that it is the beginning of: to notice when one name would stand for two contents. */
export interface HashedName {
  readonly name: string;
  readonly hash: string;
}

/**
 * `NPC1-` (the 1 is the layout of chains), the kind, and a hash over the meaning of the rules. They name the chains that
 * they lead to, so the name stands for everything behind it: equal names, equal verdicts. Chains of equal rules that
 * belong to different things differ in `owner`.
 */
export function chainName(kind: ChainKind, family: Family, owner: string, rules: readonly string[]): HashedName {
  const hash = contentHash(['netpolc/iptables/chain', kind, family, owner, ...rules]);
  return { name: `NPC1-${kind}${hash.slice(0, chainHashLength).toUpperCase()}`, hash };
}

/** The kind of a chain of that name. */
export function kindOfChain(name: string): string {
  return name.charAt('NPC1-'.length);
}

/** `npc4s…` single IPv4 addresses, `npc6b…` IPv6 blocks. */
export function setName(family: Family, kind: 's' | 'b', elements: string): HashedName {
  const hash = contentHash(['netpolc/iptables/set', family, kind, elements]);
  return { name: `npc${family === 'IPv4' ? 4 : 6}${kind}${hash.slice(0, setHashLength)}`, hash };
}
