// An end of a claim → who is meant by it in a world.
import { resolveEnd } from '../flows/resolve-end.ts';
import { addressesOf, allAddresses, subtract, union, type AddressSet } from '../net/address-set.ts';
import type { ClaimEnd } from './claim.ts';
import { findNamed, findSelected } from './find-pods.ts';
import { failed, nobody, type Found, type Members } from './members.ts';
import { inOrder, nodeAddresses, type Terrain } from './terrain.ts';

/** Finds the members of one end. O(pods). */
export function findMembers(terrain: Terrain, end: ClaimEnd): Found {
  const { name } = end;
  switch (name.kind) {
    case 'named':
      return findNamed(terrain, end, name);
    case 'pods':
      return findSelected(terrain, end, name.selector, name.within);
    case 'block':
      return exactly({ ...inSet(terrain, name.addresses), nodes: [] });
    case 'outside':
      return exactly({ ...nobody, outside: allAddresses });
    case 'any':
      return exactly({ units: terrain.units, outside: allAddresses, nodes: [] });
    case 'address':
    case 'node':
    case 'host':
      return findAddressed(terrain, name, end);
  }
}

/** Some ends together. */
export function uniteMembers(terrain: Terrain, some: readonly Members[]): Members {
  const [first = nobody, ...rest] = some;
  if (rest.length === 0) return first;
  return {
    units: inOrder(terrain, new Set(some.flatMap(({ units }) => units))),
    outside: union(some.map(({ outside }) => outside)),
    nodes: some.flatMap(({ nodes }) => nodes),
  };
}

/** Everybody else, pods and outside. */
export function everybodyBut(terrain: Terrain, { units, outside, nodes }: Members): Members {
  const named = addressesOf(nodes.map(({ address }) => address));
  const meant = new Set(units);
  return {
    units: terrain.units.filter((unit) => !meant.has(unit)),
    outside: subtract(allAddresses, union([outside, named])),
    nodes: [],
  };
}

function findAddressed(
  terrain: Terrain,
  name: Extract<ClaimEnd['name'], { readonly kind: 'address' | 'node' | 'host' }>,
  { span }: ClaimEnd,
): Found {
  const { end, problem } = resolveEnd(terrain.names, name, span, true);
  if (end === null) return failed(problem);
  if (end.node !== null) return exactly({ ...nobody, nodes: nodeAddresses(terrain, end.node, end.addresses) });
  return exactly({ ...inSet(terrain, addressesOf(end.addresses)), nodes: [] });
}

function inSet(terrain: Terrain, set: AddressSet): Pick<Members, 'units' | 'outside'> {
  return { units: inOrder(terrain, new Set(terrain.unitsIn(set))), outside: set };
}

function exactly(members: Members): Found {
  return { possible: members, certain: members, problems: [] };
}
