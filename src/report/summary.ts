// A comparison in one line.
import type { ConnectionDocument, DiffDocument, DiffSummary, PartyDocument } from './document.ts';

type Summarized = Pick<DiffDocument, 'connections' | 'isolation' | 'outputs'>;

/** How many pairs are named instead of counted. */
const mostNamed = 3;

export function summarizeDiff({ connections, isolation, outputs }: Summarized): DiffSummary {
  const gained = pairsOf(connections, 'gained');
  const lost = pairsOf(connections, 'lost');
  const isolated = isolation.filter(({ change }) => change === 'isolated').length;
  const opened = isolation.length - isolated;
  const nodes = new Set(outputs.map(({ node }) => node)).size;
  const counts = { gained: gained.size, lost: lost.size, isolated, opened, nodes };
  return { text: lineOf(counts, gained, lost), ...counts };
}

/** `workload -> workload`, as reports name the two ends. */
export function pairText({ source, destination }: Pick<ConnectionDocument, 'source' | 'destination'>): string {
  return `${partyName(source)} -> ${partyName(destination)}`;
}

export function partyName(party: PartyDocument): string {
  return party.kind === 'workload' ? party.workload : `outside (${party.text})`;
}

/** Pairs with what they gain or lose, in words. */
function pairsOf(
  connections: readonly ConnectionDocument[],
  change: ConnectionDocument['change'],
): Map<string, string[]> {
  const pairs = new Map<string, string[]>();
  for (const connection of connections) {
    if (connection.change !== change) continue;
    const pair = pairText(connection);
    pairs.set(pair, [...(pairs.get(pair) ?? []), connection.text]);
  }
  return pairs;
}

function lineOf(
  { gained, lost, isolated, opened, nodes }: Omit<DiffSummary, 'text'>,
  gains: ReadonlyMap<string, readonly string[]>,
  losses: ReadonlyMap<string, readonly string[]>,
): string {
  if (gained + lost + isolated + opened === 0) {
    return nodes === 0 ? 'No connection changes' : `No connection changes; the output of ${count(nodes, 'node')} does`;
  }
  const isSmall = gained + lost <= mostNamed;
  const parts = isSmall
    ? [...named('Gained', gains), ...named('Lost', losses)]
    : [
        ...(gained === 0 ? [] : [`Gained ${count(gained, 'connection')}`]),
        ...(lost === 0 ? [] : [`Lost ${count(lost, 'connection')}`]),
      ];
  return [
    ...parts,
    ...(isolated === 0 ? [] : [`Newly isolated: ${count(isolated, 'workload side')}`]),
    ...(opened === 0 ? [] : [`No longer isolated: ${count(opened, 'workload side')}`]),
  ].join('. ');
}

function named(verb: string, pairs: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...pairs].map(([pair, texts]) => `${verb} ${pair}: ${texts.join('; ')}`);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
