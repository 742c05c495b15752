// The rules and blocks of NetworkPolicies, one after another, each with the policy around it.
import type { Direction } from '../ir/ir.ts';
import { policyKey, type IpBlockPeer, type NetworkPolicy, type PolicyRule } from '../policy/network-policy.ts';

export interface RuleInPolicy {
  readonly policy: NetworkPolicy;
  readonly key: string;
  readonly direction: Direction;
  readonly rule: PolicyRule;
}

export interface BlockInPolicy extends RuleInPolicy {
  readonly block: IpBlockPeer;
}

export const directions: readonly Direction[] = ['ingress', 'egress'];

/** Every rule that has an effect, in the order in which they are written. */
export function listRules(policies: readonly NetworkPolicy[]): readonly RuleInPolicy[] {
  return policies.flatMap((policy) => {
    const key = policyKey(policy);
    return directions.flatMap((direction) =>
      (policy[direction] ?? []).map((rule) => ({ policy, key, direction, rule })),
    );
  });
}

/** Every ipBlock of those rules. */
export function listBlocks(rules: readonly RuleInPolicy[]): readonly BlockInPolicy[] {
  return rules.flatMap((each) =>
    (each.rule.peers ?? []).flatMap((block) => (block.kind === 'ipBlock' ? [{ ...each, block }] : [])),
  );
}

/** `ingress` lets in from peers, `egress` out to them. */
export function peersField(direction: Direction): 'from' | 'to' {
  return direction === 'ingress' ? 'from' : 'to';
}
