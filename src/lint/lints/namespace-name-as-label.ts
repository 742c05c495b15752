// L-09: a namespace told by a label `name` that it does not have. Source: S-825.
import { entryOf, type MappingNode } from '../../parse/node.ts';
import type { Fix } from '../../diagnostics/fix.ts';
import type { LabelSelector, Requirement } from '../../policy/label-selector.ts';
import { namespaceNameLabel } from '../../resolve/select-namespaces.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { sharesParts } from '../edit/text-at.ts';
import { writtenSelector, type Selection } from '../selections.ts';

export const namespaceNameAsLabel: Lint = {
  id: 'L-09',
  code: 'NP6009',
  severity: 'error',
  needs: ['namespaces'],
  check,
};

const nameKeys: ReadonlySet<string> = new Set(['name', 'ns', 'namespace']);

function check(context: LintContext): readonly Found[] {
  return context.selections.flatMap((selection) => {
    const { namespaceSelector, origin } = selection.peer;
    const requirement = namespaceSelector === null ? null : nameRequirement(context, namespaceSelector);
    if (requirement === null) return [];
    const { key, values } = requirement;
    const written = writtenSelector(context, selection, 'namespaceSelector');
    const entry = written === null ? null : labelEntry(written, key);
    const fix = entry === null ? null : renameFix(context, selection, entry.keySpan);
    const about = { policy: selection.policy, fix };
    return [found('NP6009', { key, value: values[0] ?? '' }, entry?.keySpan ?? origin.span, about)];
  });
}

/** The requirement by which a selector misses the namespace that it names; null when there is none. */
export function nameRequirement({ world }: LintContext, { requirements }: LabelSelector): Requirement | null {
  const { namespaceByName } = world.snapshot;
  const misses = ({ key, operator, values }: Requirement): boolean =>
    nameKeys.has(key) &&
    operator === 'In' &&
    values.some((value) => namespaceByName.has(value)) &&
    ![...namespaceByName.values()].some(({ labels }) => values.includes(labels.get(key) ?? ''));
  return requirements.find(misses) ?? null;
}

function labelEntry(selector: MappingNode, key: string) {
  const labels = entryOf(selector, 'matchLabels')?.value;
  return labels?.kind === 'mapping' ? entryOf(labels, key) : null;
}

/** Afterwards the peer matches what its author names; before, it matched nothing. */
function renameFix({ documentOf }: LintContext, { owner }: Selection, span: Found['diagnostic']['span']): Fix | null {
  const document = documentOf(owner);
  if (document === null || span === null || sharesParts(document)) return null;
  const quote = /^['"]/.exec(span.source.text?.slice(span.start, span.end) ?? '')?.[0] ?? '';
  const edits = [{ span, replacement: `${quote}${namespaceNameLabel}${quote}` }];
  return { title: `use the label ${namespaceNameLabel}`, keepsMeaning: false, edits };
}
