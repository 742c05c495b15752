// A Pod as the cluster shows it → the typed pod. Source: S-310 to S-324, S-606.
import { formatAddress, type Address } from '../net/address.ts';
import { pathOf, spanOf, wholeObject, type ClusterObject, type Part } from './cluster-object.ts';
import { addressAt, distinctAddresses } from './decode-addresses.ts';
import { decodeNamedPorts } from './decode-container-ports.ts';
import { decodeLabels } from './decode-labels.ts';
import { decodeName, decodeNamespaceName, decodeReference } from './decode-names.ts';
import type { SnapshotOptions } from './decode-options.ts';
import { decodeWorkload } from './decode-workload.ts';
import { choiceAt, flagAt, partAt, partsAt } from './read-fields.ts';
import type { Pod } from './snapshot.ts';

const phases = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'] as const;

/** Decodes a Pod. Problems go into the object's list; what is given beside an error serves further diagnosis only. */
export function decodePod(object: ClusterObject, { namespace, namedPortsInit, pool }: SnapshotOptions): Pod {
  const whole = wholeObject(object);
  const metadata = partAt(whole, 'metadata');
  const spec = partAt(whole, 'spec');
  const status = partAt(whole, 'status');
  const name = decodeName(metadata, whole);
  const labels = decodeLabels(metadata, 'labels', pool);
  const addresses = decodePodAddresses(status);
  const hostNetwork = flagAt(spec, 'hostNetwork');
  const phase = choiceAt(status, 'phase', phases);
  return {
    namespace: decodeNamespaceName(metadata, namespace, pool),
    name,
    labels,
    addresses,
    node: decodeReference(spec, 'nodeName', pool),
    hostNetwork,
    live: addresses.length > 0 && !hostNetwork && phase !== 'Succeeded' && phase !== 'Failed',
    namedPorts: decodeNamedPorts(spec, namedPortsInit, pool),
    workload: decodeWorkload(metadata, labels, pool) ?? name,
    source: object.source,
  };
}

/** `status.podIPs`, else `status.podIP`. Source: S-310. */
function decodePodAddresses(status: Part | null): readonly Address[] {
  const single = addressAt(status, 'podIP');
  const listed = partsAt(status, 'podIPs').flatMap((part) => addressAt(part, 'ip') ?? []);
  if (listed.length === 0) return single === null ? [] : [single];
  if (status !== null && single !== null) warnOfDifference(status, single, listed);
  return distinctAddresses(listed);
}

function warnOfDifference(status: Part, single: Address, listed: readonly Address[]): void {
  const address = formatAddress(single);
  if (listed.some((each) => formatAddress(each) === address)) return;
  const place = { part: status, key: 'podIP', index: -1 };
  status.object.problems.add('NP3010', { path: pathOf(place), address }, () => spanOf(place));
}
