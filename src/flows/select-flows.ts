// `netpolc test -l`: the flows that concern some pods.
import { getOrMake } from '../collections/get-or-make.ts';
import { formatAddress } from '../net/address.ts';
import type { Flow } from '../net/flow.ts';
import { matches, type Labels, type LabelSelector } from '../policy/label-selector.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/**
 * Keeps what has a flow with an end that is a live pod whose labels match, in the order given. Flows between nodes and
 * outside addresses concern no pod, so not even the empty selector keeps them. O(pods + flows).
 */
export function selectFlows<T extends { readonly flow: Flow }>(
  items: readonly T[],
  snapshot: Snapshot,
  selector: LabelSelector,
): readonly T[] {
  const selected = selectAddresses(snapshot, selector);
  return items.filter(
    ({ flow }) => selected.has(formatAddress(flow.source)) || selected.has(formatAddress(flow.destination)),
  );
}

/** Canonical texts of the matching live pods' addresses. Pods that share a Map of labels are asked once. */
function selectAddresses(snapshot: Snapshot, selector: LabelSelector): ReadonlySet<string> {
  const matchesByLabels = new Map<Labels, boolean>();
  const selected = new Set<string>();
  for (const pod of snapshot.pods) {
    if (!pod.live) continue;
    const isSelected = getOrMake(matchesByLabels, pod.labels, () => matches(selector, pod.labels));
    if (isSelected) for (const address of pod.addresses) selected.add(formatAddress(address));
  }
  return selected;
}
