// A Pod as the cluster shows it → the typed pod. Source: S-310 to S-324, S-606.
import { addressKey, formatAddress, type Address } from '../net/address.ts';
import { pathOf, spanOf, wholeObject, type ClusterObject, type Part } from './cluster-object.ts';
import { addressAt, distinctAddresses, parsedAddress } from './decode-addresses.ts';
import { decodeDeclaredPorts } from './decode-container-ports.ts';
import { decodeLabels } from './decode-labels.ts';
import { decodeName, decodeNamespaceName, decodeReference } from './decode-names.ts';
import type { SnapshotOptions } from './decode-options.ts';
import { decodeWorkload } from './decode-workload.ts';
import { choiceAt, flagAt, partAt, partsAt, stringAt } from './read-fields.ts';
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
  const ports = decodeDeclaredPorts(spec, namedPortsInit, pool);
  const phase = choiceAt(status, 'phase', phases);
  return {
    namespace: decodeNamespaceName(metadata, namespace, pool),
    name,
    labels,
    addresses,
    node: decodeReference(spec, 'nodeName', pool),
    hostNetwork,
    live: addresses.length > 0 && !hostNetwork && phase !== 'Succeeded' && phase !== 'Failed',
    namedPorts: ports.named,
    unnamedPorts: ports.unnamed,
    workload: decodeWorkload(metadata, labels, pool) ?? name,
    source: object.source,
  };
}

const none: readonly Address[] = [];

/** `status.podIPs`, else `status.podIP`. Source: S-310. */
function decodePodAddresses(status: Part | null): readonly Address[] {
  const single = stringAt(status, 'podIP');
  const listed = partsAt(status, 'podIPs');
  const addresses: Address[] = [];
  let isListed = false;
  for (const part of listed) {
    const address = addressAt(part, 'ip');
    if (address !== null) addresses.push(address);
    isListed ||= part.fields['ip'] === single;
  }
  if (status === null || single === null || isListed)
    return addresses.length === 0 ? none : distinctAddresses(addresses);
  const address = parsedAddress(single, { part: status, key: 'podIP', index: -1 });
  if (addresses.length === 0) return address === null ? none : [address];
  if (address !== null) warnOfDifference(status, address, addresses);
  return distinctAddresses(addresses);
}

/** The same address may be written in another way. */
function warnOfDifference(status: Part, single: Address, listed: readonly Address[]): void {
  const key = addressKey(single);
  if (listed.some((each) => addressKey(each) === key)) return;
  const address = formatAddress(single);
  const place = { part: status, key: 'podIP', index: -1 };
  status.object.problems.add('NP3010', { path: pathOf(place), address }, () => spanOf(place));
}
