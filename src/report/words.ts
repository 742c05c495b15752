// Pieces of reports in words: the same in text and Markdown.
import type { Change } from '../connectivity/change.ts';
import type {
  CauseDocument,
  DiffSummary,
  IsolationDocument,
  OutputDocument,
  PartyDocument,
  PlaceDocument,
} from './document.ts';

/** How many workloads are named before the rest is counted. */
const mostNamed = 4;

/** `shop/web`, `shop/web (1 of its pods: shop/web-0)`, `outside (10.0.0.0/8)`; several with commas. */
export function partiesText(parties: readonly PartyDocument[]): string {
  const named = parties.slice(0, parties.length > mostNamed + 1 ? mostNamed : parties.length).map(partyText);
  const more = parties.length - named.length;
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${more} more`;
}

function partyText(party: PartyDocument): string {
  if (party.kind === 'outside') return `outside (${party.text})`;
  return party.pods === null ? party.workload : `${party.workload} (${podsText(party.pods)})`;
}

/** `only shop/web-0`, `only 3 pods, shop/web-0 first`. */
export function podsText(pods: readonly string[]): string {
  const [first = ''] = pods;
  return pods.length === 1 ? `only ${first}` : `only ${pods.length} pods, ${first} first`;
}

/** `shop/db ingress[0]`: the spec of a policy is understood. */
export function policyText({ policy, path }: PlaceDocument): string {
  const field = path.replace(/^spec\./, '');
  return field === '' ? policy : `${policy} ${field}`;
}

export function placeText({ file, line }: PlaceDocument): string {
  return `${file}:${line}`;
}

/** What a piece of policy has to do with a connection that is gained or lost. */
export function causeText({ side, effect }: Pick<CauseDocument, 'side' | 'effect'>, change: Change): string {
  switch (change) {
    case 'gained':
      return effect === 'allows' ? 'allows it now' : `isolated the ${side} before`;
    case 'lost':
      return effect === 'allows' ? 'allowed it before' : `isolates the ${side} now`;
    case 'kept':
      return 'allows it';
  }
}

/** `shop/db: isolated for ingress now`. */
export function isolationText(isolation: IsolationDocument): string {
  return `${isolatedText(isolation)}: ${stateText(isolation)}`;
}

/** Which pods an isolation speaks of: `shop/db`, `shop/db (only shop/db-0)`. */
export function isolatedText({ workload, pods }: IsolationDocument): string {
  return pods === null ? workload : `${workload} (${podsText(pods)})`;
}

/** `isolated for ingress now`. */
export function stateText({ change, direction }: IsolationDocument): string {
  return `${change === 'isolated' ? 'isolated' : 'open'} for ${direction} now`;
}

/** `sets +1 -0, elements +3 -1, rules +0 -0`; what stays the same is left out. */
export function outputText({ sets, elements, rules }: OutputDocument): string {
  const counts = Object.entries({ sets, elements, rules }).filter(([, { added, removed }]) => added + removed > 0);
  const text = counts.map(([name, { added, removed }]) => `${name} +${added} -${removed}`).join(', ');
  return text === '' ? 'as many of everything, arranged otherwise' : text;
}

/** `Compiled output`, with the number of nodes where not all were compared. */
export function outputTitle({ nodes, compared }: Pick<DiffSummary, 'nodes' | 'compared'>): string {
  return nodes > compared ? `Compiled output (${compared} of ${nodes} nodes)` : 'Compiled output';
}
