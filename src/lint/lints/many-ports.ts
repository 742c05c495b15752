// L-33: ranges that are too wide, lists that are too long. Source: S-228.
import { protocols, type PortRange } from '../../net/protocol.ts';
import type { PolicyRule } from '../../policy/network-policy.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';

/** A port entry without a port means every one, and is no slip. */
export const manyPorts: Lint = {
  id: 'L-33',
  code: 'NP6033',
  severity: 'warning',
  needs: [],
  check,
};

const widestRange = 10_000;
const longestList = 15;

function check({ rules }: LintContext): readonly Found[] {
  return rules.flatMap(({ rule, key }) => [...wideRanges(rule, key), ...longLists(rule, key)]);
}

function wideRanges({ ports }: PolicyRule, policy: string): readonly Found[] {
  return (ports ?? []).flatMap((port) => {
    if (port.kind === 'named') return [];
    const { first, last } = port.range;
    const count = last - first + 1;
    if (count <= widestRange || first === 0) return [];
    const { path, span } = port.origin;
    return [found('NP6033', { path, ports: count, range: `${first}-${last}` }, span, { policy })];
  });
}

function longLists({ ports, origin: { path, span } }: PolicyRule, policy: string): readonly Found[] {
  const count = protocols.reduce((sum, protocol) => {
    const ranges = (ports ?? []).flatMap((port) =>
      port.kind === 'range' && port.protocol === protocol ? [port.range] : [],
    );
    return sum + countSeparate(ranges);
  }, 0);
  return count <= longestList ? [] : [found('NP6033', { path, ports: count, range: null }, span, { policy })];
}

/** How many ranges there are once those that touch are joined. */
function countSeparate(ranges: readonly PortRange[]): number {
  let count = 0;
  let end = -1;
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    if (first > end + 1 || count === 0) count++;
    end = Math.max(end, last);
  }
  return count;
}
