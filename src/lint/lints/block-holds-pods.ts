// L-16: a block that holds addresses of pods. Source: S-425, D-03.
import { blockText } from '../../trace/words.ts';
import { isEmpty, type AddressSet } from '../../net/address-set.ts';
import { addressKey, formatAddress } from '../../net/address.ts';
import { podKey } from '../../snapshot/snapshot.ts';
import { firstAddress, firstRange } from '../address-facts.ts';
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

function check(context: LintContext): readonly Found[] {
  const { blocks, addresses } = context;
  const kind = isEmpty(addresses.all('pods')) ? 'podRanges' : 'pods';
  return blocks.flatMap(({ key, block }) => {
    if (!addresses.overlaps(block, kind)) return [];
    const { path, span } = block.origin;
    const pods = example(context, addresses.held(block, kind));
    return [found('NP6016', { path, block: blockText(block.cidr), pods }, span, { policy: key })];
  });
}

/** The first pod with its address, or a range of pods. */
function example({ cluster }: LintContext, held: AddressSet): string {
  const first = firstAddress(held);
  const pod = first === null ? undefined : cluster.podByAddress.get(addressKey(first));
  return first === null || pod === undefined ? firstRange(held) : `${formatAddress(first)} of \`${podKey(pod)}\``;
}
