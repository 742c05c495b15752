// The reasons behind a verdict as plain data: made by the check-… files, told by print-trace.ts.
import type { Verdict } from '../net/flow.ts';
import type { Protocol } from '../net/protocol.ts';
import type { Requirement } from '../policy/label-selector.ts';
import type { TierDecision } from './judge-tiers.ts';
import type { Field, NetworkPolicy, Peer, PolicyPort, PolicyRule } from '../policy/network-policy.ts';

/** What a pod's policies of one direction say. No `isolatedBy` means that no NetworkPolicy isolates it (S-503). */
export interface PodJudgement {
  /** `namespace/name`. */
  readonly pod: string;
  readonly verdict: Verdict;
  /** The rule of the Admin tier that matched first; null when none did (S-1004). */
  readonly admin: TierDecision | null;
  /** The same of the Baseline tier; null also when it was not asked (S-1005). */
  readonly baseline: TierDecision | null;
  /** The tier that had the last word; `default` when none had one, which allows (S-1001). */
  readonly decidedBy: 'Admin' | 'NetworkPolicy' | 'Baseline' | 'default';
  /** Every policy that isolates the pod in this direction, by name. */
  readonly isolatedBy: readonly Isolation[];
  /** Every policy rule that allows the connection, in the order of `isolatedBy`; none when Admin had decided before. */
  readonly allowedBy: readonly RuleCheck[];
  /** When NetworkPolicies denied: every rule of the isolating policies with what it lacks, nearest first. */
  readonly missed: readonly RuleCheck[];
  /** When denied: what would have to change, as one sentence without its full stop. */
  readonly suggestion: string | null;
}

/** One policy that isolates a pod, and the selector that does it. */
export interface Isolation {
  readonly policy: NetworkPolicy;
  /** `namespace/name`. */
  readonly name: string;
}

/** One policy rule held against the flow. It matches when both port and peer fit (S-231). */
export interface RuleCheck {
  readonly policy: NetworkPolicy;
  /** `namespace/name`. */
  readonly name: string;
  readonly rule: PolicyRule;
  readonly origin: Field;
  readonly portFits: boolean;
  readonly peerFits: boolean;
  /** Null when the rule lists none and so takes all. */
  readonly ports: readonly PortCheck[] | null;
  /** Null when the rule lists none and so takes everyone. */
  readonly peers: readonly PeerCheck[] | null;
  /**
   * Two neighbouring peers, one with only a namespaceSelector and one with only a podSelector, of which one fits,
   * whereas one peer with both would not: the author may have meant that (S-804).
   */
  readonly alternatives: readonly [number, number] | null;
}

/** One entry of `ports` held against the flow. */
export interface PortCheck {
  readonly index: number;
  readonly port: PolicyPort;
  readonly fits: boolean;
  /** Empty when it fits. */
  readonly lacks: readonly PortLack[];
}

/** One peer held against the other end. */
export interface PeerCheck {
  readonly index: number;
  readonly peer: Peer;
  readonly fits: boolean;
  /** Empty when it fits. */
  readonly lacks: readonly PeerLack[];
  /** A peer that constrains both namespace and pod labels: both must hold (S-242). */
  readonly wantsBoth: boolean;
}

/** Why a port entry does not fit. */
export type PortLack =
  | { readonly kind: 'protocol'; readonly wanted: Protocol }
  | { readonly kind: 'number' }
  /** The destination gives the name other numbers. */
  | { readonly kind: 'named-otherwise'; readonly pod: string; readonly numbers: readonly number[] }
  | { readonly kind: 'name-undeclared'; readonly pod: string }
  /** The destination is no pod and so has no port names (S-255). */
  | { readonly kind: 'nameless' };

/** Why a peer does not fit. With several claimants, the lacks of each. */
export type PeerLack =
  /** Selectors match pods only (S-245). */
  | { readonly kind: 'not-a-pod' }
  /** Without a namespaceSelector a peer means the policy's own namespace (S-240). */
  | { readonly kind: 'namespace'; readonly pod: string; readonly namespace: string }
  | {
      readonly kind: 'namespace-label';
      readonly namespace: string;
      readonly requirement: Requirement;
      readonly found: string | null;
    }
  /** The snapshot has no Namespace object (S-303). */
  | { readonly kind: 'namespace-unknown'; readonly namespace: string }
  | {
      readonly kind: 'pod-label';
      readonly pod: string;
      readonly requirement: Requirement;
      readonly found: string | null;
      /** The pod's labels as `key=value`, sorted. */
      readonly labels: readonly string[];
    }
  | { readonly kind: 'other-family' }
  | { readonly kind: 'outside' }
  /** In `cidr`, but also in this item of `except`. */
  | { readonly kind: 'excepted'; readonly except: string };
