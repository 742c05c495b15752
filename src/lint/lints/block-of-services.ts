// L-17: a block of addresses that are translated before policies see them. Source: S-420 to S-422.
import { blockText } from '../../trace/words.ts';
import { contains } from '../../net/address-set.ts';
import type { IpBlockPeer } from '../../policy/network-policy.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';

/** Of a block that may mean others, such as 10.0.0.0/8 or one with nodes or pods in it, nothing is said. */
export const blockOfServices: Lint = {
  id: 'L-17',
  code: 'NP6017',
  severity: 'error',
  needs: ['services'],
  check,
};

/** No service range is wider: Kubernetes allows 2²⁰ addresses of it. */
const shortestPrefix = { IPv4: 12, IPv6: 64 } as const;

function check(context: LintContext): readonly Found[] {
  const { blocks, addresses, world } = context;
  return blocks.flatMap(({ key, block, direction }) => {
    if (!meansServices(context, block)) return [];
    const set = addresses.inBlock(block);
    const service = world.snapshot.services.find(({ clusterIPs }) => clusterIPs.some((each) => contains(set, each)));
    const name = service === undefined ? '' : `${service.namespace}/${service.name}`;
    const { path, span } = block.origin;
    return [found('NP6017', { path, block: blockText(block.cidr), service: name, direction }, span, { policy: key })];
  });
}

function meansServices({ addresses }: LintContext, block: IpBlockPeer): boolean {
  const { base, prefixLength } = block.cidr;
  if (prefixLength < shortestPrefix[base.family] || !addresses.overlaps(block, 'services')) return false;
  return !(['pods', 'podRanges', 'nodes'] as const).some((kind) => addresses.overlaps(block, kind));
}
