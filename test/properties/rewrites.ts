// Ways to write the same world differently. Each must leave its meaning alone. Source: S-509, S-201, S-216, S-221, S-233, S-401.
import type { RandomWorld } from './random-world.ts';
import { at, isManifest, listAt, manifest, textAt, type Json, type Manifest } from './world/manifest.ts';
import type { Random } from './world/random.ts';
import { randomRendering } from './world/render.ts';

export type Rewrite = (world: RandomWorld, random: Random) => RandomWorld;

/** By what they do. */
export const rewrites: Readonly<Record<string, Rewrite>> = {
  'other files': (world, random) => ({ ...world, rendering: randomRendering(random) }),
  'another order': shuffleEverything,
  'rules in policies of their own': (world) => ({ ...world, policies: world.policies.flatMap(splitPolicy) }),
  'peers and ports in rules of their own': onPolicies(splitRules),
  'matchLabels as In': onPolicies((policy) => labelsAsExpressions(policy) as Manifest),
  'everything twice': repeatEverything,
  'other policy names': renamePolicies,
  'defaults written out': onPolicies(spellDefaults),
  'an Accept behind each rule of a tier for the same': onClusterPolicies(repeatAccepting),
  'a Pass at the end of Admin': (world) => ({ ...world, clusterPolicies: [...world.clusterPolicies, lastPass] }),
  'other names of tier policies': renameClusterPolicies,
};

function onClusterPolicies(change: (policy: Manifest) => Manifest): Rewrite {
  return (world) => ({ ...world, clusterPolicies: world.clusterPolicies.map(change) });
}

/** Nothing is left for it to accept. Source: S-1209 (c). */
function repeatAccepting(policy: Manifest): Manifest {
  const action = policy['kind'] === 'ClusterNetworkPolicy' ? 'Accept' : 'Allow';
  const rules = (direction: 'ingress' | 'egress'): Json | undefined => {
    const listed = at(policy, 'spec', direction);
    if (!Array.isArray(listed)) return listed;
    return (listed as readonly Manifest[]).flatMap((rule) => [rule, { ...rule, action }]);
  };
  const spec = { ...(policy['spec'] as Manifest), ingress: rules('ingress'), egress: rules('egress') };
  return { ...policy, spec: manifest(spec) };
}

/** Source: S-1209 (d). Its name comes behind every other of its priority. */
const lastPass: Manifest = {
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'zz-last' },
  spec: {
    tier: 'Admin',
    priority: 1000,
    subject: { namespaces: {} },
    ingress: [{ action: 'Pass', from: [{ namespaces: {} }] }],
    egress: [{ action: 'Pass', to: [{ networks: ['0.0.0.0/0', '::/0'] }] }],
  },
};

/** Names order policies of equal priority only. Source: S-1209 (f). */
function renameClusterPolicies(world: RandomWorld): RandomWorld {
  const priorities = world.clusterPolicies.map((policy) => at(policy, 'spec', 'priority'));
  if (new Set(priorities).size < priorities.length) return world;
  const count = priorities.length;
  return {
    ...world,
    clusterPolicies: world.clusterPolicies.map((policy, index) =>
      policy['kind'] === 'BaselineAdminNetworkPolicy' ? policy : renamed(policy, () => `renamed.${count - index}`),
    ),
  };
}

function onPolicies(change: (policy: Manifest) => Manifest): Rewrite {
  return (world) => ({ ...world, policies: world.policies.map(change) });
}

/** The order of objects, list items and keys says nothing, but for `podIPs`, whose first is `podIP` (S-310). */
function shuffleEverything(world: RandomWorld, random: Random): RandomWorld {
  const shuffled = (value: Json, key: string): Json => {
    if (isManifest(value)) {
      const fields = random.shuffle(Object.entries(value));
      return Object.fromEntries(fields.map(([name, inner]) => [name, shuffled(inner, name)]));
    }
    if (!Array.isArray(value)) return value;
    const items = (value as readonly Json[]).map((item) => shuffled(item, ''));
    return key === 'podIPs' ? items : random.shuffle(items);
  };
  const objects = (list: readonly Manifest[]): readonly Manifest[] =>
    random.shuffle(list.map((object) => shuffled(object, '') as Manifest));
  // Rules of tiers are in order.
  const clusterPolicies = random.shuffle(world.clusterPolicies);
  return { ...world, policies: objects(world.policies), clusterPolicies, cluster: objects(world.cluster) };
}

