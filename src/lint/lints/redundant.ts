// L-23: rules and policies that add nothing. Source: S-233, S-509.
import type { Fix } from '../../diagnostics/fix.ts';
import { policyKey } from '../../policy/network-policy.ts';
import { removeItem } from '../edit/remove-item.ts';
import { sharesParts } from '../edit/text-at.ts';
import { found, type Found, type Lint } from '../finding.ts';
import { fixOf } from '../fixes.ts';
import type { LintContext } from '../lint-context.ts';
import { mootedRules } from '../mooted-rules.ts';
import type { RuleInPolicy } from '../policy-rules.ts';
import { findRedundancy, type Instead, type Redundancy } from '../redundancy.ts';
import { createClassesOf } from '../subject-classes.ts';
import { nodeAt } from '../written.ts';
import { someOf } from '../words.ts';

/** Everything it reports can be taken away at once. Policies of which a part was guessed count for nothing. Silent about rules of which L-25 says so already. */
export const redundant: Lint = {
  id: 'L-23',
  code: 'NP6023',
  severity: 'information',
  needs: [],
  check,
};

function check(context: LintContext): readonly Found[] {
  const { world, cluster, policiesAlone, guessed } = context;
  const rules = context.rules.filter(({ policy }) => !guessed.has(policy));
  const known = world.policies.filter((policy) => !guessed.has(policy));
  const redundancy = findRedundancy(rules, known, createClassesOf(cluster, rules, policiesAlone));
  const policies = [...redundancy.policies].map(([policy, instead]) =>
    found('NP6023', parametersOf('the policy', instead), policy.origin.span, {
      policy: policyKey(policy),
    }),
  );
  return [
    ...policies,
    ...[...redundancy.rules].flatMap(([rule, instead]) => tellRule(context, redundancy, rule, instead)),
  ];
}

function tellRule(
  context: LintContext,
  redundancy: Redundancy,
  rule: RuleInPolicy,
  instead: Instead,
): readonly Found[] {
  const { policy, direction, key } = rule;
  if (redundancy.policies.has(policy) || mootedRules(policy, direction).includes(rule.rule)) return [];
  const { path, span } = rule.rule.origin;
  const notes = instead.by.slice(0, 3).map((each) => ({
    message: `\`${each.key}\` ${each.rule.origin.path} allows it`,
    span: each.rule.origin.span,
  }));
  const about = { policy: key, notes, fix: removalFix(context, redundancy, rule, instead) };
  return [found('NP6023', parametersOf(`\`${path}\``, instead), span, about)];
}

/** Only what is redundant whatever pods there are, and never the last rule of a list, whose absence may mean something. */
function removalFix(
  { documentOf }: LintContext,
  redundancy: Redundancy,
  rule: RuleInPolicy,
  { always }: Instead,
): Fix | null {
  const { policy, direction } = rule;
  const document = documentOf(policy);
  if (!always || document === null || sharesParts(document)) return null;
  const removed = new Set([...redundancy.rules.keys()].map((each) => each.rule));
  if ((policy[direction] ?? []).every((each) => removed.has(each))) return null;
  const list = nodeAt(document, `spec.${direction}`);
  const index = Number(/\[([0-9]+)\]$/.exec(rule.rule.origin.path)?.[1]);
  const edit = list?.kind === 'sequence' ? removeItem(list, index) : null;
  return edit === null ? null : fixOf(`remove ${rule.rule.origin.path}`, [edit]);
}

function parametersOf(what: string, { by, isolatedBy, always }: Instead) {
  const rules = by.map(({ key, rule }) => `\`${key}\` ${rule.origin.path.replace('spec.', '')}`);
  const isolating = isolatedBy.map((policy) => `\`${policyKey(policy)}\``);
  return { what, by: someOf([...new Set(rules)]), isolatedBy: someOf(isolating), always };
}
