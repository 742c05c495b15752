// One profile → its chain in one family: the peers allowed on everything, then the ports and their peers, then DROP.
import { groupBy } from '../../src/collections/get-or-make.ts';
import type { Origin, PortRow, Profile } from '../../src/ir/ir.ts';
import type { Family } from '../../src/net/address.ts';
import { noteLength } from '../shared/header.ts';
import { originComment, originNotes } from '../shared/origin-notes.ts';
import { safeText, type SafeText } from '../shared/safe-text.ts';
import type { AddressSets } from './address-sets.ts';
import type { ChainBook } from './chain-book.ts';
import type { Rule, Verdict } from './iptables-plan.ts';
import { planPorts, type PortGroup } from './plan-ports.ts';

/** Longer comments of rules are cut silently at 255 bytes (iptables 1.8.9, both variants). */
export const commentLength = 200;

const because = 'isolated by ';

/** Where a profile's chains go, and what its rules refer to. */
export interface ProfileContext {
  readonly family: Family;
  readonly sets: AddressSets;
  readonly chains: ChainBook;
  /** What people call a profile. */
  readonly nameOf: (profile: Profile) => SafeText;
}

/**
 * The name of the chain that judges by a profile. It returns what is allowed and drops everything else, and so do all
 * chains behind it: none is left by its end. `isolating` are the policies because of which endpoints come here.
 */
export function planProfile(profile: Profile, isolating: readonly Origin[], context: ProfileContext): string {
  const isolation = `${because}${originComment(isolating, commentLength - because.length)}`;
  const refusal: Rule = { matches: [], verdict: { kind: 'drop' }, comment: safeText(isolation, commentLength) };
  const groups = groupRows(profile, isolation, context);
  const rules = [
    ...peerReturns(profile, profile.every, profile.origins, context),
    ...planPorts(groups, profile.id, refusal, context.chains),
    ...otherProtocols(groups),
    refusal,
  ];
  const notes = originNotes(isolating).map((note) => safeText(`${because}${note}`, noteLength));
  return context.chains.add('P', { owner: profile.id, about: context.nameOf(profile), notes, rules });
}

/** Rows of equal peers, and where their packets go. Those without peers in this family are left out. */
function groupRows(profile: Profile, isolation: string, context: ProfileContext): readonly PortGroup[] {
  const rowsByPeers = groupBy(profile.rows, (row) => row.peers);
  return [...rowsByPeers.values()].flatMap((rows) => {
    const origins = rows.flatMap((row) => row.origins);
    const peers = rows[0]?.peers ?? '';
    const allowed = peerReturns(profile, peers, origins, context);
    const [first] = allowed;
    if (first === undefined) return [];
    if (first.matches.length === 0) return [{ rows, verdict: first.verdict, comment: first.comment }];
    const what = rows.map(rowText).join(', ');
    const refusal: Rule = {
      matches: [],
      verdict: { kind: 'drop' },
      comment: safeText(`other peers on ${shorten(what)}, ${isolation}`, commentLength),
    };
    const notes = [what, ...originNotes(origins)].map((line) => safeText(line, noteLength));
    const owner = `${profile.id} ${peers}`;
    const chain = context.chains.add('R', { owner, notes, rules: [...allowed, refusal] });
    const verdict: Verdict = { kind: 'goto', chain };
    return [{ rows, verdict, comment: null }];
  });
}

function peerReturns(
  { direction }: Profile,
  id: string,
  origins: readonly Origin[],
  { sets, family }: ProfileContext,
): readonly Rule[] {
  const side = direction === 'ingress' ? 'source' : 'destination';
  const comment = originComment(origins, commentLength);
  return sets
    .matches({ id, family, side, origins })
    .map((matches) => ({ matches, verdict: { kind: 'return' }, comment }));
}

/** What is left beside TCP, UDP and SCTP, whose packets are refused before: nothing says "none of these three" in one match. */
function otherProtocols(groups: readonly PortGroup[]): readonly Rule[] {
  const others = groups.find(({ rows }) => rows.some((row) => row.transport === 'OTHER'));
  if (others === undefined) return [];
  const drop: Verdict = { kind: 'drop' };
  const refused = (['sctp', 'tcp', 'udp'] as const).map((protocol): Rule => ({
    matches: [{ kind: 'protocol', protocol }],
    verdict: drop,
    comment: null,
  }));
  return [...refused, { matches: [], verdict: others.verdict, comment: others.comment }];
}

function rowText({ transport, first, last }: PortRow): string {
  return `${transport} ${first === last ? first : `${first}-${last}`}`;
}

/** Room is left for the policies that isolate. */
function shorten(text: string): SafeText {
  return safeText(text, 60);
}
