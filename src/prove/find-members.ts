// An end of a claim → who is meant by it in a world.
import { getOrMake } from '../collections/get-or-make.ts';
import { present, type Unit } from '../connectivity/endpoints.ts';
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import { unknownPodHint } from '../flows/nearest-pod.ts';
import { resolveEnd } from '../flows/resolve-end.ts';
import { addressesOf, allAddresses, noAddresses, subtract, union, type AddressSet } from '../net/address-set.ts';
import { matches, type Labels, type LabelSelector } from '../policy/label-selector.ts';
import { matchesUnknownNamespace } from '../resolve/select-namespaces.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { ClaimEnd, Within } from './claim.ts';
import { nobody, type Members, type NodeAddress } from './members.ts';
import type { Terrain } from './terrain.ts';

/**
 * Who is meant. `certain` leaves out what the snapshot leaves open: an address that another pod claims as well, which is
 * not meant (S-323), and pods in a namespace of which only the name is known (S-303).
 */
export interface Found {
  readonly possible: Members;
  readonly certain: Members;
  /** Errors mean that nobody can be meant. */
  readonly problems: readonly Diagnostic[];
}

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
      return exactly({ ...nobody, outside: outsideOf(terrain, allAddresses) });
    case 'any':
      return exactly({ units: terrain.units, outside: outsideOf(terrain, allAddresses), nodes: [] });
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
    outside: subtract(outsideOf(terrain, allAddresses), union([outside, named])),
    nodes: [],
  };
}

type Answer = 'yes' | 'no' | 'maybe';

function findNamed(
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

function findSelected(terrain: Terrain, end: ClaimEnd, selector: LabelSelector, within: Within): Found {
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

/** An address that a pod has is the pod's. */
function nodeAddresses(
  terrain: Terrain,
  node: string,
  addresses = terrain.names.nodeAddresses(node) ?? [],
): readonly NodeAddress[] {
  const own = addresses.filter((address) => terrain.unitsIn(addressesOf([address])).length === 0);
  return own.map((address) => ({ node, address }));
}

function inSet(terrain: Terrain, set: AddressSet): Pick<Members, 'units' | 'outside'> {
  return { units: inOrder(terrain, new Set(terrain.unitsIn(set))), outside: outsideOf(terrain, set) };
}

function outsideOf(terrain: Terrain, set: AddressSet): AddressSet {
  return set === allAddresses ? allOutside(terrain) : subtract(set, terrain.podAddresses());
}

const outsideByTerrain = new WeakMap<Terrain, AddressSet>();

function allOutside(terrain: Terrain): AddressSet {
  return getOrMake(outsideByTerrain, terrain, () => subtract(allAddresses, terrain.podAddresses()));
}

function inOrder(terrain: Terrain, units: ReadonlySet<Unit>): readonly Unit[] {
  return [...units].sort((a, b) => terrain.rankOf(a) - terrain.rankOf(b));
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

function exactly(members: Members): Found {
  return { possible: members, certain: members, problems: [] };
}

function failed(problem: Diagnostic): Found {
  return { possible: nobody, certain: nobody, problems: [problem] };
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
