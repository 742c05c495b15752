// A Node → the typed node.
import { parseCidr } from '../net/cidr.ts';
import { pathOf, spanOf, wholeObject, type ClusterObject, type Part } from './cluster-object.ts';
import { addressAt, distinctAddresses } from './decode-addresses.ts';
import { decodeLabels } from './decode-labels.ts';
import { decodeName } from './decode-names.ts';
import type { SnapshotOptions } from './decode-options.ts';
import { partAt, partsAt, stringAt, stringsAt } from './read-fields.ts';
import type { Node } from './snapshot.ts';

/** Decodes a Node. Problems go into the object's list. */
export function decodeNode(object: ClusterObject, { pool }: SnapshotOptions): Node {
  const whole = wholeObject(object);
  const metadata = partAt(whole, 'metadata');
  const spec = partAt(whole, 'spec');
  const addresses = partsAt(partAt(whole, 'status'), 'addresses').filter(isNetworkAddress);
  return {
    name: decodeName(metadata, whole),
    labels: decodeLabels(metadata, 'labels', pool),
    addresses: distinctAddresses(addresses.flatMap((part) => addressAt(part, 'address') ?? [])),
    podCidrs: decodePodCidrs(spec),
    source: object.source,
  };
}

/** Other types hold names. */
function isNetworkAddress(part: Part): boolean {
  const type = stringAt(part, 'type');
  return type === 'InternalIP' || type === 'ExternalIP';
}

/** `spec.podCIDRs`, else `spec.podCIDR`. */
function decodePodCidrs(spec: Part | null): readonly string[] {
  const single = stringAt(spec, 'podCIDR');
  const listed = stringsAt(spec, 'podCIDRs');
  if (spec === null) return [];
  if (listed.length === 0) return single !== null && isPodCidr(single, spec, 'podCIDR', -1) ? [single] : [];
  return listed.filter((text, index) => text !== '' && isPodCidr(text, spec, 'podCIDRs', index));
}

function isPodCidr(text: string, part: Part, key: string, index: number): boolean {
  if (parseCidr(text).problem === null) return true;
  const place = { part, key, index };
  part.object.problems.add('NP3011', { path: pathOf(place), cidr: text }, () => spanOf(place));
  return false;
}
