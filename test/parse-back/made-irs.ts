// IRs made by hand, for what no NetworkPolicy says and an IR may: other protocols allowed where TCP is not.
import { createCompiler } from '../../src/compile.ts';
import { addressSetId, profileId } from '../../src/ir/ids.ts';
import type { Direction, Ir, NamedAddressSet, PortRow, Profile } from '../../src/ir/ir.ts';
import type { AddressSet } from '../../src/net/address-set.ts';
import { noAddresses } from '../../src/net/address-set.ts';
import type { TransportClass } from '../../src/net/protocol.ts';
import { pod, snapshot } from '../kit/build.ts';
import { irOf } from './cases.ts';
import type { NamedIr } from './examine.ts';
import { parseKernelRanges } from './kernel-addresses.ts';

/** One endpoint that nothing else restricts, with the same rows in both directions, and with echo or own-node egress. */
export function madeIrs(): readonly NamedIr[] {
  const blocks = parseKernelRanges(['10.9.0.0/16', 'fd09::/32']);
  const singles = parseKernelRanges(['10.9.0.7', '10.9.0.9', 'fd09::7']);
  const rows: readonly Row[] = [
    ['OTHER', 0, 65535, singles],
    ['SCTP', 0, 65535, blocks],
    ['TCP', 1, 79, singles],
    ['TCP', 81, 65535, singles],
    ['UDP', 1, 1, blocks],
  ];
  const nobody = irWith(noAddresses, rows);
  return [
    { name: 'other protocols', ir: nobody },
    {
      name: 'other protocols, every IPv4 address',
      ir: irWith(parseKernelRanges(['0.0.0.0/0']), [['OTHER', 0, 65535, parseKernelRanges(['::/0'])]]),
    },
    { name: 'echo', ir: { ...nobody, options: { icmpEcho: true, allowEgressToOwnNode: false } } },
    { name: 'egress to the own node', ir: { ...nobody, options: { icmpEcho: false, allowEgressToOwnNode: true } } },
  ];
}

type Row = readonly [transport: TransportClass, first: number, last: number, peers: AddressSet];

function irWith(every: AddressSet, rows: readonly Row[]): Ir {
  const world = {
    snapshot: snapshot([pod('a/x', { ips: ['10.9.0.7', '10.9.1.7', 'fd09::7'] })]),
    policies: [],
    clusterPolicies: [],
    skippedByKind: new Map(),
  };
  const { scope, options, endpoints } = irOf(createCompiler(world), { kind: 'snapshot' });
  const sets = [every, ...rows.map(([, , , peers]) => peers)].map((addresses): NamedAddressSet => ({
    id: addressSetId(addresses),
    addresses,
    label: 'mixed',
  }));
  const [ingress, egress] = [profileOf('ingress', every, rows), profileOf('egress', every, rows)];
  return {
    scope,
    options,
    endpoints: endpoints.map((endpoint) => ({ ...endpoint, ingress: ingress.id, egress: egress.id })),
    profileById: sortedById([ingress, egress]),
    addressSetById: sortedById(sets),
  };
}

function profileOf(direction: Direction, everyone: AddressSet, given: readonly Row[]): Profile {
  const rows = given.map(([transport, first, last, peers]): PortRow => ({
    transport,
    first,
    last,
    peers: addressSetId(peers),
    origins: [],
  }));
  const every = addressSetId(everyone);
  return { id: profileId(direction, every, rows), direction, every, rows, origins: [] };
}

function sortedById<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}
