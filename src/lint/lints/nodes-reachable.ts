// L-32: a broad block through which pods get at the services of nodes. Source: S-605, lateral movement.
import { blockText } from '../../trace/words.ts';
import { firstRange } from '../address-facts.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { opensTcpUnnamed } from '../opens-port.ts';
import type { PolicyRule } from '../../policy/network-policy.ts';

/** Small blocks are taken to mean what they hold, and so are ports that a rule names. */
export const nodesReachable: Lint = {
  id: 'L-32',
  code: 'NP6032',
  severity: 'warning',
  needs: ['nodes'],
  check,
};

/** Blocks of this length and longer ones are small. */
const smallPrefix = { IPv4: 24, IPv6: 64 } as const;

/** What listens on nodes, by port. */
const listeners: ReadonlyMap<number, string> = new Map([
  [6443, 'the API server'],
  [10250, 'the kubelet'],
]);

function check({ blocks, addresses }: LintContext): readonly Found[] {
  return blocks.flatMap(({ key, block, direction, rule }) => {
    if (direction !== 'egress' || block.cidr.prefixLength >= smallPrefix[block.cidr.base.family]) return [];
    const ports = openListeners(rule);
    if (ports === '' || !addresses.overlaps(block, 'nodes')) return [];
    const { path, span } = block.origin;
    const node = firstRange(addresses.held(block, 'nodes'));
    return [found('NP6032', { path, block: blockText(block.cidr), node, ports }, span, { policy: key })];
  });
}

/** `the kubelet (10250) can be reached there`; empty when none can. */
function openListeners(rule: PolicyRule): string {
  const open = [...listeners].filter(([port]) => opensTcpUnnamed(rule, port));
  if (open.length === 0) return '';
  return `${open.map(([port, name]) => `${name} (${port})`).join(' and ')} can be reached there`;
}
