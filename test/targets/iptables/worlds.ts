// Plans of small worlds, for the tests of this folder.
import { createCompiler, defaultCompileOptions } from '../../../src/compile.ts';
import type { Ir, Scope } from '../../../src/ir/ir.ts';
import type { SemanticsOptions } from '../../../src/net/semantics-options.ts';
import type { NetworkPolicy } from '../../../src/policy/network-policy.ts';
import type { Snapshot } from '../../../src/snapshot/snapshot.ts';
import type { Family } from '../../../src/net/address.ts';
import type { Chain, IptablesPlan } from '../../../targets/iptables/iptables-plan.ts';
import { planIptables } from '../../../targets/iptables/plan.ts';
import { ruleText } from '../../../targets/iptables/rule-text.ts';
import { labels, pod, snapshot } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';

/** `prod/api-0` and `prod/db-0` on node n1, and `prod/far` on another. */
export const cluster = snapshot(
  [
    pod('prod/api-0', { labels: { name: 'api' }, ips: ['10.0.0.9', 'fd00::9'], workload: 'api' }),
    pod('prod/db-0', { labels: { role: 'db' }, ips: ['10.0.0.7', 'fd00::7'], workload: 'db' }),
    pod('prod/far', { labels: { role: 'far' }, ips: ['10.0.1.1'], node: 'n2' }),
  ],
  { prod: {} },
);

export const db = labels({ role: 'db' });

export interface WorldOptions {
  readonly semantics?: Partial<SemanticsOptions>;
  readonly scope?: Scope;
  readonly world?: Snapshot;
}

/** The IR of node n1, unless another scope is asked for. */
export function compiled(policies: readonly NetworkPolicy[], options: WorldOptions = {}): Ir {
  const { semantics = {}, scope = { kind: 'node', name: 'n1' }, world = cluster } = options;
  const all = { ...defaultCompileOptions, semantics: { ...defaultCompileOptions.semantics, ...semantics } };
  return must(
    createCompiler({ policies, snapshot: world, clusterPolicies: [], skippedByKind: new Map() }, all).ir(scope).value,
  );
}

export function planOf(ir: Ir, ...switches: readonly string[]): IptablesPlan {
  return must(planIptables(ir, { version: '1.2.3', switches: new Set(switches) }).value);
}

export function planned(policies: readonly NetworkPolicy[], options: WorldOptions = {}): IptablesPlan {
  return planOf(compiled(policies, options));
}

/** A family's chains of one kind, as text with the hashes cut from names: `-j NPC1-E`. */
export function chainsOf(plan: IptablesPlan, family: Family, kind: string): readonly (readonly string[])[] {
  const { chains } = must(plan.rules.find((rules) => rules.family === family));
  return chains.filter(({ name }) => name.startsWith(`NPC1-${kind}`)).map(linesOf);
}

/** A chain's rules as text, with hashes cut from names and comments left out. */
export function linesOf({ rules }: Chain): readonly string[] {
  return rules.map((rule) =>
    ruleText({ ...rule, comment: null })
      .replaceAll(/\b(NPC1-[A-Z])[A-Z2-7]{22}/g, '$1')
      .replaceAll(/\b(npc[46][sb])[a-z2-7]{26}/g, '$1'),
  );
}
