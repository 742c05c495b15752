// Labels of snapshot objects. Objects with equal labels share one Map: the label index relies on it.
import type { Labels } from '../policy/label-selector.ts';
import { labelKeyProblems, labelValueProblems } from '../policy/label-syntax.ts';
import { pathOf, spanOf, type Part } from './cluster-object.ts';
import { noLabels, remember, type Pool } from './pool.ts';
import { partAt, reportType } from './read-fields.ts';

/** The labels in a field; empty when it is absent. Equal labels are one Map, whatever the order of keys. Source: S-408. */
export function decodeLabels(part: Part | null, key: string, pool: Pool): Labels {
  const holder = partAt(part, key);
  if (holder === null) return noLabels;
  const known = pool.labelsByFields.get(holder.fields);
  if (known !== undefined) return known;
  const entries = Object.entries(holder.fields);
  const pairs = entries.flatMap(asLabel);
  if (pairs.length < entries.length) return reportTypes(holder, entries);
  if (reportSyntax(holder, pairs)) return noLabels;
  return remember(pool.labelsByFields, holder.fields, pooled(pool, pairs));
}

type Label = readonly [key: string, value: string];

function pooled(pool: Pool, pairs: readonly Label[]): Labels {
  if (pairs.length === 0) return noLabels;
  const sorted = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify(sorted);
  const labels = pool.labels.get(text) ?? new Map(sorted);
  pool.labels.set(text, labels);
  return labels;
}

/** The pair, or nothing when its value is no string. */
function asLabel([key, value]: readonly [string, unknown]): readonly Label[] {
  return typeof value === 'string' ? [[key, value]] : [];
}

function reportTypes(holder: Part, pairs: readonly (readonly [string, unknown])[]): Labels {
  for (const [key, value] of pairs) {
    if (typeof value !== 'string') reportType({ part: holder, key, index: -1 }, 'a string');
  }
  return noLabels;
}

/** True when something is wrong. */
function reportSyntax(holder: Part, labels: readonly Label[]): boolean {
  let wrong = false;
  const { problems } = holder.object;
  for (const [key, value] of labels) {
    const place = { part: holder, key, index: -1 };
    const path = (): string => pathOf({ part: holder.holder ?? holder, key: holder.key, index: -1 });
    for (const problem of labelKeyProblems(key)) {
      wrong = true;
      problems.add('NP2301', { path: path(), key, problem }, () => spanOf(place));
    }
    for (const problem of labelValueProblems(value)) {
      wrong = true;
      problems.add('NP2302', { path: path(), value, problem }, () => spanOf(place));
    }
  }
  return wrong;
}
