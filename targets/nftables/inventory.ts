// What a ruleset consists of, in words that outlive a change of it: for comparing two plans.
import type { Inventory } from '../../src/target.ts';
import type { HookRules, NftablesPlan, PeerReturn, ProfileChain } from './nftables-plan.ts';

/**
 * - Sets: named sets and verdict maps. Those of peers have no other name than their type.
 * - Elements: their elements, and the ports that a profile looks up. A peer's text is its address, wherever it is a peer.
 * - Rules: those of profiles, of the self sets and of the hooks. What every ruleset has is left out: it never changes.
 *
 * O(elements).
 */
export function nftablesInventory(plan: NftablesPlan): Inventory {
  const typeBySet = new Map(plan.addressSets.map(({ name, type, interval }) => [name, setType(type, interval)]));
  return {
    sets: [...plan.endpointMaps, ...plan.selfSets].map(({ name }) => name).concat([...typeBySet.values()]),
    elements: [
      endpointElements(plan),
      ...[...plan.selfSets, ...plan.addressSets].map(({ elements }) => elements),
      ...plan.profiles.map(portElements),
    ].flat(),
    rules: [
      ...(plan.profiles.length === 0 ? [] : ['refuse drop']),
      ...plan.hooks.selfSets.map(({ set }) => `refuse @${set} accept`),
      ...plan.profiles.flatMap((profile) => profileRules(profile, typeBySet)),
      ...hookRules(plan.hooks),
    ],
  };
}

function setType(type: string, interval: boolean): string {
  return interval ? `${type} intervals` : type;
}

/** `ingress4 10.0.0.7 ingress of prod/db`. */
function endpointElements({ endpointMaps, profiles }: NftablesPlan): readonly string[] {
  const ownerByChain = new Map(profiles.map(({ name, owner }) => [name, owner]));
  return endpointMaps.flatMap(({ name, elements }) =>
    elements.map(({ address, chain }) => `${name} ${address} ${ownerByChain.get(chain) ?? ''}`),
  );
}

/** `ingress of prod/db tcp . 80`. */
function portElements({ owner, ports, portRanges }: ProfileChain): readonly string[] {
  return [
    ...ports.map(({ key }) => `${owner} ${key}`),
    ...portRanges.flatMap(({ protocol, elements }) => elements.map(({ key }) => `${owner} ${protocol} . ${key}`)),
  ];
}

/** A row is called `ports`, so that it is the same row when it gets one more. */
function profileRules(profile: ProfileChain, typeBySet: ReadonlyMap<string, string>): readonly string[] {
  const { owner, every, ports, portRanges, protocols, rows } = profile;
  const peerRule = ({ field, match }: PeerReturn): string =>
    'set' in match ? `${field} @${typeBySet.get(match.set) ?? ''}` : `meta nfproto ${match.nfproto}`;
  return [
    ...every.map((peer) => `${owner} ${peerRule(peer)} return`),
    ...(ports.length === 0 ? [] : [`${owner} port vmap`]),
    ...portRanges.map(({ protocol }) => `${owner} ${protocol} range vmap`),
    ...protocols.map(({ protocol }) => `${owner} ${protocol ?? 'others'} goto`),
    `${owner} goto refuse`,
    ...rows.flatMap(({ peers }) => [
      ...peers.map((peer) => `${owner} ports ${peerRule(peer)} return`),
      `${owner} ports goto refuse`,
    ]),
  ];
}

function hookRules({ egress, ingress, judgeOwnNode, icmpEcho, dropLinkLocal }: HookRules): readonly string[] {
  return [
    ...[...egress, ...ingress].map(({ map }) => `forward @${map}`),
    ...(judgeOwnNode ? ['input established', 'input control', ...egress.map(({ map }) => `input @${map}`)] : []),
    ...(icmpEcho ? ['control icmp echo', 'control icmpv6 echo'] : []),
    ...(dropLinkLocal ? ['forward link-local source', 'forward link-local destination'] : []),
  ];
}
