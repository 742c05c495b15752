// L-31: a block through which pods get at the credentials of their node.
import { contains } from '../../net/address-set.ts';
import { formatAddress, parseAddress } from '../../net/address.ts';
import { hostCidr } from '../../net/cidr.ts';
import { blockText } from '../../trace/words.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { opensTcp } from '../opens-port.ts';

/** Silent where the very address is allowed, or not its port. */
export const metadataServiceReachable: Lint = {
  id: 'L-31',
  code: 'NP6031',
  severity: 'warning',
  needs: [],
  check,
};

/** Where clouds have their metadata service; that of IPv6 is Amazon's. */
const services = ['169.254.169.254', 'fd00:ec2::254'].flatMap((text) => parseAddress(text) ?? []);

function check({ blocks, addresses }: LintContext): readonly Found[] {
  return blocks.flatMap(({ key, block, direction, rule }) => {
    if (direction !== 'egress' || !opensTcp(rule, 80)) return [];
    const { path, span } = block.origin;
    const text = blockText(block.cidr);
    return services
      .filter((address) => text !== blockText(hostCidr(address)) && contains(addresses.inBlock(block), address))
      .map((address) => {
        const parameters = { path, block: text, address: formatAddress(address) };
        return found('NP6031', parameters, span, { policy: key });
      });
  });
}
