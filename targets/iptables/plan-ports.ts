// Ports → rules that send a packet to the peers of its port: a few lines where they do, a tree of ranges where there are many.
import type { PortRow } from '../../src/ir/ir.ts';
import { allPorts } from '../../src/net/protocol.ts';
import type { SafeText } from '../shared/safe-text.ts';
import type { ChainBook } from './chain-book.ts';
import type { PortProtocol, Rule, Verdict } from './iptables-plan.ts';
import { buildTree } from './tree.ts';

/** Rows of equal peers. */
export interface PortGroup {
  readonly rows: readonly PortRow[];
  readonly verdict: Verdict;
  readonly comment: SafeText | null;
}

/** What multiport takes; a range takes two (iptables 1.8.9). */
const mostSlots = 15;

/** Lines of one protocol in a row, beyond which there is a tree. */
const mostLines = 8;

/** Enough for 65,536 ports in nodes of 41; with the other chains, iptables-nft takes 15 in a row. */
const treeLevels = 3;

interface PortEntry {
  readonly row: PortRow;
  readonly verdict: Verdict;
  readonly comment: SafeText | null;
}

/**
 * The rules for TCP, UDP and SCTP. A packet that none of them matches goes on to the next rule, or, in a tree, to
 * `refusal`: ports of one protocol do not overlap, so no other rule could allow it.
 */
export function planPorts(
  groups: readonly PortGroup[],
  owner: string,
  refusal: Rule,
  chains: ChainBook,
): readonly Rule[] {
  return (['sctp', 'tcp', 'udp'] as const).flatMap((protocol) => {
    const lines = groups.flatMap((group) => portLines(protocol, group));
    if (lines.length <= mostLines) return lines;
    const chain = portTree(protocol, entriesOf(protocol, groups), { owner, refusal, chains });
    return [{ matches: [{ kind: 'protocol', protocol }], verdict: { kind: 'goto', chain }, comment: null }];
  });
}

/** One rule for up to 15 slots of a group's ports; one for a whole protocol. */
function portLines(protocol: PortProtocol, { rows, verdict, comment }: PortGroup): readonly Rule[] {
  const own = rows.filter((row) => row.transport.toLowerCase() === protocol);
  const [row] = own;
  if (row === undefined) return [];
  if (isWhole(row)) return [{ matches: [{ kind: 'protocol', protocol }], verdict, comment }];
  return chunk(own).map((some) => ({
    matches: [{ kind: 'ports', protocol, ports: some.map(portText) }],
    verdict,
    comment,
  }));
}

function chunk(rows: readonly PortRow[]): readonly (readonly PortRow[])[] {
  const chunks: PortRow[][] = [];
  let free = 0;
  for (const row of rows) {
    const slots = row.first === row.last ? 1 : 2;
    if (slots > free) {
      chunks.push([]);
      free = mostSlots;
    }
    chunks.at(-1)?.push(row);
    free -= slots;
  }
  return chunks;
}

function entriesOf(protocol: PortProtocol, groups: readonly PortGroup[]): readonly PortEntry[] {
  const entries = groups.flatMap(({ rows, verdict, comment }) =>
    rows.filter((row) => row.transport.toLowerCase() === protocol).map((row) => ({ row, verdict, comment })),
  );
  return entries.sort((a, b) => a.row.first - b.row.first);
}

interface PortNode {
  readonly chain: string;
  readonly first: number;
  readonly last: number;
}

function portTree(
  protocol: PortProtocol,
  entries: readonly PortEntry[],
  { owner, refusal, chains }: { readonly owner: string; readonly refusal: Rule; readonly chains: ChainBook },
): string {
  const node = (alternatives: readonly (PortEntry | PortNode)[]): PortNode => {
    const spans = alternatives.map((each) => ('row' in each ? each.row : each));
    const rules = alternatives.map((each, index): Rule => {
      const ports = [portText(spans[index] ?? allPorts)];
      const { verdict, comment } =
        'row' in each ? each : { verdict: { kind: 'goto' as const, chain: each.chain }, comment: null };
      return { matches: [{ kind: 'ports', protocol, ports }], verdict, comment };
    });
    const chain = chains.add('D', { owner, rules: [...rules, refusal] });
    return { chain, first: spans[0]?.first ?? 0, last: spans.at(-1)?.last ?? 0 };
  };
  return buildTree<PortEntry, PortNode>(entries, treeLevels, { bottom: node, inner: node }).chain;
}

function isWhole(row: PortRow): boolean {
  return row.first === allPorts.first && row.last === allPorts.last;
}

function portText({ first, last }: { readonly first: number; readonly last: number }): string {
  return first === last ? String(first) : `${first}:${last}`;
}
