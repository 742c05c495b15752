// A workload → the pods that it would make. Decoded as strictly as a pod: what it says becomes one.
import { wholeObject, type ClusterObject, type Fields, type Part } from './cluster-object.ts';
import { decodeDeclaredPorts } from './decode-container-ports.ts';
import { decodeLabels } from './decode-labels.ts';
import { decodeName, decodeNamespaceName } from './decode-names.ts';
import type { SnapshotOptions } from './decode-options.ts';
import { flagAt, partAt, partsAt } from './read-fields.ts';
import type { Pod, PodTemplate, WorkloadKind } from './snapshot.ts';

/**
 * Decodes a workload; null when another workload made it, whose pods these are. Problems go into the object's list; what
 * is given beside an error serves further diagnosis only.
 */
export function decodePodTemplate(
  kind: WorkloadKind,
  object: ClusterObject,
  { namespace, namedPortsInit, pool }: SnapshotOptions,
): PodTemplate | null {
  const whole = wholeObject(object);
  const metadata = partAt(whole, 'metadata');
  if (isMadeByWorkload(kind, metadata)) return null;
  const template = templateAt(kind, whole);
  const spec = partAt(template, 'spec');
  const ports = decodeDeclaredPorts(spec, namedPortsInit, pool);
  return {
    kind,
    namespace: decodeNamespaceName(metadata, namespace, pool),
    name: decodeName(metadata, whole),
    labels: decodeLabels(partAt(template, 'metadata'), 'labels', pool),
    hostNetwork: flagAt(spec, 'hostNetwork'),
    namedPorts: ports.named,
    unnamedPorts: ports.unnamed,
    source: object.source,
  };
}

/** The kind of workload that makes workloads of a kind, where there is one. */
const makers: Partial<Record<WorkloadKind, WorkloadKind>> = { ReplicaSet: 'Deployment', Job: 'CronJob' };

/** A Deployment keeps the ReplicaSets of earlier versions, a CronJob the Jobs of earlier times. */
function isMadeByWorkload(kind: WorkloadKind, metadata: Part | null): boolean {
  const maker = makers[kind];
  if (maker === undefined) return false;
  const owners = partsAt(metadata, 'ownerReferences');
  return owners.some((owner) => owner.fields['kind'] === maker && flagAt(owner, 'controller'));
}

function templateAt(kind: WorkloadKind, whole: Part): Part | null {
  const spec = partAt(whole, 'spec');
  const holder = kind === 'CronJob' ? partAt(partAt(spec, 'jobTemplate'), 'spec') : spec;
  return partAt(holder, 'template');
}

/** A pod that no scheduler and no node has touched, as a template of itself; null for any other. */
export function templateOfPod(object: ClusterObject, pod: Pod): PodTemplate | null {
  if (pod.addresses.length > 0 || pod.node !== null || hasPhase(object.fields['status'])) return null;
  const { namespace, name, labels, hostNetwork, namedPorts, unnamedPorts, source } = pod;
  return { kind: 'Pod', namespace, name, labels, hostNetwork, namedPorts, unnamedPorts, source };
}

function hasPhase(status: unknown): boolean {
  return typeof status === 'object' && status !== null && ((status as Fields)['phase'] ?? '') !== '';
}
