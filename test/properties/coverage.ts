// How often generated worlds exercise which rule of the semantics: cheap counts over the objects as written.
import type { Subject } from './subject.ts';
import { at, isManifest, listAt, textAt, type Json, type Manifest } from './world/manifest.ts';

/** Cases by S-id, for one world. Ids that did not occur are there with 0. */
export function countFeatures({ manifests, world }: Subject): ReadonlyMap<string, number> {
  const { policies, cluster, readOptions } = manifests;
  const parts = policies.map(partsOf);
  const pods = cluster.filter((object) => textAt(object, 'kind') === 'Pod');
  const known = new Set(cluster.filter((object) => textAt(object, 'kind') === 'Namespace').map(nameOf));
  const count = (list: readonly Json[], holds: (item: Json) => boolean): number => list.filter(holds).length;
  const all = {
    rules: parts.flatMap((each) => each.rules),
    peers: parts.flatMap((each) => each.peers),
    ports: parts.flatMap((each) => each.ports),
    expressions: parts.flatMap((each) => each.expressions),
  };
  const excepts = all.peers.map((peer) => listAt(peer, 'ipBlock', 'except')).filter((list) => list.length > 0);
  const has = (key: string) => (item: Json) => isManifest(at(item, key));
  const lacks = (key: string) => (item: Json) => !has(key)(item);
  const operator = (name: string) => (item: Json) => textAt(item, 'operator') === name;
  const live = world.snapshot.pods.filter((pod) => pod.live);
  const addresses = live.flatMap((pod) => pod.addresses.map((address) => `${address.family} ${address.words.join()}`));
  return new Map([
    ['S-106 null items', count(all.rules, (rule) => rule === null)],
    ['S-111 namespace left out', count(policies, (policy) => textAt(policy, 'metadata', 'namespace') === null)],
    ['S-201 types filled in', count(policies, (policy) => listAt(policy, 'spec', 'policyTypes').length === 0)],
    [
      'S-204 no egress rules, no types',
      count(policies, (p) => typesOf(p) === '' && listAt(p, 'spec', 'egress').length === 0),
    ],
    ['S-205 inert section', count(policies, isInert)],
    ['S-206 repeated type', count(policies, (policy) => typesOf(policy) === 'Ingress,Ingress')],
    ['S-210 no spec', count(policies, lacks('spec'))],
    ['S-211 subject nil', count(policies, (policy) => !isManifest(at(policy, 'spec', 'podSelector')))],
    ['S-214 ingress empty list', count(policies, (policy) => isEmptyList(at(policy, 'spec', 'ingress')))],
    ['S-215 egress empty list', count(policies, (policy) => isEmptyList(at(policy, 'spec', 'egress')))],
    [
      'S-216 peers nil or empty',
      count(all.rules, (rule) => listAt(rule, 'from').length + listAt(rule, 'to').length === 0),
    ],
    ['S-217 ports nil or empty', count(all.rules, (rule) => listAt(rule, 'ports').length === 0)],
    ['S-217 ports [{}]', count(all.ports, (port) => isManifest(port) && Object.keys(port).length === 0)],
    ['S-221 protocol left out', count(all.ports, (port) => textAt(port, 'protocol') === null)],
    ['S-222 protocol alone', count(all.ports, (port) => typeof (at(port, 'port') ?? null) === 'object')],
    ['S-224 port range', count(all.ports, (port) => typeof at(port, 'endPort') === 'number')],
    ['S-225 named port', count(all.ports, (port) => textAt(port, 'port') !== null)],
    ['S-232 empty rule', count(all.rules, (rule) => isManifest(rule) && Object.keys(rule).length === 0)],
    [
      'S-240 podSelector alone',
      count(all.peers, (peer) => has('podSelector')(peer) && lacks('namespaceSelector')(peer)),
    ],
    [
      'S-241 namespaceSelector alone',
      count(all.peers, (peer) => has('namespaceSelector')(peer) && lacks('podSelector')(peer)),
    ],
    ['S-242 both selectors', count(all.peers, (peer) => has('namespaceSelector')(peer) && has('podSelector')(peer))],
    ['S-243 ipBlock', count(all.peers, has('ipBlock'))],
    ['S-247 several excepts', excepts.filter((list) => list.length > 1).length],
    [
      'S-253 one name, several ports',
      live.filter((pod) => new Set(pod.namedPorts.map((p) => p.name)).size < pod.namedPorts.length).length,
    ],
    [
      'S-254 init container ports',
      count(pods, (pod) => listAt(pod, 'spec', 'initContainers').some((c) => listAt(c, 'ports').length > 0)),
    ],
    [
      'S-255 ipBlock with named port',
      count(all.rules, (rule) => peersOf(rule).some(has('ipBlock')) && hasNamedPort(rule)),
    ],
    [
      'S-256 egress named port to all',
      count(
        parts.flatMap((each) => each.egress),
        (rule) => peersOf(rule).length === 0 && hasNamedPort(rule),
      ),
    ],
    [
      'S-303 unknown namespace',
      new Set(live.filter((pod) => !known.has(pod.namespace)).map((pod) => pod.namespace)).size,
    ],
    [
      'S-310 podIP alone',
      count(pods, (pod) => textAt(pod, 'status', 'podIP') !== null && listAt(pod, 'status', 'podIPs').length === 0),
    ],
    [
      'S-310 dual-stack pod',
      live.filter((pod) => new Set(pod.addresses.map(({ family }) => family)).size === 2).length,
    ],
    [
      'S-320 finished pod',
      count(pods, (pod) => ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase') ?? '')),
    ],
    ['S-321 pod without address', count(pods, (pod) => textAt(pod, 'status', 'podIP') === null)],
    ['S-322 pod being deleted', count(pods, (pod) => textAt(pod, 'metadata', 'deletionTimestamp') !== null)],
    ['S-323 contested address', addresses.length - new Set(addresses).size],
    ['S-402 In', count(all.expressions, operator('In'))],
    ['S-403 NotIn', count(all.expressions, operator('NotIn'))],
    ['S-404 Exists', count(all.expressions, operator('Exists'))],
    ['S-404 DoesNotExist', count(all.expressions, operator('DoesNotExist'))],
    [
      'S-502 both ends isolated',
      world.policies.some((p) => p.ingress !== null) && world.policies.some((p) => p.egress !== null) ? 1 : 0,
    ],
    ['S-603 own node', live.filter((pod) => pod.node !== null && world.snapshot.nodeByName.has(pod.node)).length],
    ['S-604 own node allowed', manifests.semantics.allowEgressToOwnNode ? 1 : 0],
    ['S-606 hostNetwork pod', count(pods, (pod) => at(pod, 'spec', 'hostNetwork') === true)],
    ['--named-ports-init=all', readOptions.namedPortsInit === 'all' ? 1 : 0],
  ]);
}

/** Adds up the counts of many worlds. */
export function addCounts(total: Map<string, number>, counts: ReadonlyMap<string, number>): void {
  for (const [feature, count] of counts) total.set(feature, (total.get(feature) ?? 0) + count);
}

interface Parts {
  readonly rules: readonly Json[];
  readonly egress: readonly Json[];
  readonly peers: readonly Json[];
  readonly ports: readonly Json[];
  readonly expressions: readonly Json[];
}

function partsOf(policy: Manifest): Parts {
  const egress = listAt(policy, 'spec', 'egress');
  const rules = [...listAt(policy, 'spec', 'ingress'), ...egress];
  const peers = rules.flatMap(peersOf);
  const selectors = peers.flatMap((peer) => [at(peer, 'podSelector'), at(peer, 'namespaceSelector')]);
  const expressions = [at(policy, 'spec', 'podSelector'), ...selectors].flatMap((each) =>
    listAt(each, 'matchExpressions'),
  );
  return { rules, egress, peers, expressions, ports: rules.flatMap((rule) => listAt(rule, 'ports')) };
}

function peersOf(rule: Json): readonly Json[] {
  return [...listAt(rule, 'from'), ...listAt(rule, 'to')];
}

function hasNamedPort(rule: Json): boolean {
  return listAt(rule, 'ports').some((port) => textAt(port, 'port') !== null);
}

function isInert(policy: Json): boolean {
  const types = typesOf(policy);
  const unlisted = (type: string, section: string): boolean =>
    !types.includes(type) && listAt(policy, 'spec', section).length > 0;
  return types !== '' && (unlisted('Ingress', 'ingress') || unlisted('Egress', 'egress'));
}

function typesOf(policy: Json): string {
  return (listAt(policy, 'spec', 'policyTypes') as readonly string[]).join();
}

function isEmptyList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length === 0;
}

function nameOf(object: Manifest): string | null {
  return textAt(object, 'metadata', 'name');
}
