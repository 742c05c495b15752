// Pods of a claim's end: by name, by workload, by labels and namespaces.
import { getOrMake } from '../collections/get-or-make.ts';
import { present, type Unit } from '../connectivity/endpoints.ts';
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { unknownPodHint } from '../flows/nearest-pod.ts';
import { resolveEnd } from '../flows/resolve-end.ts';
import { noAddresses } from '../net/address-set.ts';
import { matches, type Labels, type LabelSelector } from '../policy/label-selector.ts';
import { matchesUnknownNamespace } from '../resolve/select-namespaces.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { ClaimEnd, Within } from './claim.ts';
import { failed, type Found, type NodeAddress } from './members.ts';
import { inOrder, nodeAddresses, type Terrain } from './terrain.ts';

/** Finds a pod; when there is none by that name, the pods of a workload. */
export function findNamed(
  terrain: Terrain,
  { span, text }: ClaimEnd,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Found {
  const pod = terrain.names.pod(namespace, name);
  if (pod !== null) return findPod(terrain, pod, span);
  const pods = (terrain.names.podsByNamespace().get(namespace) ?? []).filter(({ workload }) => workload === name);
  if (pods.length > 0) return findPods(terrain, new Set(pods.filter(({ live }) => live)), nodesOf(terrain, pods));
  const hint = workloadHint(terrain, namespace, name) ?? unknownPodHint(terrain.names, namespace, name);
  return failed(diagnose('NP1071', { name: text }, span, { hint }));
}

function findPod(terrain: Terrain, pod: Pod, span: ClaimEnd['span']): Found {
  const { problem } = resolveEnd(terrain.names, { kind: 'pod', namespace: pod.namespace, name: pod.name }, span, false);
  if (problem !== null) return failed(problem);
  return findPods(terrain, new Set(pod.live ? [pod] : []), nodesOf(terrain, [pod]));
}

type Answer = 'yes' | 'no' | 'maybe';

/** A pod on its node's network is its node. Source: S-606. */
function nodesOf(terrain: Terrain, pods: readonly Pod[]): readonly NodeAddress[] {
  const names = new Set(pods.flatMap(({ hostNetwork, node }) => (hostNetwork && node !== null ? [node] : [])));
  return [...names].flatMap((node) => nodeAddresses(terrain, node));
}

function findPods(terrain: Terrain, pods: ReadonlySet<Pod>, nodes: readonly NodeAddress[]): Found {
  const byPod = terrain.unitsByPod();
  const units = inOrder(terrain, new Set([...pods].flatMap((pod) => byPod.get(pod) ?? [])));
  return found(units, (pod) => (pods.has(pod) ? 'yes' : 'no'), nodes);
}

/** Finds the pods that a selector selects. O(pods). */
export function findSelected(terrain: Terrain, end: ClaimEnd, selector: LabelSelector, within: Within): Found {
  const problems: Diagnostic[] = [];
  const inPlace = new Map<string, Answer>();
  const ofLabels = new Map<Labels, boolean>();
  const known = terrain.names.podsByNamespace();
  if (within.kind === 'namespace' && !known.has(within.name)) {
    if (!terrain.world.snapshot.namespaceByName.has(within.name)) problems.push(unknownNamespace(terrain, within, end));
  }
  const answer = (pod: Pod): Answer => {
    if (!getOrMake(ofLabels, pod.labels, () => matches(selector, pod.labels))) return 'no';
    return getOrMake(inPlace, pod.namespace, () => isWithin(terrain, within, pod.namespace));
  };
  const units = terrain.units.filter(({ subject }) => present(subject).owners.some((pod) => answer(pod) !== 'no'));
  const severity = terrain.allowIncomplete ? 'warning' : 'error';
  for (const [namespace, place] of inPlace) {
    if (place !== 'maybe' || within.kind !== 'namespaces') continue;
    problems.push(diagnose('NP1073', { namespace, selector: within.text }, end.span, { severity }));
  }
  return { ...found(units, answer, []), problems };
}

function isWithin({ world }: Terrain, within: Within, namespace: string): Answer {
  if (within.kind === 'everywhere') return 'yes';
  if (within.kind === 'namespace') return within.name === namespace ? 'yes' : 'no';
  const object = world.snapshot.namespaceByName.get(namespace);
  if (object !== undefined) return matches(within.selector, object.labels) ? 'yes' : 'no';
  const answer = matchesUnknownNamespace(within.selector, namespace);
  return answer === 'unknown' ? 'maybe' : answer ? 'yes' : 'no';
}

/** An address that several pods claim is certainly meant only when all of them are. */
function found(units: readonly Unit[], answer: (pod: Pod) => Answer, nodes: readonly NodeAddress[]): Found {
  const certain = units.filter(({ subject }) => present(subject).owners.every((pod) => answer(pod) === 'yes'));
  return {
    possible: { units, outside: noAddresses, nodes },
    certain: { units: certain, outside: noAddresses, nodes },
    problems: [],
  };
}

/** The comparison of names costs their lengths multiplied, so a huge namespace is not compared in full. */
const mostCandidates = 2000;

function workloadHint({ names }: Terrain, namespace: string, name: string): string | null {
  const workloads = new Set((names.podsByNamespace().get(namespace) ?? []).map(({ workload }) => workload));
  const similar = nearest(name, [...workloads].slice(0, mostCandidates));
  return similar === null ? null : `did you mean \`${namespace}/${similar}\`?`;
}

function unknownNamespace(terrain: Terrain, { name }: { readonly name: string }, { span }: ClaimEnd): Diagnostic {
  const known = [...terrain.names.podsByNamespace().keys(), ...terrain.world.snapshot.namespaceByName.keys()];
  const similar = nearest(name, known.slice(0, mostCandidates));
  const hint = similar === null ? null : `did you mean \`${similar}\`?`;
  return diagnose('NP1072', { namespace: name }, span, { hint });
}
