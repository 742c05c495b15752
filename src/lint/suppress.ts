// Findings that somebody has looked at and accepts, with a reason.
import { groupBy } from '../collections/get-or-make.ts';
import { clusterPolicyKey } from '../policy/cluster-policy.ts';
import { policyKey } from '../policy/network-policy.ts';
import type { Span } from '../source/source.ts';
import { found, type Finding } from './finding.ts';
import { readIgnoreAnnotation } from './ignore-annotation.ts';
import type { LintContext } from './lint-context.ts';
import type { LintSettings, Suppression } from './lint-settings.ts';

/** A finding, and why it does not count. */
export interface SuppressedFinding extends Finding {
  readonly reason: string;
  readonly by: 'settings' | 'annotation';
}

export interface Suppressed {
  /** With what is to say about the suppressions themselves. */
  readonly kept: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

/** A suppression, whoever wrote it. */
interface Rule extends Suppression {
  readonly by: SuppressedFinding['by'];
}

/** Takes out what is accepted. A suppression that is for nothing is said to be, if its lint was `judged`. */
export function suppressFindings(
  findings: readonly Finding[],
  context: LintContext,
  settings: LintSettings,
  judged: ReadonlySet<string>,
): Suppressed {
  const { rules: own, remarks } = annotationRules(context, settings.annotations);
  const rules = [...settings.suppressions.map((each): Rule => ({ ...each, by: 'settings' })), ...own];
  const accepting = createAccepting(rules);
  const used = new Set<Rule>();
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const accepted = accepting(finding);
    for (const rule of accepted) used.add(rule);
    const [first] = accepted;
    if (first === undefined) kept.push(finding);
    else suppressed.push({ ...finding, reason: first.reason, by: first.by });
  }
  const idle = rules.filter((rule) => judged.has(rule.lint) && !used.has(rule));
  return { kept: [...kept, ...remarks, ...idle.map(unused)], suppressed };
}

/** The rules that accept a finding. Those for one policy are looked up: there may be some in every policy. */
function createAccepting(rules: readonly Rule[]): (finding: Finding) => readonly Rule[] {
  const isPattern = ({ policy }: Rule): boolean => policy?.includes('*') !== false;
  const exact = groupBy(
    rules.filter((rule) => !isPattern(rule)),
    ({ lint, policy }) => `${lint} ${policy ?? ''}`,
  );
  const patterns = groupBy(rules.filter(isPattern), ({ lint }) => lint);
  return ({ lint, policy }) => [
    ...(exact.get(`${lint ?? ''} ${policy ?? ''}`) ?? []),
    ...(patterns.get(lint ?? '') ?? []).filter((rule) => fits(rule.policy, policy)),
  ];
}

function fits(pattern: string | null, policy: string | null): boolean {
  if (pattern === null) return true;
  const [wanted, given] = [pattern.split('/'), policy?.split('/') ?? []];
  return wanted.length === given.length && wanted.every((part, index) => part === '*' || part === given[index]);
}

function annotationRules(
  { world }: LintContext,
  heeded: boolean,
): { readonly rules: readonly Rule[]; readonly remarks: readonly Finding[] } {
  const rules: Rule[] = [];
  const remarks: Finding[] = [];
  for (const [owner, document] of world.documentByPolicy) {
    const annotation = readIgnoreAnnotation(document);
    if (annotation === null) continue;
    const policy = owner.kind === 'NetworkPolicy' ? policyKey(owner) : clusterPolicyKey(owner);
    const { span, accepted, unexplained, unknown } = annotation;
    if (!heeded) {
      remarks.push({ ...found('NP6054', {}, span, { policy }), lint: null });
      continue;
    }
    rules.push(...accepted.map((each): Rule => ({ ...each, policy, span, by: 'annotation' })));
    remarks.push(...unexplained.map((lint) => ({ ...found('NP6051', { lint }, span, { policy }), lint: null })));
    remarks.push(...unknown.map((name) => ({ ...found('NP6053', { name }, span, { policy }), lint: null })));
  }
  return { rules, remarks };
}

function unused({
  lint,
  policy,
  span,
}: {
  readonly lint: string;
  readonly policy: string | null;
  readonly span: Span;
}): Finding {
  return { ...found('NP6052', { lint, policy: policy ?? 'any policy' }, span, { policy }), lint: null };
}
