// What policies wait for → a pod for each that nothing in any world is.
import { getOrMake } from '../collections/get-or-make.ts';
import { compareObjects } from '../input/distinct.ts';
import type { World } from '../input/world.ts';
import type { Address } from '../net/address.ts';
import { everything, type Labels } from '../policy/label-selector.ts';
import type { Policies } from '../policy/policies.ts';
import { noLabels } from '../snapshot/pool.ts';
import type { Namespace, Pod, Snapshot } from '../snapshot/snapshot.ts';
import { positionOf, type Source, type Span } from '../source/source.ts';
import { askedLabels } from './asked-labels.ts';
import { askedPods, type AskedPods } from './asked-pods.ts';
import { madeUpName } from './made-up-name.ts';
import { createNamespaceFinder } from './namespace-finder.ts';
import { createPodFinder, type View } from './pod-finder.ts';

export interface Future {
  /** Sorted by namespace, then name. */
  readonly pods: readonly Pod[];
  /** The namespaces of the pods, made up or of some world, for worlds that have no object of the name. */
  readonly namespaces: readonly Namespace[];
}

export const noFuture: Future = { pods: [], namespaces: [] };

/** The place of what nobody wrote. */
const nowhere: Source = { name: '(made up)', text: null, line: 1, column: 1 };

/**
 * A pod for every selector that finds none in any view; one without labels in each namespace with policies; and one in a
 * namespace without labels. Made with the labels that are asked for and no others, one for equal ones.
 */
export function makeFuturePods(
  worlds: readonly World[],
  views: readonly View[],
  addresses: Iterator<readonly Address[], never>,
): Future {
  const asked = askedPods(worlds);
  const anyValue = unmentionedValue(asked);
  const snapshots = views.map(({ snapshot }) => snapshot);
  const namespaces = createNamespaceFinder(snapshots, knownNamespaces(worlds, snapshots), anyValue);
  const finder = createPodFinder(views);
  const drafts = new Map<string, Draft>();
  const add = (namespace: string | null, labels: Labels | null, source: Source): void => {
    if (namespace === null || labels === null) return;
    const name = madeUpName(labels, anyValue);
    getOrMake(drafts, `${namespace}/${name}`, () => ({ namespace, name, labels, source }));
  };
  for (const each of asked.filter((one) => !finder.finds(one))) {
    const { podSelector, namespaceSelector, origin } = each.peer;
    const labels = askedLabels(podSelector, anyValue);
    if (labels === null) continue;
    const source = placeOf(origin.span);
    add(namespaceSelector === null ? each.namespace : namespaces.find(namespaceSelector, source), labels, source);
  }
  for (const [namespace, source] of policyNamespaces(worlds)) {
    if (!finder.findsUnlabelled(namespace)) add(namespace, noLabels, source);
  }
  add(namespaces.makeUp(everything, nowhere), noLabels, nowhere);
  const pods = [...drafts.values()].sort(compareObjects).map((draft) => podOf(draft, addresses.next().value));
  return { pods, namespaces: [...namespaces.madeUp(), ...namespacesOf(pods, snapshots)] };
}

interface Draft {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly source: Source;
}

function podOf(draft: Draft, addresses: readonly Address[]): Pod {
  const facts = { node: null, hostNetwork: false, live: true, namedPorts: [], unnamedPorts: [] };
  return { ...draft, ...facts, addresses, workload: draft.name };
}

/** The objects of the pods' namespaces, from the first snapshot that has one. */
function namespacesOf(pods: readonly Pod[], snapshots: readonly Snapshot[]): readonly Namespace[] {
  const names = [...new Set(pods.map(({ namespace }) => namespace))];
  return names.flatMap((name) => {
    const holder = snapshots.find(({ namespaceByName }) => namespaceByName.has(name));
    return holder?.namespaceByName.get(name) ?? [];
  });
}

/** The names that anything bears witness to. */
function knownNamespaces(worlds: readonly World[], snapshots: readonly Snapshot[]): ReadonlySet<string> {
  const names = new Set(worlds.flatMap(({ policies }) => policies.map(({ namespace }) => namespace)));
  for (const { namespaceByName, pods, podTemplates } of snapshots) {
    for (const name of namespaceByName.keys()) names.add(name);
    for (const { namespace } of pods) names.add(namespace);
    for (const { namespace } of podTemplates) names.add(namespace);
  }
  return names;
}

/** Namespaces with policies, each with the place of the first one. */
function policyNamespaces(worlds: readonly Policies[]): ReadonlyMap<string, Source> {
  const places = new Map<string, Source>();
  for (const { policies } of worlds) {
    for (const { namespace, origin } of policies) getOrMake(places, namespace, () => placeOf(origin.span));
  }
  return places;
}

/** The text is not kept. */
function placeOf(span: Span): Source {
  return { name: span.source.name, text: null, ...positionOf(span) };
}

/** A label value that no selector mentions, so that a pod which has it for want of another fits no selector by chance. */
function unmentionedValue(asked: readonly AskedPods[]): string {
  const mentioned = new Set<string>();
  for (const { peer } of asked) {
    for (const { requirements } of [peer.podSelector, peer.namespaceSelector ?? everything]) {
      for (const { values } of requirements) for (const value of values) mentioned.add(value);
    }
  }
  let value = 'any';
  for (let count = 2; mentioned.has(value); count++) value = `any-${count}`;
  return value;
}
