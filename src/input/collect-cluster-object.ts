// A cluster object as plain values → the typed one in a collection.
import type { ClusterObject } from '../snapshot/cluster-object.ts';
import { decodeDnsSnapshot } from '../snapshot/decode-dns-snapshot.ts';
import { decodeNamespace } from '../snapshot/decode-namespace.ts';
import { decodeNode } from '../snapshot/decode-node.ts';
import { decodePod } from '../snapshot/decode-pod.ts';
import { decodeService } from '../snapshot/decode-service.ts';
import type { Collection } from './collection.ts';
import type { InputContext } from './input-context.ts';
import type { ClusterKind } from './object-type.ts';

/** Decodes the object; what is wrong with it goes into its own list of problems. */
export function collectClusterObject(
  to: Collection,
  type: ClusterKind,
  object: ClusterObject,
  { snapshot }: InputContext,
): void {
  switch (type) {
    case 'Namespace':
      to.namespaces.push(decodeNamespace(object, snapshot));
      return;
    case 'Pod':
      to.pods.push(decodePod(object, snapshot));
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
  }
}
