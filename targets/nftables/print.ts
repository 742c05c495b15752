// The plan → one ruleset file, and the script that loads it. Layout only.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import type { Artifact } from '../../src/target.ts';
import { completeScript } from '../shared/complete-script.ts';
import { compileTemplate } from '../shared/template.ts';
import loadSource from './load.sh';
import type { NftablesPlan, PeerReturn, PortElement, ProfileChain } from './nftables-plan.ts';
import rulesetTemplate from './templates/ruleset.hbs';

const render = compileTemplate(rulesetTemplate);

const loadScript = completeScript(loadSource);

/** Prints the ruleset, which `nft -f` takes in one transaction and load.sh without a gap. O(elements). */
export function printNftables(plan: NftablesPlan): readonly Artifact[] {
  const view = {
    ...plan,
    restricted: plan.profiles.length > 0,
    endpointMaps: plan.endpointMaps.map((map) => ({
      ...map,
      elementLines: map.elements
        .map(({ address, chain, note }) => `      ${address} : jump ${chain}, # ${note}`)
        .join('\n'),
    })),
    sets: [...plan.selfSets, ...plan.addressSets].map((set) => ({ ...set, elementLines: wrapElements(set.elements) })),
    profiles: plan.profiles.map((profile) => ({
      ...profile,
      every: profile.every.map(peerLine),
      lookups: lookupLines(profile),
      rows: profile.rows.map((row) => ({ ...row, peers: row.peers.map(peerLine) })),
    })),
  };
  return [
    { suffix: 'nft', content: render(view) },
    { suffix: 'nft.load.sh', content: loadScript, isScript: true },
  ];
}

function peerLine({ field, match, comment }: PeerReturn): { readonly match: string; readonly comment: string } {
  return { match: 'set' in match ? `${field} @${match.set}` : `meta nfproto ${match.nfproto}`, comment };
}

function lookupLines({ ports, portRanges, protocols }: ProfileChain): readonly string[] {
  return [
    ...(ports.length === 0 ? [] : [`meta l4proto . th dport vmap ${portMap(ports)}`]),
    ...portRanges.map(({ protocol, elements }) => `meta l4proto ${protocol} th dport vmap ${portMap(elements)}`),
    ...protocols.map(({ protocol, chain }) =>
      protocol === null ? `meta l4proto != { tcp, udp, sctp } goto ${chain}` : `meta l4proto ${protocol} goto ${chain}`,
    ),
  ];
}

/** One element a line, so that a diff shows which port changed. */
function portMap(elements: readonly PortElement[]): string {
  const lines = elements.map(({ key, chain }) => `      ${key} : goto ${chain},\n`);
  return `{\n${lines.join('')}    }`;
}

const longestLine = 110;

const linesByElements = new WeakMap<readonly string[], string>();

/** Elements separated by commas, as many on a line as fit. Remembered: nodes have most of their sets in common. */
function wrapElements(elements: readonly string[]): string {
  return getOrMake(linesByElements, elements, () => wrap(elements));
}

function wrap(elements: readonly string[]): string {
  const lines: string[] = [];
  let line = '';
  for (const element of elements) {
    if (line !== '' && line.length + element.length + 2 > longestLine) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? `      ${element},` : ` ${element},`;
  }
  if (line !== '') lines.push(line);
  return lines.join('\n').replace(/,$/, '');
}
