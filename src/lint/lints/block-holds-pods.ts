// L-16: a block that holds addresses of pods. Source: S-425, D-03.
import { blockText } from '../../trace/words.ts';
import { isEmpty } from '../../net/address-set.ts';
import { firstRange } from '../address-facts.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';

/** Judged by the addresses of live pods; where there are none, by the ranges that nodes hand out. */
export const blockHoldsPods: Lint = {
  id: 'L-16',
  code: 'NP6016',
  severity: 'warning',
  needs: [],
  check,
};

function check({ blocks, addresses }: LintContext): readonly Found[] {
  const kind = isEmpty(addresses.all('pods')) ? 'podRanges' : 'pods';
  return blocks.flatMap(({ key, block }) => {
    if (!addresses.overlaps(block, kind)) return [];
    const { path, span } = block.origin;
    const pods = firstRange(addresses.held(block, kind));
    return [found('NP6016', { path, block: blockText(block.cidr), pods }, span, { policy: key })];
  });
}
