// The policies of a planned cluster as a repository holds them: a folder of YAML files, one a namespace.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Json, Manifest } from '../../properties/world/manifest.ts';
import type { ClusterPlan, PlannedNamespace } from './plan.ts';
import { policiesOf } from './policies.ts';

/** What one policy gains: a rule that lets one namespace in, or everybody. */
export type PolicyChange = 'one namespace' | 'everybody';

/** Writes the folder; with a change, one policy of one namespace in the middle has a rule more. */
export async function writePolicies(plan: ClusterPlan, folder: string, change: PolicyChange | null): Promise<string> {
  await mkdir(folder, { recursive: true });
  const changed = plan.namespaces[plan.namespaces.length >> 1];
  for (const namespace of plan.namespaces) {
    const policies = [...policiesOf(namespace, plan)];
    const written = namespace === changed && change !== null ? policies.map(withRule(change, plan)) : policies;
    await writeFile(join(folder, `${namespace.name}.yaml`), written.map((each) => `---\n${stringify(each)}`).join(''));
  }
  return folder;
}

function withRule(change: PolicyChange, { namespaces }: ClusterPlan): (policy: Manifest) => Manifest {
  const [first] = namespaces;
  return (policy) => {
    if (nameOf(policy) !== 'allow-same-namespace') return policy;
    const spec = policy['spec'] as Readonly<Record<string, Json>>;
    const rule = { ...(change === 'everybody' ? {} : { from: [peerOf(first)] }), ports: [{ port: 8443 }] };
    return { ...policy, spec: { ...spec, ingress: [...(spec['ingress'] as readonly Json[]), rule] } };
  };
}

function nameOf(policy: Manifest): Json | undefined {
  return (policy['metadata'] as Readonly<Record<string, Json>>)['name'];
}

function peerOf(namespace: PlannedNamespace | undefined): Json {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace?.name ?? '' } } };
}
