// L-10: two peers where one with two selectors was meant. Source: S-804, S-234.
import type { Direction } from '../../ir/ir.ts';
import type { Peer, PodPeer } from '../../policy/network-policy.ts';
import { podsText, selectorText } from '../../trace/words.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { peersField } from '../policy-rules.ts';
import { isGiven } from '../written.ts';

/** Silent when the podSelector is empty: nobody narrows namespaces to every pod of theirs. */
export const peersLookLikeOne: Lint = {
  id: 'L-10',
  code: 'NP6010',
  severity: 'warning',
  needs: ['documents'],
  check,
};

function check(context: LintContext): readonly Found[] {
  return context.rules.flatMap(({ policy, key, direction, rule }) => {
    const peers = rule.peers ?? [];
    const document = context.documentOf(policy);
    const hasPodSelector = ({ path }: Peer['origin']): boolean => isGiven(document, `${path}.podSelector`);
    return peers.flatMap((second, index) => {
      const first = peers[index - 1];
      if (first === undefined || !areNeighbours(first, second, direction)) return [];
      const pair = pairOf(first, second, hasPodSelector);
      if (pair === null) return [];
      const parameters = {
        path: second.origin.path,
        namespaces: namespaceText(pair.namespaces),
        pods: podsText(pair.pods.podSelector),
      };
      const notes = [{ message: 'the peer before it is here', span: first.origin.span }];
      return [found('NP6010', parameters, second.origin.span, { policy: key, notes })];
    });
  });
}

/** Peers that reading left out stand between others in the text. */
function areNeighbours(first: Peer, second: Peer, direction: Direction): boolean {
  const number = ({ origin }: Peer): number =>
    Number(new RegExp(`${peersField(direction)}\\[([0-9]+)\\]$`).exec(origin.path)?.[1]);
  return number(second) === number(first) + 1;
}

interface Pair {
  readonly namespaces: PodPeer;
  readonly pods: PodPeer;
}

function pairOf(first: Peer, second: Peer, hasPodSelector: (field: Peer['origin']) => boolean): Pair | null {
  if (first.kind !== 'pods' || second.kind !== 'pods') return null;
  const [namespaces, pods] = first.namespaceSelector === null ? [second, first] : [first, second];
  if (namespaces.namespaceSelector === null || hasPodSelector(namespaces.origin)) return null;
  if (pods.namespaceSelector !== null || pods.podSelector.requirements.length === 0) return null;
  return { namespaces, pods };
}

function namespaceText({ namespaceSelector }: PodPeer): string {
  const selector = namespaceSelector ?? { requirements: [] };
  return selector.requirements.length === 0 ? 'every namespace' : `namespaces with ${selectorText(selector)}`;
}
