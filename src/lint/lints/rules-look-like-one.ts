// L-11: a dash too many makes ports a rule of their own. Source: S-806.
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { peersField } from '../policy-rules.ts';

export const rulesLookLikeOne: Lint = {
  id: 'L-11',
  code: 'NP6011',
  severity: 'warning',
  needs: [],
  check,
};

function check({ rules }: LintContext): readonly Found[] {
  return rules.flatMap((second, index) => {
    const first = rules[index - 1];
    if (first?.policy !== second.policy || first.direction !== second.direction) return [];
    const isPair =
      first.rule.peers !== null &&
      first.rule.ports === null &&
      second.rule.peers === null &&
      second.rule.ports !== null;
    if (!isPair) return [];
    const { path, span } = second.rule.origin;
    const parameters = { path, before: first.rule.origin.path, whom: peersField(second.direction) };
    const notes = [{ message: 'the rule before it is here', span: first.rule.origin.span }];
    return [found('NP6011', parameters, span, { policy: second.key, notes })];
  });
}
