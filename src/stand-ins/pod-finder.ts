// Whether pods that somebody asks for are in any of several snapshots.
import { getOrMake } from '../collections/get-or-make.ts';
import type { LabelSelector } from '../policy/label-selector.ts';
import { indexPods, selectsAny, type LabelIndex } from '../snapshot/label-index.ts';
import type { Pod, Snapshot } from '../snapshot/snapshot.ts';
import type { AskedPods } from './asked-pods.ts';
import { listedNames, namespaceIsMeant } from './meant-namespaces.ts';

/** A snapshot and the pods that stand in there. */
export interface View {
  readonly snapshot: Snapshot;
  readonly standIns: readonly Pod[];
}

export interface PodFinder {
  /** Whether a live pod or a stand-in is certainly among those asked for. */
  readonly finds: (asked: AskedPods) => boolean;
  /** Whether one in a namespace has no labels. */
  readonly findsUnlabelled: (namespace: string) => boolean;
}

/** O(pods + labels); each namespace selector costs O(namespaces) once. */
export function createPodFinder(views: readonly View[]): PodFinder {
  const finders = views.map(createFinder);
  return {
    finds: (asked) => finders.some(({ finds }) => finds(asked)),
    findsUnlabelled: (namespace) => finders.some(({ findsUnlabelled }) => findsUnlabelled(namespace)),
  };
}

function createFinder({ snapshot, standIns }: View): PodFinder {
  const index = indexPods([...snapshot.pods, ...standIns]);
  const meant = createNamespaceSets(snapshot, index);
  return {
    finds: ({ peer, namespace }) => selectsAny(index, meant(peer.namespaceSelector, namespace), peer.podSelector),
    findsUnlabelled: (namespace) =>
      (index.groupsByNamespace.get(namespace) ?? []).some(({ labels }) => labels.size === 0),
  };
}

type NamespaceSets = (selector: LabelSelector | null, policyNamespace: string) => ReadonlySet<string> | null;

/** The namespaces with pods that a peer certainly means; null means all. */
function createNamespaceSets(snapshot: Snapshot, { groupsByNamespace }: LabelIndex): NamespaceSets {
  const setByKey = new Map<string, ReadonlySet<string>>();
  const all = [...groupsByNamespace.keys()];
  return (selector, policyNamespace) => {
    if (selector === null) return new Set([policyNamespace]);
    if (selector.requirements.length === 0) return null;
    return getOrMake(setByKey, JSON.stringify(selector.requirements), () => {
      const candidates = listedNames(selector) ?? all;
      return new Set(candidates.filter((name) => namespaceIsMeant(snapshot, selector, name)));
    });
  };
}
