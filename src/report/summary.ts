// A comparison in one line.
import type { ConnectionDocument, DiffDocument, DiffSummary, OutputComparison, PartyDocument } from './document.ts';
import { groupConnections, type GroupedConnection } from './grouped.ts';

type Summarized = Pick<DiffDocument, 'connections' | 'isolation'> & Omit<OutputComparison, 'outputs'>;

/** How many groups are named instead of counted, and how many ends of a group. */
const mostGroups = 3;
const mostEnds = 2;

export function summarizeDiff({ connections, isolation, nodes, compared }: Summarized): DiffSummary {
  const isolated = isolation.filter(({ change }) => change === 'isolated').length;
  const [gained, lost] = [pairsOf(connections, 'gained'), pairsOf(connections, 'lost')];
  const counts = { gained, lost, isolated, opened: isolation.length - isolated, nodes: nodes.length, compared };
  return { text: lineOf(counts, groupConnections(connections.filter(({ change }) => change !== 'kept'))), ...counts };
}

/** `workload -> workload`, as reports name the two ends. */
export function pairText({ source, destination }: Pick<ConnectionDocument, 'source' | 'destination'>): string {
  return `${partyName(source)} -> ${partyName(destination)}`;
}

export function partyName(party: PartyDocument): string {
  return party.kind === 'workload' ? party.workload : `outside (${party.text})`;
}

function pairsOf(connections: readonly ConnectionDocument[], change: ConnectionDocument['change']): number {
  return new Set(connections.filter((each) => each.change === change).map(pairText)).size;
}

function lineOf(counts: Omit<DiffSummary, 'text'>, groups: readonly GroupedConnection[]): string {
  const { gained, lost, isolated, opened, nodes } = counts;
  if (gained + lost + isolated + opened === 0) {
    return nodes === 0 ? 'No connection changes' : `No connection changes; the output of ${count(nodes, 'node')} does`;
  }
  const parts =
    groups.length <= mostGroups
      ? groups.map(groupText)
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

/** `Gained shop/web, shop/cart -> pay/gateway: TCP 8443`. */
function groupText({ change, sources, destinations, text }: GroupedConnection): string {
  return `${change === 'gained' ? 'Gained' : 'Lost'} ${endsText(sources)} -> ${endsText(destinations)}: ${text}`;
}

function endsText(parties: readonly PartyDocument[]): string {
  return parties.length <= mostEnds ? parties.map(partyName).join(', ') : count(parties.length, 'workload');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
