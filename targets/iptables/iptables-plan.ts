// The files as data: every decision is made in here and in the files named plan-*; printing only lays it out.
import type { Family } from '../../src/net/address.ts';
import type { SafeText } from '../shared/safe-text.ts';

export interface IptablesPlan {
  /** Lines of the header, without `#`. */
  readonly header: readonly SafeText[];
  /** IPv4, then IPv6. */
  readonly rules: readonly FamilyRules[];
  /** Sorted by name; null when rules do without sets (`--no-ipset`). */
  readonly sets: readonly Ipset[] | null;
}

/** What one of iptables-restore and ip6tables-restore loads. */
export interface FamilyRules {
  readonly family: Family;
  /** In the order in which packets meet them, each once. */
  readonly chains: readonly Chain[];
  /** The chain that judges forwarded packets. */
  readonly forward: string;
  /** The chain that judges packets for the node itself. */
  readonly input: string;
}

/** A chain named after what it means: see names.ts. A packet that reaches its end goes back to where it was sent here. */
export interface Chain {
  readonly name: string;
  /** What a profile's first chain is about, whatever it allows: `ingress of prod/db`. Null for all other chains. */
  readonly about: SafeText | null;
  /** Comment lines of the file. */
  readonly notes: readonly SafeText[];
  readonly rules: readonly Rule[];
}

export interface Rule {
  /** All must match. */
  readonly matches: readonly Match[];
  readonly verdict: Verdict;
  /** Kept by the kernel. Takes no part in names. */
  readonly comment: SafeText | null;
}

export type Side = 'source' | 'destination';

export type Match =
  | { readonly kind: 'prefix'; readonly side: Side; readonly prefix: string }
  | { readonly kind: 'range'; readonly side: Side; readonly first: string; readonly last: string }
  | { readonly kind: 'set'; readonly side: Side; readonly set: string }
  | { readonly kind: 'protocol'; readonly protocol: RuleProtocol }
  /** Destination ports of one protocol: `80`, `1000:2000`. Up to 15 slots; a range takes two. */
  | { readonly kind: 'ports'; readonly protocol: PortProtocol; readonly ports: readonly string[] }
  | { readonly kind: 'icmp-type'; readonly protocol: IcmpProtocol; readonly type: number }
  | { readonly kind: 'state'; readonly state: 'ESTABLISHED' | 'RELATED' };

export type PortProtocol = 'sctp' | 'tcp' | 'udp';
export type IcmpProtocol = 'icmp' | 'ipv6-icmp';
export type RuleProtocol = PortProtocol | IcmpProtocol;

/**
 * `return` goes back to the chain that last sent the packet on with `jump`; `goto` sends it on for good. Nothing is ever
 * accepted: what we allow is for the rules of others to judge.
 */
export type Verdict =
  { readonly kind: 'return' } | { readonly kind: 'drop' } | { readonly kind: 'jump' | 'goto'; readonly chain: string };

/** A set of ipset with its elements in order, disjoint; never empty, and never the whole family. */
export interface Ipset {
  readonly name: string;
  /** Single addresses, or prefixes. */
  readonly type: 'hash:ip' | 'hash:net';
  readonly family: Family;
  /** A power of two: buckets to begin with. */
  readonly hashSize: number;
  readonly elements: readonly string[];
  /** What a person calls it. */
  readonly note: SafeText;
}
