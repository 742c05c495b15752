// What was read and not used, in a sentence.
import { cutText, escapeText } from '../diagnostics/safe-text.ts';
import { workloadVersions } from './object-type.ts';
import type { World } from './world.ts';

/** How many kinds are named. */
const shown = 10;

/**
 * `skipped 3 objects of kinds that policies do not depend on: apps/v1/Deployment (2), v1/ConfigMap (1)`, most frequent
 * first; null when nothing was skipped. Fit for a terminal.
 */
export function printSkipped(skippedByKind: ReadonlyMap<string, number>): string | null {
  const kinds = [...skippedByKind].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  if (kinds.length === 0) return null;
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  const named = kinds.slice(0, shown).map(([kind, count]) => `${cutText(escapeText(kind), 100)} (${count})`);
  const others = kinds.length > shown ? [`${kinds.length - shown} other kinds`] : [];
  const objects = total === 1 ? '1 object' : `${total} objects`;
  return `skipped ${objects} of kinds that policies do not depend on: ${[...named, ...others].join(', ')}`;
}

/** What a world has no use for where nothing stands for pods that do not exist yet: workloads are skipped as well. */
export function skippedWithTemplates({ skippedByKind, snapshot }: World): ReadonlyMap<string, number> {
  const counts = new Map(skippedByKind);
  for (const { kind } of snapshot.podTemplates) {
    if (kind === 'Pod') continue;
    const name = `${workloadVersions[kind]}/${kind}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
