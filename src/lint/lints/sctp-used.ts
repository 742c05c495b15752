// L-36: SCTP, which not everything can filter. Source: S-434.
import { groupBy } from '../../collections/get-or-make.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';

/** One finding a policy. */
export const sctpUsed: Lint = {
  id: 'L-36',
  code: 'NP6036',
  severity: 'information',
  needs: [],
  check,
};

function check({ rules }: LintContext): readonly Found[] {
  const ports = rules.flatMap(({ rule, key }) =>
    (rule.ports ?? []).flatMap(({ protocol, origin }) => (protocol === 'SCTP' ? [{ key, origin }] : [])),
  );
  return [...groupBy(ports, ({ key }) => key).values()].flatMap(([first]) =>
    first === undefined ? [] : [found('NP6036', { path: first.origin.path }, first.origin.span, { policy: first.key })],
  );
}
