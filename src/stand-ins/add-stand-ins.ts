// Worlds → the same worlds with pods that do not exist yet: those of workloads, and those that selectors wait for.
import { compareObjects } from '../input/distinct.ts';
import type { World } from '../input/world.ts';
import { podKey, type Namespace, type Pod, type Snapshot } from '../snapshot/snapshot.ts';
import { freeAddresses } from './free-addresses.ts';
import { makeFuturePods, noFuture, type Future } from './make-future-pods.ts';
import { makeStandIns, type StandIn } from './make-stand-ins.ts';

export interface StoodIn {
  readonly world: World;
  /** Made for pod templates. */
  readonly standIns: ReadonlySet<Pod>;
  /** Pods that no object stands for: what a selector would select. The same in every world. */
  readonly futurePods: ReadonlySet<Pod>;
}

/**
 * Adds a stand-in for every pod template of which no live pod is there, unless its pods would be on their node's network.
 * With `futurePods`, adds to every world what a selector of any of them asks for, where no live pod and no stand-in of
 * any world has it, and pods without labels.
 *
 * What is added is live and on no node, and bears addresses that no policy means: both families, unless policies leave
 * none. A workload has the same in all worlds. Names are those of workloads, or begin with `(` or end with `)`, as no real
 * name does. No verdict between other pods changes. Worlds that share a snapshot share one again; a world to which
 * nothing is added comes back as it is. O(pods log pods + templates + selectors).
 */
export function addStandIns(
  worlds: readonly World[],
  { futurePods }: { readonly futurePods: boolean },
): readonly StoodIn[] {
  const snapshots = [...new Set(worlds.map(({ snapshot }) => snapshot))];
  const addresses = freeAddresses(worlds);
  const standInsBySnapshot = makeStandIns(snapshots, addresses);
  const views = snapshots.map((snapshot) => ({ snapshot, standIns: podsOf(standInsBySnapshot.get(snapshot)) }));
  const future = futurePods ? makeFuturePods(worlds, views, addresses) : noFuture;
  const extended = new Map(
    snapshots.map((each) => [each, extendSnapshot(each, standInsBySnapshot.get(each) ?? [], future)]),
  );
  const added = new Set(future.pods);
  return worlds.map((world) => {
    const snapshot = extended.get(world.snapshot) ?? world.snapshot;
    return {
      world: snapshot === world.snapshot ? world : { ...world, snapshot },
      standIns: new Set(podsOf(standInsBySnapshot.get(world.snapshot))),
      futurePods: added,
    };
  });
}

function podsOf(standIns: readonly StandIn[] = []): readonly Pod[] {
  return standIns.map(({ pod }) => pod);
}

function extendSnapshot(snapshot: Snapshot, standIns: readonly StandIn[], future: Future): Snapshot {
  if (standIns.length === 0 && future.pods.length === 0) return snapshot;
  const replaced = new Set(standIns.flatMap(({ template }) => (template.kind === 'Pod' ? [podKey(template)] : [])));
  const kept = replaced.size === 0 ? snapshot.pods : snapshot.pods.filter((pod) => !replaced.has(podKey(pod)));
  const pods = [...kept, ...podsOf(standIns), ...future.pods].sort(compareObjects);
  return { ...snapshot, pods, namespaceByName: extendNamespaces(snapshot, future.namespaces) };
}

/** Pods of a namespace without an object keep it so: what its labels would be is open (S-303). */
function extendNamespaces(
  { namespaceByName, pods, podTemplates }: Snapshot,
  more: readonly Namespace[],
): Snapshot['namespaceByName'] {
  const missing = new Map(more.flatMap((each) => (namespaceByName.has(each.name) ? [] : [[each.name, each] as const])));
  for (const { namespace } of pods) missing.delete(namespace);
  for (const { namespace } of podTemplates) missing.delete(namespace);
  if (missing.size === 0) return namespaceByName;
  const all = [...namespaceByName.values(), ...missing.values()].sort(compareObjects);
  return new Map(all.map((namespace) => [namespace.name, namespace]));
}
