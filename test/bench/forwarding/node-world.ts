// A node of 110 pods, who may reach them, and what netpolc makes of it.
import { createCompiler, emit } from '../../../src/compile.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import type { Address } from '../../../src/net/address.ts';
import type { NetworkPolicy } from '../../../src/policy/network-policy.ts';
import type { Pod } from '../../../src/snapshot/snapshot.ts';
import type { Artifact, Target } from '../../../src/target.ts';
import { labels, pod, podPeer, policy, port, rule, snapshot } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';

export const localPods: readonly Address[] = Array.from({ length: 110 }, (_, index) => ipv4(10, 244, 1, index + 2));

/** Distinct addresses all over 10.0.0.0/8, as node prefixes scatter them, none of them local. */
export function peerAddresses(count: number): readonly Address[] {
  return Array.from({ length: count }, (_, index) =>
    ipv4(10, index % 200, Math.floor(index / 200) % 250, 2 + Math.floor(index / 50_000)),
  );
}

export const firstPort = 8000;

export interface Isolated {
  /** Every local pod is isolated in both directions, not for ingress alone. */
  readonly egress: boolean;
}

/**
 * The IR of a node whose pods admit, by `groups.length` policies, each group of peers on a port of its own
 * (8000, 8001, …).
 */
export function admittingNode(groups: readonly (readonly Address[])[], { egress }: Isolated = { egress: false }): Ir {
  const local = podsAt(localPods, 'local', 'n1');
  const remote = groups.flatMap((group, index) => podsAt(group, `group-${index}`, 'n2'));
  const policies = groups.map((_, index): NetworkPolicy => {
    const from = [podPeer(labels({ app: `group-${index}` }))];
    const admits = { ingress: [rule(from, [port('UDP', firstPort + index)])] };
    return policy(`bench/admit-${index}`, {
      subject: labels({ app: 'local' }),
      ...admits,
      ...(egress ? { egress: [] } : {}),
    });
  });
  const compiler = createCompiler({
    policies,
    snapshot: snapshot([...local, ...remote], { bench: {} }),
    clusterPolicies: [],
    skippedByKind: new Map(),
  });
  return must(compiler.ir({ kind: 'node', name: 'n1' }).value);
}

export function artifactsOf(ir: Ir, target: Target): readonly Artifact[] {
  return must(emit(ir, target, { version: 'bench' }).value);
}

function podsAt(addresses: readonly Address[], app: string, node: string): readonly Pod[] {
  const like = pod(`bench/${app}`, { labels: { app }, node, workload: app });
  return addresses.map((address, index) => ({ ...like, name: `${app}-${index}`, addresses: [address] }));
}

function ipv4(a: number, b: number, c: number, d: number): Address {
  return { family: 'IPv4', words: [a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d] };
}
