// IR → the ruleset as data. Called by the pipeline; printed by print.ts.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import { diagnose, type Outcome } from '../../src/diagnostics/diagnostic.ts';
import type { Direction, Endpoint, Ir } from '../../src/ir/ir.ts';
import { families, formatAddress, type Family } from '../../src/net/address.ts';
import type { TargetOptions } from '../../src/target.ts';
import { endpointNote, headerLines, noteLength } from '../shared/header.ts';
import { irDigest } from '../shared/ir-digest.ts';
import { isolationByProfile } from '../shared/isolation.ts';
import { createNameBook } from '../shared/name-book.ts';
import { createProfileNames } from '../shared/profile-names.ts';
import { safeText } from '../shared/safe-text.ts';
import { createAddressSets } from './address-sets.ts';
import { nftName } from './names.ts';
import type { EndpointMap, HookRules, NftablesPlan, NftSet } from './nftables-plan.ts';
import { planProfile } from './plan-profile.ts';

/**
 * Decides sets, maps and chains. Every IR can be expressed. The one error is a collision of names, which takes a
 * collision of 130-bit hashes. O(addresses + rows).
 */
export function planNftables(ir: Ir, { version }: TargetOptions): Outcome<NftablesPlan> {
  const names = createNameBook();
  const collisions: string[] = [];
  const claim = (name: string, content: string): string => {
    if (names.claim(name, content) === null) collisions.push(name);
    return name;
  };
  const sets = createAddressSets(ir, claim);
  const chainByProfile = nameChains(ir, claim);
  const isolation = isolationByProfile(ir);
  const ownerOf = createProfileNames(ir);
  const profiles = [...ir.profileById.values()].map((profile) => {
    const named = { name: chainByProfile.get(profile.id) ?? '', owner: ownerOf(profile) };
    return planProfile(profile, named, isolation.get(profile.id) ?? [], sets);
  });
  const endpointMaps = planEndpointMaps(ir, chainByProfile);
  const selfSets = planSelfSets(ir);
  const plan: NftablesPlan = {
    header: headerLines(ir, version),
    about: safeText(`netpolc ir:${irDigest(ir)}`, 120),
    endpointMaps,
    selfSets,
    addressSets: sets.used(),
    profiles,
    hooks: planHooks(ir, endpointMaps, selfSets),
  };
  const [name] = collisions;
  if (name !== undefined) return { value: null, diagnostics: [diagnose('NP5002', { name }, null)] };
  return { value: plan, diagnostics: [] };
}

/** Names every profile's chain after the endpoints that use it. */
function nameChains(ir: Ir, claim: (name: string, content: string) => string): ReadonlyMap<string, string> {
  const workloadsByProfile = new Map<string, Set<string>>();
  for (const endpoint of ir.endpoints) {
    for (const id of [endpoint.ingress, endpoint.egress]) {
      if (id === null) continue;
      getOrMake(workloadsByProfile, id, () => new Set()).add(`${endpoint.namespace}/${endpoint.workload}`);
    }
  }
  const chains = [...ir.profileById.values()].map(({ id, direction }) => {
    const label = commonName([...(workloadsByProfile.get(id) ?? [])]);
    return [id, claim(nftName(direction === 'ingress' ? 'in' : 'out', label, id), id)] as const;
  });
  return new Map(chains);
}

/** `prod/db`; `prod` for several workloads of one namespace; `shared` for several namespaces. */
function commonName(workloads: readonly string[]): string {
  if (workloads.length === 1) return workloads[0] ?? '';
  const namespaces = new Set(workloads.map((workload) => workload.split('/')[0] ?? ''));
  return namespaces.size === 1 ? ([...namespaces][0] ?? '') : 'shared';
}

function planEndpointMaps(ir: Ir, chainByProfile: ReadonlyMap<string, string>): readonly EndpointMap[] {
  const directions: readonly Direction[] = ['egress', 'ingress'];
  const maps = directions.flatMap((direction) =>
    families.map((family) => ({
      name: `${direction}${family === 'IPv4' ? '4' : '6'}`,
      type: addressType(family),
      elements: ir.endpoints.flatMap((endpoint) =>
        addressesOf(endpoint, family).flatMap((address) => {
          const chain = chainByProfile.get(endpoint[direction] ?? '');
          return chain === undefined ? [] : [{ address, chain, note: endpointNote(endpoint) }];
        }),
      ),
    })),
  );
  return maps.filter((map) => map.elements.length > 0);
}

/** Every pair of addresses of one restricted endpoint and family. */
function planSelfSets(ir: Ir): readonly NftSet[] {
  const sets = families.map((family) => ({
    name: `self${family === 'IPv4' ? '4' : '6'}`,
    type: `${addressType(family)} . ${addressType(family)}`,
    interval: false,
    elements: ir.endpoints.flatMap((endpoint) => {
      if (endpoint.ingress === null && endpoint.egress === null) return [];
      const own = addressesOf(endpoint, family);
      return own.flatMap((from) => own.map((to) => `${from} . ${to}`));
    }),
    note: safeText('an endpoint and itself', noteLength),
  }));
  return sets.filter((set) => set.elements.length > 0);
}

function planHooks(ir: Ir, maps: readonly EndpointMap[], selfSets: readonly NftSet[]): HookRules {
  const lookups = (direction: Direction, side: string): HookRules['egress'] =>
    maps
      .filter((map) => map.name.startsWith(direction))
      .map((map) => ({ field: `${map.type === 'ipv4_addr' ? 'ip' : 'ip6'} ${side}`, map: map.name }));
  const egress = lookups('egress', 'saddr');
  return {
    egress,
    ingress: lookups('ingress', 'daddr'),
    judgeOwnNode: egress.length > 0 && !ir.options.allowEgressToOwnNode,
    icmpEcho: ir.options.icmpEcho,
    dropLinkLocal: maps.length > 0,
    selfSets: selfSets.map(({ name }) => {
      const header = name === 'self4' ? 'ip' : 'ip6';
      return { saddr: `${header} saddr`, daddr: `${header} daddr`, set: name };
    }),
  };
}

function addressesOf(endpoint: Endpoint, family: Family): readonly string[] {
  return endpoint.addresses.filter((address) => address.family === family).map(formatAddress);
}

function addressType(family: Family): string {
  return family === 'IPv4' ? 'ipv4_addr' : 'ipv6_addr';
}
