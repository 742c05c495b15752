// The two chains that packets enter, and the control messages of IP, which are judged by their types.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import type { Ir } from '../../src/ir/ir.ts';
import type { Family } from '../../src/net/address.ts';
import { irDigest } from '../shared/ir-digest.ts';
import { noteLength } from '../shared/header.ts';
import { safeText, type SafeText } from '../shared/safe-text.ts';
import type { ChainBook } from './chain-book.ts';
import type { IcmpProtocol, Rule, Verdict } from './iptables-plan.ts';

/** Where the trees of a family begin; null where no endpoint is restricted. */
export interface Trees {
  readonly egress: string | null;
  readonly ingress: string | null;
}

/** Types of control messages (S-431). */
interface ControlTypes {
  readonly protocol: IcmpProtocol;
  /** Never forwarded: redirects and router advertisements. */
  readonly refused: readonly number[];
  /** Errors, which pass when they are about a connection that passed. */
  readonly errors: readonly number[];
  /** Listener messages and neighbour discovery. */
  readonly neighbours: readonly number[];
  /** Request and reply. */
  readonly echo: readonly number[];
}

const controlTypes: Readonly<Record<Family, ControlTypes>> = {
  IPv4: { protocol: 'icmp', refused: [5], errors: [3, 11, 12], neighbours: [], echo: [8, 0] },
  IPv6: {
    protocol: 'ipv6-icmp',
    refused: [134, 137],
    errors: [1, 2, 3, 4],
    neighbours: [130, 131, 132, 143, 133, 135, 136],
    echo: [128, 129],
  },
};

/** The chain that judges what this machine forwards. */
export function planForward(ir: Ir, family: Family, trees: Trees, chains: ChainBook): string {
  const { refused, protocol } = controlTypes[family];
  const judging = [
    ...linkLocalRules(ir, family),
    ...[trees.egress, trees.ingress].flatMap((chain) => (chain === null ? [] : [always({ kind: 'jump', chain })])),
  ];
  const judge = judging.length === 0 ? [] : [always({ kind: 'goto', chain: addJudge(judging, chains) })];
  const control = [
    ...refused.map((type) => typeRule(protocol, type, { kind: 'drop' })),
    ...controlRules(family, ir.options.icmpEcho),
    ...judge,
  ];
  const notes = [note('Whatever goes from or to a pod through this machine, after destination translation.')];
  return chains.add('F', { notes, rules: entryRules(ir, family, control, judge, chains) });
}

/** The chain that judges what pods send to this machine itself; empty when that is nobody's business (S-604). */
export function planInput(ir: Ir, family: Family, { egress }: Trees, chains: ChainBook): string {
  const notes = [note('What pods send to this machine itself. What this machine sends passes no chain of ours.')];
  if (egress === null || ir.options.allowEgressToOwnNode) return chains.add('N', { notes, rules: [] });
  const judge = [always({ kind: 'goto', chain: egress })];
  const control = [...controlRules(family, ir.options.icmpEcho), ...judge];
  return chains.add('N', { notes, rules: entryRules(ir, family, control, judge, chains) });
}

/** Connections that passed first, for most packets belong to one; then control messages; then everything else. */
function entryRules(
  ir: Ir,
  family: Family,
  control: readonly Rule[],
  judge: readonly Rule[],
  chains: ChainBook,
): readonly Rule[] {
  const { protocol } = controlTypes[family];
  const notes = [note('Errors that belong to a connection pass, neighbour discovery and listener messages too.')];
  return [
    {
      matches: [{ kind: 'state', state: 'ESTABLISHED' }],
      verdict: { kind: 'return' },
      comment: digestComment(ir),
    },
    {
      matches: [{ kind: 'protocol', protocol }],
      verdict: { kind: 'goto', chain: chains.add('C', { notes, rules: control }) },
      comment: null,
    },
    ...judge,
  ];
}

/** What all of it means, for both families and hooks: remembered, because it is hashed from every endpoint. */
function digestComment(ir: Ir): SafeText {
  return getOrMake(digestCommentByIr, ir, () => safeText(`netpolc ir:${irDigest(ir)}`, noteLength));
}

const digestCommentByIr = new WeakMap<Ir, SafeText>();

/** Egress comes first and falls through to ingress: traffic between two pods of one node needs both (S-502). */
function addJudge(rules: readonly Rule[], chains: ChainBook): string {
  return chains.add('J', { notes: [note('Rules of the sender, then rules of the receiver.')], rules });
}

/** No pod is known by such an address, so none may hide behind it (S-427). Bridges alone forward such packets. */
function linkLocalRules(ir: Ir, family: Family): readonly Rule[] {
  if (family === 'IPv4' || ir.profileById.size === 0) return [];
  return (['source', 'destination'] as const).map((side) => ({
    matches: [{ kind: 'prefix', side, prefix: 'fe80::/10' }],
    verdict: { kind: 'drop' },
    comment: safeText('link-local, forwarded between ports of a bridge', noteLength),
  }));
}

function controlRules(family: Family, echoPasses: boolean): readonly Rule[] {
  const { protocol, errors, neighbours, echo } = controlTypes[family];
  const passes: Verdict = { kind: 'return' };
  return [
    ...errors.map((type): Rule => {
      const { matches, ...rest } = typeRule(protocol, type, passes);
      return { matches: [...matches, { kind: 'state', state: 'RELATED' }], ...rest };
    }),
    ...neighbours.map((type) => typeRule(protocol, type, passes)),
    ...(echoPasses ? echo.map((type) => typeRule(protocol, type, passes)) : []),
  ];
}

function typeRule(protocol: IcmpProtocol, type: number, verdict: Verdict): Rule {
  return { matches: [{ kind: 'icmp-type', protocol, type }], verdict, comment: null };
}

function always(verdict: Verdict): Rule {
  return { matches: [], verdict, comment: null };
}

function note(text: string): SafeText {
  return safeText(text, noteLength);
}
