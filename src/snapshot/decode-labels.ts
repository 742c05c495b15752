// Labels of snapshot objects. Objects with equal labels share one Map: the label index relies on it.
import type { Labels } from '../policy/label-selector.ts';
import { labelKeyProblems, labelValueProblems } from '../policy/label-syntax.ts';
import { pathOf, spanOf, type Fields, type Part } from './cluster-object.ts';
import type { Pool } from './pool.ts';
import { partAt, reportType } from './read-fields.ts';

const none: Labels = new Map();

/** The labels in a field; empty when it is absent. Equal labels are one Map, whatever the order of keys. Source: S-408. */
export function decodeLabels(part: Part | null, key: string, pool: Pool): Labels {
  const holder = partAt(part, key);
  if (holder === null) return none;
  if (!Object.values(holder.fields).every((value) => typeof value === 'string')) return reportValues(holder);
  const text = JSON.stringify(holder.fields);
  const known = pool.labels.get(text);
  if (known !== undefined) return known;
  const labels = reportInvalid(holder, sortedLabels(holder.fields)) ?? shared(pool, sortedLabels(holder.fields));
  if (labels !== none) pool.labels.set(text, labels);
  return labels;
}

function sortedLabels(fields: Fields): readonly (readonly [string, string])[] {
  return Object.keys(fields)
    .sort()
    .map((key) => [key, String(fields[key])] as const);
}

function shared(pool: Pool, labels: readonly (readonly [string, string])[]): Labels {
  const text = JSON.stringify(labels);
  const known = pool.labels.get(text) ?? new Map(labels);
  pool.labels.set(text, known);
  return known;
}

function reportValues(holder: Part): Labels {
  for (const [key, value] of Object.entries(holder.fields)) {
    if (typeof value !== 'string') reportType({ part: holder, key, index: -1 }, 'a string');
  }
  return none;
}

/** `none` when something is wrong, else null. */
function reportInvalid(holder: Part, labels: readonly (readonly [string, string])[]): Labels | null {
  let sound = true;
  const path = pathOf({ ...holder, part: holder.holder ?? holder });
  const { problems } = holder.object;
  for (const [key, value] of labels) {
    const place = { part: holder, key, index: -1 };
    for (const problem of labelKeyProblems(key)) {
      sound = false;
      problems.add('NP2301', { path, key, problem }, () => spanOf(place));
    }
    for (const problem of labelValueProblems(value)) {
      sound = false;
      problems.add('NP2302', { path, value, problem }, () => spanOf(place));
    }
  }
  return sound ? null : none;
}
