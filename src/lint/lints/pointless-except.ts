// L-22: exceptions that leave nothing, or take nothing away. Source: S-247.
import { cidrSet, isEmpty, isSubset, union, type AddressSet } from '../../net/address-set.ts';
import { parseCidr } from '../../net/cidr.ts';
import { blockText } from '../../trace/words.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';

export const pointlessExcept: Lint = {
  id: 'L-22',
  code: 'NP6022',
  severity: 'warning',
  needs: [],
  check,
};

/** "This host", loopback and reserved addresses (RFC 1122, RFC 4291): no host has one of them to others. */
const nobody: AddressSet = union(['0.0.0.0/8', '127.0.0.0/8', '240.0.0.0/4', '::/127'].map(setOf));

function check({ blocks, addresses }: LintContext): readonly Found[] {
  return blocks.flatMap(({ key, block }) => {
    const { path, span } = block.origin;
    if (block.except.length === 0) return [];
    if (isEmpty(addresses.inBlock(block))) return [found('NP6022', { path, except: null }, span, { policy: key })];
    const idle = block.except.filter((except) => isSubset(cidrSet(except), nobody));
    return idle.map((except) => found('NP6022', { path, except: blockText(except) }, span, { policy: key }));
  });
}

function setOf(text: string): AddressSet {
  const { cidr } = parseCidr(text);
  if (cidr === null) throw new Error(`${text} is no block`);
  return cidrSet(cidr);
}