/** One policy a rule. Types are written out, because leaving rules away would change the defaults (S-201). */
function splitPolicy(policy: Manifest): readonly Manifest[] {
  const pieces = (['ingress', 'egress'] as const).flatMap((direction) =>
    listAt(policy, 'spec', direction).map((rule) => ({ [direction]: [rule] })),
  );
  if (pieces.length < 2) return [policy];
  const policyTypes = effectiveTypes(policy);
  return pieces.map((piece, index) => {
    const podSelector = at(policy, 'spec', 'podSelector');
    return { ...renamed(policy, (name) => `${name}-${index}`), spec: manifest({ podSelector, policyTypes, ...piece }) };
  });
}

/** A rule of two peers and two ports is four rules of one peer and one port (S-231, S-234, S-227). */
function splitRules(policy: Manifest): Manifest {
  return onRules(policy, (rule, peers) => {
    const alternatives = (key: string): readonly (readonly Json[] | undefined)[] => {
      const items = listAt(rule, key);
      return items.length === 0 ? [undefined] : items.map((item) => [item]);
    };
    return alternatives(peers).flatMap((peer) =>
      alternatives('ports').map((ports) => manifest({ [peers]: peer, ports })),
    );
  });
}

function labelsAsExpressions(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(labelsAsExpressions);
  if (!isManifest(value)) return value;
  const labels = at(value, 'matchLabels');
  if (!isManifest(labels))
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, labelsAsExpressions(v)]));
  const asIn = Object.entries(labels).map(([key, wanted]) => ({ key, operator: 'In', values: [wanted, wanted] }));
  return { matchExpressions: [...listAt(value, 'matchExpressions'), ...asIn] };
}

/** Whole policies under other names, and within each every rule, peer, port and exception twice. */
function repeatEverything(world: RandomWorld): RandomWorld {
  const twice = (items: Json | undefined): Json | undefined =>
    Array.isArray(items) ? [...(items as readonly Json[]), ...(items as readonly Json[])] : items;
  const repeated = (policy: Manifest): Manifest =>
    onRules(policy, (rule, peers) => {
      const blocks = listAt(rule, peers).map((peer) => {
        const block = at(peer, 'ipBlock');
        return isManifest(block) ? { ipBlock: manifest({ ...block, except: twice(block['except']) }) } : peer;
      });
      const doubled = manifest({ [peers]: twice(blocks), ports: twice(at(rule, 'ports')) });
      return [doubled, doubled];
    });
  const copies = world.policies.map((policy) => renamed(policy, (name) => `copy-of-${name}`));
  return { ...world, policies: [...world.policies.map(repeated), ...copies] };
}

function renamePolicies(world: RandomWorld): RandomWorld {
  const count = world.policies.length;
  return {
    ...world,
    policies: world.policies.map((policy, index) => renamed(policy, () => `renamed.${count - index}`)),
  };
}

/** Namespaces stay as they are: the world's own default is what `readOptions` says. */
function spellDefaults(policy: Manifest): Manifest {
  const spelt = onRules(policy, (rule, peers) => [
    manifest({
      [peers]: listAt(rule, peers).length === 0 ? [] : at(rule, peers),
      ports: listAt(rule, 'ports').map(spellPort),
    }),
  ]);
  const podSelector = at(policy, 'spec', 'podSelector') ?? {};
  const spec = { ...(spelt['spec'] as Manifest), podSelector, policyTypes: effectiveTypes(policy) };
  return { ...spelt, spec };
}

/** The protocol, and the port as a range of one (S-221, S-224). No port at all stays as it is (S-222). */
function spellPort(port: Json): Json {
  const number = at(port, 'port');
  const endPort = at(port, 'endPort') ?? (typeof number === 'number' ? number : undefined);
  return manifest({ protocol: at(port, 'protocol') ?? 'TCP', port: number ?? undefined, endPort });
}

function onRules(policy: Manifest, change: (rule: Json, peers: 'from' | 'to') => readonly Json[]): Manifest {
  const rules = (direction: 'ingress' | 'egress', peers: 'from' | 'to'): Json | undefined => {
    const listed = at(policy, 'spec', direction);
    return Array.isArray(listed) ? listed.flatMap((rule: Json) => change(rule, peers)) : listed;
  };
  const spec = isManifest(policy['spec']) ? policy['spec'] : {};
  return { ...policy, spec: manifest({ ...spec, ingress: rules('ingress', 'from'), egress: rules('egress', 'to') }) };
}

/** Source: S-201 to S-207. */
function effectiveTypes(policy: Manifest): readonly Json[] {
  const listed = listAt(policy, 'spec', 'policyTypes');
  if (listed.length > 0) return listed;
  return listAt(policy, 'spec', 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

function renamed(policy: Manifest, change: (name: string) => string): Manifest {
  const metadata = isManifest(policy['metadata']) ? policy['metadata'] : {};
  return { ...policy, metadata: { ...metadata, name: change(textAt(metadata, 'name') ?? '') } };
}
