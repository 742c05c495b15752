// The invariants that every target relies on. Run on what we lowered and on IR documents that others wrote.
import { getOrMake } from '../collections/get-or-make.ts';
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { families, formatAddress, wordsOf } from '../net/address.ts';
import { areDisjoint, isEmpty, type AddressSet } from '../net/address-set.ts';
import { transports } from '../net/allow-table.ts';
import { areRanges } from '../net/ranges.ts';
import { addressSetId, profileId } from './ids.ts';
import type { Direction, Endpoint, Ir, PortRow, Profile } from './ir.ts';
import { compareAddresses, compareText } from './order.ts';

/** Reports every invariant of ir.ts that does not hold; nothing for a sound IR. O(size of the IR). */
export function checkIr(ir: Ir): readonly Diagnostic[] {
  const problems = [
    ...checkEndpoints(ir),
    ...[...ir.profileById].flatMap(([id, profile]) => checkProfile(ir, id, profile)),
    ...[...ir.addressSetById].flatMap(([id, { addresses }]) => checkAddressSet(id, addresses)),
    ...checkReferences(ir),
  ];
  return problems.map((problem) => diagnose('NP4001', { problem }, null));
}

function checkEndpoints(ir: Ir): readonly string[] {
  const seen = new Set<string>();
  return ir.endpoints.flatMap((endpoint, index) => {
    const name = `endpoint \`${endpoint.namespace}/${endpoint.name}\``;
    const previous = ir.endpoints[index - 1];
    const problems: string[] = [];
    if (previous !== undefined && !inOrder(previous, endpoint)) problems.push(`${name} is out of order`);
    if (endpoint.addresses.length === 0) problems.push(`${name} has no address`);
    if (endpoint.addresses.some((address, at) => !ascends(endpoint.addresses[at - 1], address, compareAddresses)))
      problems.push(`${name} has addresses out of order`);
    for (const text of endpoint.addresses.map(formatAddress)) {
      if (seen.has(text)) problems.push(`${name} shares address ${text} with another endpoint`);
      seen.add(text);
    }
    for (const direction of ['ingress', 'egress'] as const) problems.push(...checkUse(ir, endpoint, direction, name));
    return problems;
  });
}

function checkUse(ir: Ir, endpoint: Endpoint, direction: Direction, name: string): readonly string[] {
  const id = endpoint[direction];
  if (id === null) return [];
  const profile = ir.profileById.get(id);
  if (profile === undefined) return [`${name} refers to the unknown profile ${id}`];
  return profile.direction === direction ? [] : [`${name} uses profile ${id} for ${direction}`];
}

function checkProfile(ir: Ir, id: string, profile: Profile): readonly string[] {
  const name = `profile ${id}`;
  const every = ir.addressSetById.get(profile.every)?.addresses;
  if (every === undefined) return [`${name} refers to the unknown address set ${profile.every}`];
  if (id !== profile.id || !getOrMake(ownIdByProfile, profile, () => hasOwnId(profile)))
    return [`${name} does not have the id of its content`];
  return profile.rows.flatMap((row, index) =>
    checkRow(ir, row, profile.rows[index - 1], every).map((p) => `${name}: ${p}`),
  );
}

/** Scopes of one cluster share most of their profiles, too. */
const ownIdByProfile = new WeakMap<Profile, boolean>();

function hasOwnId({ id, direction, every, rows }: Profile): boolean {
  return id === profileId(direction, every, rows);
}

function checkRow(ir: Ir, row: PortRow, previous: PortRow | undefined, every: AddressSet): readonly string[] {
  const name = `row ${row.transport} ${row.first}-${row.last}`;
  const peers = ir.addressSetById.get(row.peers)?.addresses;
  if (peers === undefined) return [`${name} refers to the unknown address set ${row.peers}`];
  const problems: string[] = [];
  if (isEmpty(peers)) problems.push(`${name} allows nobody`);
  if (!areDisjoint(peers, every)) problems.push(`${name} repeats addresses of \`every\``);
  if (!(0 <= row.first && row.first <= row.last && row.last <= 65535)) problems.push(`${name} is no port interval`);
  if (row.transport === 'OTHER' && (row.first !== 0 || row.last !== 65535)) problems.push(`${name} must span 0-65535`);
  if (previous === undefined) return problems;
  const order = transports.indexOf(previous.transport) - transports.indexOf(row.transport);
  if (order > 0 || (order === 0 && previous.last >= row.first)) problems.push(`${name} is out of order or overlaps`);
  if (order === 0 && previous.last + 1 === row.first && previous.peers === row.peers)
    problems.push(`${name} should be joined with the row before it`);
  return problems;
}

function checkAddressSet(id: string, addresses: AddressSet): readonly string[] {
  if (!getOrMake(canonicalBySet, addresses, () => isCanonical(addresses)))
    return [`address set ${id} is not sorted, disjoint and non-adjacent`];
  return addressSetId(addresses) === id ? [] : [`address set ${id} does not have the id of its content`];
}

/** Scopes of one cluster share most of their sets: each is looked at once. Sets never change. */
const canonicalBySet = new WeakMap<AddressSet, boolean>();

function isCanonical(addresses: AddressSet): boolean {
  return families.every((family) => areRanges(addresses[family], wordsOf(family)));
}

/** Nothing is kept that nothing refers to, and maps are sorted by id. */
function checkReferences(ir: Ir): readonly string[] {
  const usedProfiles = new Set(ir.endpoints.flatMap(({ ingress, egress }) => [ingress, egress]));
  const profiles = [...ir.profileById.values()];
  const usedSets = new Set(profiles.flatMap(({ every, rows }) => [every, ...rows.map((row) => row.peers)]));
  return [
    ...unusedOrUnsorted('profile', [...ir.profileById.keys()], usedProfiles),
    ...unusedOrUnsorted('address set', [...ir.addressSetById.keys()], usedSets),
  ];
}

function unusedOrUnsorted(what: string, ids: readonly string[], used: ReadonlySet<string | null>): readonly string[] {
  const unused = ids.filter((id) => !used.has(id)).map((id) => `${what} ${id} is used by nothing`);
  const unsorted = ids.filter((id, index) => !ascends(ids[index - 1], id, compareText));
  return [...unused, ...unsorted.map((id) => `${what} ${id} is out of order`)];
}

function inOrder(a: Endpoint, b: Endpoint): boolean {
  const byName = compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
  const [left, right] = [a.addresses[0], b.addresses[0]];
  return byName < 0 || (byName === 0 && left !== undefined && right !== undefined && compareAddresses(left, right) < 0);
}

function ascends<T>(previous: T | undefined, next: T, compare: (a: T, b: T) => number): boolean {
  return previous === undefined || compare(previous, next) < 0;
}
