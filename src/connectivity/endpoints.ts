// The endpoints of two worlds, told by name: which are in both, and which addresses they have on either side.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import { compareText } from '../ir/order.ts';
import { families, formatAddress, type Address, type Family } from '../net/address.ts';
import type { LocalEndpoint } from '../lower/endpoints.ts';
import { podKey } from '../snapshot/snapshot.ts';
import type { Workload } from './workloads.ts';

/** Something in the base and in the head; null where it does not exist. */
export interface Both<T> {
  readonly base: T | null;
  readonly head: T | null;
}

/** An endpoint of one world or of both. */
export interface Subject extends Both<LocalEndpoint> {
  /** `namespace/name`; `namespace/a+namespace/b` for an address that several pods claim (S-323). */
  readonly name: string;
  readonly workload: Workload;
}

/** One address of a subject, or what stands for it on the other side. Both addresses are of one family. */
export interface Unit extends Both<Address> {
  readonly subject: Subject;
  readonly family: Family;
}

/** Subjects of two worlds, sorted by name. `workloadOf` is asked once for each. */
export function joinEndpoints(
  base: readonly LocalEndpoint[],
  head: readonly LocalEndpoint[],
  workloadOf: (endpoint: LocalEndpoint) => Workload,
): readonly Subject[] {
  const subjects =
    base === head
      ? base.map((each) => ({ name: nameOf(each), workload: workloadOf(each), base: each, head: each }))
      : joinByName(base, head).map(([name, both]) => ({ name, workload: workloadOf(present(both)), ...both }));
  return subjects.sort((a, b) => compareText(a.name, b.name));
}

/** The addresses of a subject, those of both sides joined: equal ones, and single ones of a family. */
export function unitsOf(subject: Subject): readonly Unit[] {
  const { base, head } = subject;
  if (base === head) return (base?.addresses ?? []).map((each) => unit(subject, each, each));
  return families.flatMap((family) => {
    const before = ofFamily(base, family);
    const after = ofFamily(head, family);
    const [old, young] = [before[0], after[0]];
    if (before.length === 1 && after.length === 1 && old !== undefined && young !== undefined)
      return [unit(subject, old, young)];
    const byText = groupBy([...before, ...after], formatAddress);
    return [...byText].map(([text, [address]]) =>
      unit(subject, has(before, text) ? (address ?? null) : null, has(after, text) ? (address ?? null) : null),
    );
  });
}

function unit(subject: Subject, base: Address | null, head: Address | null): Unit {
  return { subject, family: (base ?? head)?.family ?? 'IPv4', base, head };
}

function ofFamily(endpoint: LocalEndpoint | null, family: Family): readonly Address[] {
  return endpoint?.addresses.filter((address) => address.family === family) ?? [];
}

function has(addresses: readonly Address[], text: string): boolean {
  return addresses.some((address) => formatAddress(address) === text);
}

function joinByName(
  base: readonly LocalEndpoint[],
  head: readonly LocalEndpoint[],
): readonly (readonly [string, Both<LocalEndpoint>])[] {
  const joined = new Map<string, { base: LocalEndpoint | null; head: LocalEndpoint | null }>();
  const entry = (each: LocalEndpoint): { base: LocalEndpoint | null; head: LocalEndpoint | null } =>
    getOrMake(joined, keyOf(each), () => ({ base: null, head: null }));
  for (const each of base) entry(each).base = each;
  for (const each of head) entry(each).head = each;
  return [...joined.values()].map((both) => [nameOf(present(both)), both]);
}

/** The one that exists, the head's when both do. */
export function present({ base, head }: Both<LocalEndpoint>): LocalEndpoint {
  const one = head ?? base;
  if (one === null) throw new Error('an endpoint of neither world');
  return one;
}

function nameOf({ owners }: LocalEndpoint): string {
  return owners.map(podKey).join('+');
}

/** The same owners claim several addresses: each is an endpoint of its own. */
function keyOf(endpoint: LocalEndpoint): string {
  const name = nameOf(endpoint);
  return endpoint.owners.length === 1 ? name : `${name} ${endpoint.addresses.map(formatAddress).join(' ')}`;
}
