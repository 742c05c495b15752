// Where something comes from, as one short line per policy field: `prod/db-policy ingress[0] policies/db.yaml:11`.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import { compareText } from '../../src/ir/order.ts';
import type { Origin } from '../../src/ir/ir.ts';
import { shortPlace } from '../../src/source/source.ts';
import { safeText, type SafeText } from './safe-text.ts';

/** One line an origin, each once, in code-unit order. */
export function originNotes(origins: readonly Origin[]): readonly string[] {
  return [...new Set(origins.map((origin) => getOrMake(noteByOrigin, origin, () => originNote(origin))))].sort(
    compareText,
  );
}

/** An origin stands behind rows of many nodes. */
const noteByOrigin = new WeakMap<Origin, string>();

/** The first origin, and how many more there are, in at most `limit` characters; the place is kept when it is cut. */
export function originComment(origins: readonly Origin[], limit: number): SafeText {
  const [first = '', ...rest] = originNotes(origins);
  const more = rest.length === 0 ? '' : ` +${rest.length}`;
  return safeText(keepEnds(first, limit - more.length) + more, limit);
}

function originNote({ policy, path, span }: Origin): string {
  const field = path.replace(/^spec\./, '');
  return [policy, ...(field === '' ? [] : [field]), shortPlace(span)].join(' ');
}

/** Long file names are cut in the middle: their end says more than their beginning. */
function keepEnds(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = Math.ceil((limit - 2) / 2);
  return `${text.slice(0, head)}..${text.slice(text.length - (limit - 2 - head))}`;
}
