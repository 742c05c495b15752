// Finds live pods by labels without asking every pod: pods that share a Map of labels are asked once.
import { getOrMake } from '../collections/get-or-make.ts';
import { matches, type Labels, type LabelSelector } from '../policy/label-selector.ts';
import type { Pod } from './snapshot.ts';

/** Live pods of one namespace with one set of labels: no selector can tell them apart. Pods in snapshot order. */
export interface LabelGroup {
  readonly namespace: string;
  readonly labels: Labels;
  readonly pods: readonly Pod[];
}

export interface LabelIndex {
  readonly groups: readonly LabelGroup[];
  readonly groupsByNamespace: ReadonlyMap<string, readonly LabelGroup[]>;
  /** By label key, then value. */
  readonly groupsByLabel: ReadonlyMap<string, ReadonlyMap<string, readonly LabelGroup[]>>;
}

/** Groups live pods (S-320). O(pods + labels of distinct groups); relies on decode sharing Maps of equal labels. */
export function indexPods(pods: readonly Pod[]): LabelIndex {
  const podsByNamespaceAndLabels = new Map<string, Map<Labels, Pod[]>>();
  for (const pod of pods) {
    if (!pod.live) continue;
    const known = getOrMake(podsByNamespaceAndLabels, pod.namespace, () => new Map<Labels, Pod[]>());
    getOrMake(known, pod.labels, () => []).push(pod);
  }
  const groups: LabelGroup[] = [];
  const groupsByNamespace = new Map<string, LabelGroup[]>();
  const groupsByLabel = new Map<string, Map<string, LabelGroup[]>>();
  for (const [namespace, byLabels] of podsByNamespaceAndLabels) {
    for (const [labels, members] of byLabels) {
      const group: LabelGroup = { namespace, labels, pods: members };
      groups.push(group);
      getOrMake(groupsByNamespace, namespace, () => []).push(group);
      for (const [key, value] of labels) {
        const byValue = getOrMake(groupsByLabel, key, () => new Map<string, LabelGroup[]>());
        getOrMake(byValue, value, () => []).push(group);
      }
    }
  }
  return { groups, groupsByNamespace, groupsByLabel };
}

/**
 * The groups in `namespaces` (null means all) whose labels match. Looks at the fewest candidates that one requirement
 * or the namespaces leave.
 */
export function selectGroups(
  index: LabelIndex,
  namespaces: ReadonlySet<string> | null,
  selector: LabelSelector,
): readonly LabelGroup[] {
  const candidates = fewestCandidates(index, namespaces, selector);
  return candidates.filter(chosenBy(namespaces, selector));
}

function fewestCandidates(
  index: LabelIndex,
  namespaces: ReadonlySet<string> | null,
  selector: LabelSelector,
): readonly LabelGroup[] {
  const best =
    namespaces === null ? index.groups : [...namespaces].flatMap((name) => index.groupsByNamespace.get(name) ?? []);
  const labelled = fewestLabelled(index, selector);
  return labelled !== null && sizeOf(labelled) < best.length ? labelled.flat() : best;
}

/** Whether `selectGroups` would find any. It stops at the first. */
export function selectsAny(
  index: LabelIndex,
  namespaces: ReadonlySet<string> | null,
  selector: LabelSelector,
): boolean {
  const isChosen = chosenBy(namespaces, selector);
  const labelled = fewestLabelled(index, selector);
  if (namespaces === null) return (labelled ?? [index.groups]).some((groups) => groups.some(isChosen));
  if (labelled !== null && hasGroups(index, namespaces, sizeOf(labelled))) {
    return labelled.some((groups) => groups.some(isChosen));
  }
  for (const name of namespaces) if (index.groupsByNamespace.get(name)?.some(isChosen)) return true;
  return false;
}

function chosenBy(namespaces: ReadonlySet<string> | null, selector: LabelSelector): (group: LabelGroup) => boolean {
  return (group) => (namespaces === null || namespaces.has(group.namespace)) && matches(selector, group.labels);
}

/** Whether there are so many groups in namespaces. */
function hasGroups({ groupsByNamespace }: LabelIndex, namespaces: ReadonlySet<string>, count: number): boolean {
  let found = 0;
  for (const name of namespaces) {
    if (found >= count) break;
    found += groupsByNamespace.get(name)?.length ?? 0;
  }
  return found >= count;
}

/** The groups that one In requirement leaves, those with the fewest; null when there is no such requirement. */
function fewestLabelled(
  { groupsByLabel }: LabelIndex,
  { requirements }: LabelSelector,
): readonly (readonly LabelGroup[])[] | null {
  let best: readonly (readonly LabelGroup[])[] | null = null;
  for (const { key, operator, values } of requirements) {
    if (operator !== 'In') continue;
    const byValue = groupsByLabel.get(key);
    const candidates = [...new Set(values)].map((value) => byValue?.get(value) ?? []);
    if (best === null || sizeOf(candidates) < sizeOf(best)) best = candidates;
  }
  return best;
}

function sizeOf(lists: readonly (readonly unknown[])[]): number {
  return lists.reduce((size, list) => size + list.length, 0);
}
