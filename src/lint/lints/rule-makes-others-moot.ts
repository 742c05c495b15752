// L-25: a rule for everything beside narrower ones. Source: S-233.
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { allowsEverything, mootedRules } from '../mooted-rules.ts';
import { directions } from '../policy-rules.ts';
import { policyKey } from '../../policy/network-policy.ts';

export const ruleMakesOthersMoot: Lint = {
  id: 'L-25',
  code: 'NP6025',
  severity: 'warning',
  needs: [],
  check,
};

function check({ world }: LintContext): readonly Found[] {
  return world.policies.flatMap((policy) =>
    directions.flatMap((direction) => {
      const moot = mootedRules(policy, direction);
      const wide = policy[direction]?.find(allowsEverything);
      if (moot.length === 0 || wide === undefined) return [];
      const { path, span } = wide.origin;
      return [found('NP6025', { path, moot: moot.length, direction }, span, { policy: policyKey(policy) })];
    }),
  );
}
