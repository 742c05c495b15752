// One more policy never takes anything away from a pod that is isolated already. Source: S-1209 (g), S-501, S-503.
import type { Direction, Endpoint, Ir, ProfileId } from '../../src/ir/ir.ts';
import { isEmpty } from '../../src/net/address-set.ts';
import { allowNothing, equalTables, subtractTables, transports, type AllowTable } from '../../src/net/allow-table.ts';
import { must } from '../kit/must.ts';
import { compileWorld, type Subject } from './subject.ts';
import { textAt } from './world/manifest.ts';
import { createRandom } from './world/random.ts';
import { randomPolicy } from './world/random-policy.ts';

/** Adds a policy and says whose allow set shrank though it was isolated before, or grew though it was not. */
export async function findLostAllow({ manifests, ir }: Subject): Promise<string | null> {
  const { namespace } = manifests.readOptions;
  const added = randomPolicy(createRandom(manifests.policies.length), {
    name: 'added',
    namespaces: [namespace, ...ir.endpoints.map((endpoint) => endpoint.namespace)],
    defaultNamespace: namespace,
    dial: 'dense',
  });
  const compiled = await compileWorld({ ...manifests, policies: [...manifests.policies, added] });
  const where = textAt(added, 'metadata', 'namespace') ?? namespace;
  for (const [index, before] of ir.endpoints.entries()) {
    const after = must(compiled.ir.endpoints[index]);
    for (const direction of ['ingress', 'egress'] as const) {
      const lost = compare({ ir, endpoint: before }, { ir: compiled.ir, endpoint: after }, direction, where);
      if (lost !== null) return `a policy in ${where} more: ${before.namespace}/${before.name} ${direction} ${lost}`;
    }
  }
  return null;
}

interface Side {
  readonly ir: Ir;
  readonly endpoint: Endpoint;
}

function compare(before: Side, after: Side, direction: Direction, where: string): string | null {
  const [isolating, isolatingNow] = [before, after].map((side) => isolatingPolicies(side, direction));
  if (isolating === isolatingNow || isContested(before.endpoint)) {
    const same = isContested(before.endpoint) || before.endpoint[direction] === after.endpoint[direction];
    return same ? null : 'changes though the policy does not select it';
  }
  if (before.endpoint.namespace !== where) return 'is isolated by a policy of another namespace';
  if (isolating === 0) return null;
  return isSubset(tableOf(before, direction), tableOf(after, direction)) ? null : 'is allowed less than before';
}

/** Those of tiers are called `Kind/name` and isolate nobody. */
function isolatingPolicies({ endpoint }: Side, direction: Direction): number {
  return endpoint.origins[direction].filter(({ policy }) => !/^[A-Z]/.test(policy)).length;
}

/** Several pods share the address: isolating one more of them does take something away (S-323). */
function isContested(endpoint: Endpoint): boolean {
  return endpoint.name.includes('+');
}

/** Null means everything. */
function isSubset(inner: AllowTable | null, outer: AllowTable | null): boolean {
  return outer === null || (inner !== null && equalTables(subtractTables(inner, outer), allowNothing));
}

function tableOf({ ir, endpoint }: Side, direction: Direction): AllowTable | null {
  const id: ProfileId | null = endpoint[direction];
  if (id === null) return null;
  const { every, rows } = must(ir.profileById.get(id));
  const setOf = (set: string): AllowTable['every'] => must(ir.addressSetById.get(set)).addresses;
  const rowsOf = (transport: (typeof transports)[number]): AllowTable['rows'][typeof transport] =>
    rows
      .filter((row) => row.transport === transport)
      .map(({ first, last, peers }) => ({ first, last, peers: setOf(peers) }))
      .filter((row) => !isEmpty(row.peers));
  const [OTHER = [], SCTP = [], TCP = [], UDP = []] = transports.map(rowsOf);
  return { every: setOf(every), rows: { OTHER, SCTP, TCP, UDP } };
}
