// Makes a world smaller while what is wrong with it stays wrong: objects, list items and fields go, one after another.
import type { RandomWorld } from './random-world.ts';
import { isManifest, type Json, type Manifest } from './world/manifest.ts';
import { jsonRendering } from './world/render.ts';

type Path = readonly (string | number)[];

/**
 * The smallest world that greedy removal finds. `fails` must say whether a world still shows the same mismatch; it is
 * asked once per remaining field and pass, and must answer false for a world that cannot be read.
 */
export async function shrinkWorld(
  world: RandomWorld,
  fails: (smaller: RandomWorld) => Promise<boolean>,
): Promise<RandomWorld> {
  let smallest = { ...world, rendering: jsonRendering };
  if (!(await fails(smallest))) smallest = world;
  for (let before = Infinity; sizeOf(smallest) < before;) {
    before = sizeOf(smallest);
    for (const part of ['policies', 'clusterPolicies', 'cluster'] as const)
      smallest = await shrinkPart(smallest, part, fails);
  }
  return smallest;
}

/** Whole objects first, because the paths are in the order of the tree. A success is followed by the next path there. */
async function shrinkPart(
  world: RandomWorld,
  part: 'policies' | 'clusterPolicies' | 'cluster',
  fails: (smaller: RandomWorld) => Promise<boolean>,
): Promise<RandomWorld> {
  let smallest = world;
  for (let depth = 1; depth <= deepest(smallest[part]); depth++) {
    for (let at = 0; ;) {
      const path = pathsAt(smallest[part], depth)[at];
      if (path === undefined) break;
      const smaller = { ...smallest, [part]: without(smallest[part], path) as readonly Manifest[] };
      if (await fails(smaller)) smallest = smaller;
      else at++;
    }
  }
  return smallest;
}

function pathsAt(value: Json, depth: number): readonly Path[] {
  if (depth === 0) return [[]];
  return childrenOf(value).flatMap(([key, inner]) => pathsAt(inner, depth - 1).map((path) => [key, ...path]));
}

function childrenOf(value: Json): readonly (readonly [string | number, Json])[] {
  if (Array.isArray(value)) return [...(value as readonly Json[]).entries()];
  return isManifest(value) ? Object.entries(value) : [];
}

function without(value: Json, [first, ...rest]: Path): Json {
  const children = childrenOf(value).flatMap(([key, inner]) => {
    if (key !== first) return [[key, inner] as const];
    return rest.length === 0 ? [] : [[key, without(inner, rest)] as const];
  });
  return Array.isArray(value) ? children.map(([, inner]) => inner) : Object.fromEntries(children);
}

function deepest(value: Json): number {
  return childrenOf(value).reduce((depth, [, inner]) => Math.max(depth, 1 + deepest(inner)), 0);
}

function sizeOf({ policies, clusterPolicies, cluster }: RandomWorld): number {
  return JSON.stringify([policies, clusterPolicies, cluster]).length;
}
