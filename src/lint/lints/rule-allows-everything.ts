// L-13: a rule without peers and ports. Source: S-216, S-217, S-232, S-811.
import { isNull, type MappingNode } from '../../parse/node.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { mootedRules } from '../mooted-rules.ts';
import { nodeAt } from '../written.ts';

/** Silent where L-25 says what the rule does to others. */
export const ruleAllowsEverything: Lint = {
  id: 'L-13',
  code: 'NP6013',
  severity: 'warning',
  needs: [],
  check,
};

function check(context: LintContext): readonly Found[] {
  return context.rules.flatMap((each) => {
    const { policy, key, direction, rule } = each;
    if (rule.peers !== null || rule.ports !== null || mootedRules(policy, direction).length > 0) return [];
    const { path, span } = rule.origin;
    const written = describe(context.documentOf(policy), path);
    return [found('NP6013', { path, written, direction }, span, { policy: key })];
  });
}

function describe(document: MappingNode | null, path: string): string {
  const node = nodeAt(document, path);
  if (node === null) return 'names neither peers nor ports';
  if (isNull(node)) return 'is null';
  const given = node.kind === 'mapping' ? node.entries.map(({ key }) => `\`${key}\``) : [];
  if (given.length === 0) return 'is empty';
  return given.length === 1 ? `has an empty ${given.join('')}` : `has empty ${given.join(' and ')}`;
}
