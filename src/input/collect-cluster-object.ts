// A cluster object as plain values → the typed one in a collection.
import type { ClusterObject } from '../snapshot/cluster-object.ts';
import { decodeDnsSnapshot } from '../snapshot/decode-dns-snapshot.ts';
import { decodeNamespace } from '../snapshot/decode-namespace.ts';
import { decodeNode } from '../snapshot/decode-node.ts';
import { decodePod } from '../snapshot/decode-pod.ts';
import { decodePodTemplate, templateOfPod } from '../snapshot/decode-pod-template.ts';
import { decodeService } from '../snapshot/decode-service.ts';
import type { WorkloadKind } from '../snapshot/snapshot.ts';
import { countSkipped, type Collection } from './collection.ts';
import type { InputContext } from './input-context.ts';
import { workloadVersions, type ClusterKind } from './object-type.ts';

/** Decodes the object; what is wrong with it goes into its own list of problems. */
export function collectClusterObject(
  to: Collection,
  type: ClusterKind,
  object: ClusterObject,
  context: InputContext,
): void {
  const { snapshot } = context;
  switch (type) {
    case 'Namespace':
      to.namespaces.push(decodeNamespace(object, snapshot));
      return;
    case 'Pod':
      collectPod(to, object, context);
      return;
    case 'Node':
      to.nodes.push(decodeNode(object, snapshot));
      return;
    case 'Service':
      to.services.push(decodeService(object, snapshot));
      return;
    case 'DNSSnapshot':
      to.dnsSnapshots.push(decodeDnsSnapshot(object));
      return;
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'Job':
    case 'CronJob':
      collectWorkload(to, type, object, context);
  }
}

/** What people write of a pod is a pod that does not exist yet. */
function collectPod(to: Collection, object: ClusterObject, { role, options, snapshot }: InputContext): void {
  const pod = decodePod(object, snapshot);
  to.pods.push(pod);
  const template = options.planned && role === 'policies' ? templateOfPod(object, pod) : null;
  if (template !== null) to.podTemplates.push(template);
}

function collectWorkload(
  to: Collection,
  kind: WorkloadKind,
  object: ClusterObject,
  { options, snapshot }: InputContext,
): void {
  const template = options.planned ? decodePodTemplate(kind, object, snapshot) : null;
  if (template === null) countSkipped(to, `${workloadVersions[kind]}/${kind}`);
  else to.podTemplates.push(template);
}
