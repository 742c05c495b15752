// A Service → the typed service. Policies never see services (S-420); lints and explanations do.
import type { Address } from '../net/address.ts';
import { protocols } from '../net/protocol.ts';
import { dnsLabelProblems } from '../policy/names.ts';
import { wholeObject, type ClusterObject, type Part } from './cluster-object.ts';
import { distinctAddresses, parsedAddress } from './decode-addresses.ts';
import { decodeLabels } from './decode-labels.ts';
import { decodeName, decodeNamespaceName, decodePortName, decodeServicePortName } from './decode-names.ts';
import type { SnapshotOptions } from './decode-options.ts';
import type { Pool } from './pool.ts';
import { choiceAt, partAt, partsAt, portAt, reportType, stringAt, stringsAt } from './read-fields.ts';
import type { Service, ServicePort } from './snapshot.ts';

const trafficPolicies = ['Cluster', 'Local'] as const;
const types = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] as const;

/** Decodes a Service. Problems go into the object's list. */
export function decodeService(object: ClusterObject, { namespace, pool }: SnapshotOptions): Service {
  const whole = wholeObject(object);
  const metadata = partAt(whole, 'metadata');
  const spec = partAt(whole, 'spec');
  const selector = decodeLabels(spec, 'selector', pool);
  return {
    namespace: decodeNamespaceName(metadata, namespace, pool),
    name: decodeName(metadata, whole, dnsLabelProblems),
    type: choiceAt(spec, 'type', types) ?? 'ClusterIP',
    selector: selector.size === 0 ? null : selector,
    clusterIPs: decodeClusterIPs(spec),
    ports: partsAt(spec, 'ports').flatMap((part) => decodeServicePort(part, pool) ?? []),
    externalTrafficPolicy: choiceAt(spec, 'externalTrafficPolicy', trafficPolicies) ?? 'Cluster',
    source: object.source,
  };
}

/** `spec.clusterIPs`, else `spec.clusterIP`; a headless service says `None`. */
function decodeClusterIPs(spec: Part | null): readonly Address[] {
  const single = stringAt(spec, 'clusterIP');
  const listed = stringsAt(spec, 'clusterIPs');
  if (spec === null) return [];
  const texts = listed.length > 0 ? listed : single !== null ? [single] : [];
  const key = listed.length > 0 ? 'clusterIPs' : 'clusterIP';
  const addresses = texts.flatMap((text, index) =>
    text === 'None' || text === ''
      ? []
      : (parsedAddress(text, { part: spec, key, index: listed.length > 0 ? index : -1 }) ?? []),
  );
  return distinctAddresses(addresses);
}

function decodeServicePort(part: Part, pool: Pool): ServicePort | null {
  const port = portAt(part, 'port');
  if (port === null) {
    if (part.fields['port'] === undefined) reportType({ part, key: 'port', index: -1 }, 'an integer');
    return null;
  }
  const target = part.fields['targetPort'];
  return {
    name: decodeServicePortName(part, pool),
    protocol: choiceAt(part, 'protocol', protocols) ?? 'TCP',
    port,
    targetPort:
      (typeof target === 'number' ? portAt(part, 'targetPort') : decodePortName(part, 'targetPort', pool)) ?? port,
    nodePort: part.fields['nodePort'] === 0 ? null : portAt(part, 'nodePort'),
  };
}
