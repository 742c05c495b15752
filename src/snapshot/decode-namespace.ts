// A Namespace → the typed namespace. Source: S-112, S-301.
import { dnsLabelProblems } from '../policy/names.ts';
import type { Labels } from '../policy/label-selector.ts';
import { spanOf, wholeObject, type ClusterObject, type Part } from './cluster-object.ts';
import { decodeLabels } from './decode-labels.ts';
import { decodeName } from './decode-names.ts';
import type { SnapshotOptions } from './decode-options.ts';
import { partAt } from './read-fields.ts';
import type { Namespace } from './snapshot.ts';

const nameLabel = 'kubernetes.io/metadata.name';

/** Decodes a Namespace. Problems go into the object's list. */
export function decodeNamespace(object: ClusterObject, { pool }: SnapshotOptions): Namespace {
  const whole = wholeObject(object);
  const metadata = partAt(whole, 'metadata');
  const name = decodeName(metadata, whole, dnsLabelProblems);
  const labels = decodeLabels(metadata, 'labels', pool);
  return { name, labels: withNameLabel(name, labels, metadata), source: object.source };
}

/** The API server writes this label on every write, so that no other value can be true. Source: S-301. */
function withNameLabel(name: string, labels: Labels, metadata: Part | null): Labels {
  const given = labels.get(nameLabel);
  if (given === name) return labels;
  const holder = partAt(metadata, 'labels');
  if (given !== undefined && holder !== null) {
    const place = { part: holder, key: nameLabel, index: -1 };
    holder.object.problems.add('NP3003', { namespace: name, value: given }, () => spanOf(place));
  }
  return new Map([...labels, [nameLabel, name]]);
}
