// The `from` and `to` lists of a policy rule. Source: S-216, S-240 to S-247, S-704 to S-706, S-720 to S-728.
import { formatAddress } from '../net/address.ts';
import { isStrictSubset, parseCidr, type Cidr, type CidrProblem } from '../net/cidr.ts';
import { decodeLabelSelector } from './decode-label-selector.ts';
import { fieldOf, itemsOf, originOf, stringOf, type Located } from './fields.ts';
import type { Field, IpBlockPeer, Peer } from './network-policy.ts';
import type { ProblemList } from './problem-list.ts';

/** Null when the list is absent or empty: every peer (S-216). `live`: see decode-network-policy.ts. */
export function decodePeers(list: Located | null, live: boolean, problems: ProblemList): readonly Peer[] | null {
  const items = itemsOf(list) ?? [];
  return items.length === 0 ? null : items.flatMap((item) => decodePeer(item, live, problems) ?? []);
}

function decodePeer(item: Located, live: boolean, problems: ProblemList): Peer | null {
  const podSelector = fieldOf(item, 'podSelector');
  const namespaceSelector = fieldOf(item, 'namespaceSelector');
  const block = fieldOf(item, 'ipBlock');
  const hasSelector = podSelector !== null || namespaceSelector !== null;
  const peer = block === null ? null : decodeIpBlock(block, originOf(item), live, problems);
  if (block !== null && hasSelector) problems.add('NP2110', { path: item.path }, item.node.span);
  if (block === null && !hasSelector) {
    problems.missingIn(item.node.span).add('NP2109', { path: item.path }, item.node.span);
  }
  if (!hasSelector) return peer;
  return {
    kind: 'pods',
    podSelector: decodeLabelSelector(podSelector, problems),
    namespaceSelector: namespaceSelector === null ? null : decodeLabelSelector(namespaceSelector, problems),
    origin: originOf(item),
  };
}

function decodeIpBlock(block: Located, origin: Field, live: boolean, problems: ProblemList): IpBlockPeer | null {
  const field = fieldOf(block, 'cidr');
  if (field === null || stringOf(field) === '') {
    const span = (field ?? block).node.span;
    problems.missingIn(block.node.span).add('NP2105', { path: `${block.path}.cidr` }, span);
    return null;
  }
  const cidr = decodeCidr(field, live, problems);
  const excepts = (itemsOf(fieldOf(block, 'except')) ?? []).map((item) => ({
    item,
    cidr: decodeCidr(item, live, problems),
  }));
  if (cidr === null) return null;
  const except: Cidr[] = [];
  for (const { item, cidr: inner } of excepts) {
    if (inner !== null && isStrictSubset(inner, cidr)) except.push(inner);
    else if (inner !== null) reportOutside(item, field, problems);
  }
  return { kind: 'ipBlock', cidr, except, origin };
}

function reportOutside(item: Located, cidr: Located, problems: ProblemList): void {
  const notes = [{ message: '`cidr` is given here', span: cidr.node.span }];
  const parameters = { path: item.path, except: stringOf(item) ?? '', cidr: stringOf(cidr) ?? '' };
  problems.add('NP2104', parameters, item.node.span, { notes });
}

/** Null and reported when the text is no block. `live`: see decode-network-policy.ts. */
export function decodeCidr(field: Located, live: boolean, problems: ProblemList): Cidr | null {
  const text = stringOf(field) ?? '';
  const { cidr, problem } = parseCidr(text);
  const parameters = { path: field.path, cidr: text };
  if (problem === null) {
    reportUnusualText(field, text, cidr, problems);
    return cidr;
  }
  if (problem !== 'host-bits') {
    problems.add(codeOf[problem], parameters, field.node.span);
    return null;
  }
  problems.add('NP2108', parameters, field.node.span, { severity: live ? 'warning' : 'error' });
  return cidr;
}

/** Source: S-727. */
function reportUnusualText(field: Located, text: string, cidr: Cidr | null, problems: ProblemList): void {
  if (cidr === null) return;
  const canonical = `${formatAddress(cidr.base)}/${cidr.prefixLength}`;
  if (canonical !== text) problems.add('NP2307', { path: field.path, cidr: text, canonical }, field.node.span);
}

const codeOf = {
  unparsable: 'NP2103',
  'leading-zeros': 'NP2106',
  'ipv4-mapped': 'NP2107',
} as const satisfies Record<Exclude<CidrProblem, 'host-bits'>, string>;
