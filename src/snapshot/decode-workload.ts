// Which workload a pod belongs to, for people. Selection never depends on it (S-324).
import type { Labels } from '../policy/label-selector.ts';
import { subdomainProblems } from '../policy/names.ts';
import type { Part } from './cluster-object.ts';
import { decodeReference } from './decode-names.ts';
import { remember, type Pool } from './pool.ts';
import { flagAt, partsAt, stringAt } from './read-fields.ts';

/**
 * The name of the pod's controller; for a ReplicaSet, of the Deployment behind it, which the hash at its end tells.
 * Null when the pod has none: a mirror pod belongs to its node, which is no workload.
 */
export function decodeWorkload(metadata: Part | null, labels: Labels, pool: Pool): string | null {
  const list = metadata?.fields['ownerReferences'];
  if (metadata === null || typeof list !== 'object' || list === null) return decodeOwner(metadata, labels, pool);
  const known = pool.workloadByOwners.get(list);
  if (known?.labels === labels) return known.workload;
  const { problems } = metadata.object;
  const before = problems.found.length;
  const workload = decodeOwner(metadata, labels, pool);
  if (problems.found.length === before) remember(pool.workloadByOwners, list, { labels, workload });
  return workload;
}

function decodeOwner(metadata: Part | null, labels: Labels, pool: Pool): string | null {
  const owners = partsAt(metadata, 'ownerReferences');
  const owner = owners.find((each) => flagAt(each, 'controller')) ?? owners[0] ?? null;
  const kind = stringAt(owner, 'kind');
  if (owner === null || kind === 'Node') return null;
  const name = decodeReference(owner, 'name', pool);
  const hash = labels.get('pod-template-hash');
  if (kind !== 'ReplicaSet' || name === null || hash === undefined || !name.endsWith(`-${hash}`)) return name;
  return pooled(name.slice(0, -hash.length - 1), pool) ?? name;
}

/** The same text for all pods of a workload; null when no Deployment can have the name. */
function pooled(name: string, pool: Pool): string | null {
  const known = pool.subdomains.get(name);
  if (known !== undefined) return known;
  if (subdomainProblems(name).length > 0) return null;
  pool.subdomains.set(name, name);
  return name;
}
