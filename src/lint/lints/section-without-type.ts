// L-03: rules of a direction that is not among the types. Source: S-205, S-817.
import { entryOf } from '../../parse/node.ts';
import { policyKey } from '../../policy/network-policy.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { writtenTypes, type WrittenTypes } from '../policy-types.ts';

export const sectionWithoutType: Lint = {
  id: 'L-03',
  code: 'NP6003',
  severity: 'error',
  needs: ['documents'],
  check,
};

const sections = [
  { section: 'ingress', type: 'Ingress' },
  { section: 'egress', type: 'Egress' },
] as const;

function check(context: LintContext): readonly Found[] {
  return writtenTypes(context).flatMap((written) =>
    sections.flatMap(({ section, type }) => {
      const span = deadSection(written, section, type);
      if (span === null) return [];
      const types = entryOf(written.spec ?? written.document, 'policyTypes');
      const notes = types === null ? [] : [{ message: '`policyTypes` is given here', span: types.keySpan }];
      const about = { policy: policyKey(written.policy), notes };
      return [found('NP6003', { section, type, types: written.effective }, span, about)];
    }),
  );
}

function deadSection({ spec, effective }: WrittenTypes, section: string, type: 'Ingress' | 'Egress') {
  const entry = spec === null ? null : entryOf(spec, section);
  const hasRules = entry?.value.kind === 'sequence' && entry.value.items.length > 0;
  return entry !== null && hasRules && !effective.includes(type) ? entry.keySpan : null;
}
