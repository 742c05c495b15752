// The ruleset as data: every decision is made here and in plan.ts; the template only lays it out.
import type { SafeText } from '../shared/safe-text.ts';

export interface NftablesPlan {
  /** Lines of the header, without `#`. */
  readonly header: readonly SafeText[];
  /** Names the IR. It stands in a base chain, so the kernel shows it from the moment on at which the rules are in force. */
  readonly about: SafeText;
  /** Which chain judges a local endpoint, per direction and family. Empty ones are left out. */
  readonly endpointMaps: readonly EndpointMap[];
  /** Pairs of addresses of one and the same endpoint (S-601, S-602). Empty ones are left out. */
  readonly selfSets: readonly NftSet[];
  readonly addressSets: readonly NftSet[];
  readonly profiles: readonly ProfileChain[];
  readonly hooks: HookRules;
}

/** A set of nft with its elements in order, disjoint; never empty (nft 1.0.6 refuses empty element lists). */
export interface NftSet {
  readonly name: string;
  /** `ipv4_addr`, `ipv6_addr . ipv6_addr`, … */
  readonly type: string;
  /** Has real ranges and is declared `flags interval`. */
  readonly interval: boolean;
  readonly elements: readonly string[];
  /** What a person calls it. */
  readonly note: SafeText;
}

export interface EndpointMap {
  readonly name: string;
  /** `ipv4_addr` or `ipv6_addr`. */
  readonly type: string;
  /** In address order. */
  readonly elements: readonly { readonly address: string; readonly chain: string; readonly note: SafeText }[];
}

/** How a packet's peer is matched in one family: by a set, or without looking when the set is the whole family. */
export type PeerMatch = { readonly set: string } | { readonly nfproto: 'ipv4' | 'ipv6' };

/** `returns` lead back to the base chain: this direction is allowed. */
export interface PeerReturn {
  /** `ip saddr`, `ip6 daddr`, …: the peer's side of the packet. */
  readonly field: string;
  readonly match: PeerMatch;
  readonly comment: SafeText;
}

/** What one profile allows, in the order of the lookups. Whatever is left is refused. */
export interface ProfileChain {
  readonly name: string;
  /** What it is about, whatever it allows: `ingress of prod/db`. */
  readonly owner: SafeText;
  /** Why endpoints come here: the policies that isolate them. Comment lines. */
  readonly notes: readonly SafeText[];
  /** The same in one rule comment: what the kernel keeps and shows beside the refusal. */
  readonly isolation: SafeText;
  /** Peers allowed on everything. */
  readonly every: readonly PeerReturn[];
  /** `tcp . 80` → chain. One hash lookup. */
  readonly ports: readonly PortElement[];
  /** `1000-2000` → chain, per protocol. One interval lookup each. */
  readonly portRanges: readonly { readonly protocol: string; readonly elements: readonly PortElement[] }[];
  /** Chains that take all of a protocol, or, for null, all that is not TCP, UDP or SCTP. */
  readonly protocols: readonly { readonly protocol: string | null; readonly chain: string }[];
  readonly rows: readonly RowChain[];
}

export interface PortElement {
  readonly key: string;
  readonly chain: string;
}

/** The peers of one or several rows with equal peers. */
export interface RowChain {
  readonly name: string;
  /** One line for every policy rule behind it. */
  readonly notes: readonly SafeText[];
  readonly peers: readonly PeerReturn[];
}

/** What the base chains need to know. */
export interface HookRules {
  /** `ip saddr vmap @egress4`, …, in the order of evaluation. */
  readonly egress: readonly { readonly field: string; readonly map: string }[];
  readonly ingress: readonly { readonly field: string; readonly map: string }[];
  /** The input hook judges pods that reach their own node (S-604). */
  readonly judgeOwnNode: boolean;
  /** Echo passes everywhere (S-431 d). */
  readonly icmpEcho: boolean;
  /** Some endpoint is isolated, so link-local addresses, which no endpoint is known by, must not get around it (S-427). */
  readonly dropLinkLocal: boolean;
  readonly selfSets: readonly { readonly saddr: string; readonly daddr: string; readonly set: string }[];
}
