// The choices that the API leaves to the implementation and netpolc to its user. They change meaning, so the IR records them.

export interface SemanticsOptions {
  /** Pods isolated for egress may reach their own node. Source: S-604. Default false. */
  readonly allowEgressToOwnNode: boolean;
  /** ICMP and ICMPv6 echo pass between any two endpoints. Source: S-431 (d). Default false. */
  readonly icmpEcho: boolean;
}

export const defaultSemantics: SemanticsOptions = { allowEgressToOwnNode: false, icmpEcho: false };
