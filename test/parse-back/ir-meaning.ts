// What the IR says packets must meet, written down anew: nothing here knows a target.
import { getOrMake } from '../../src/collections/get-or-make.ts';
import type { Direction, Endpoint, Ir, PortRow } from '../../src/ir/ir.ts';
import { formatAddress, type Address, type Family } from '../../src/net/address.ts';
import { addressesOf, noAddresses, union, type AddressSet } from '../../src/net/address-set.ts';
import { must } from '../kit/must.ts';
import type { Meaning } from './meaning.ts';
import { makeTable, type Judgement, type PeerTable } from './peer-table.ts';

/**
 * Local addresses with what their profiles let through, `every` ∪ rows, and with their own endpoint (S-601, S-602).
 * Forwarded packets are judged for both ends; those for the node for their sender, unless an option says otherwise (S-604).
 */
export function judgedByIr(ir: Ir): Meaning['judged'] {
  const egress = judgementsOf(ir, 'egress');
  return {
    'forward egress': egress,
    'forward ingress': judgementsOf(ir, 'ingress'),
    'input egress': ir.options.allowEgressToOwnNode ? new Map() : egress,
    'input ingress': new Map(),
  };
}

function judgementsOf(ir: Ir, direction: Direction): ReadonlyMap<string, Judgement> {
  const tables = new Map<string, PeerTable>();
  return new Map(
    ir.endpoints.flatMap((endpoint) => {
      const id = endpoint[direction];
      if (id === null) return [];
      return endpoint.addresses.map(({ family, words }): [string, Judgement] => {
        const table = getOrMake(tables, `${family} ${id}`, () => tableOf(ir, id, family));
        return [formatAddress({ family, words }), { table, self: addressesOf(ownAddresses(endpoint, family)) }];
      });
    }),
  );
}

/** Packets of one family have peers of that family. */
function tableOf(ir: Ir, id: string, family: Family): PeerTable {
  const { every, rows } = must(ir.profileById.get(id), id);
  const setOf = (peers: string): AddressSet => ({
    ...noAddresses,
    [family]: must(ir.addressSetById.get(peers), peers).addresses[family],
  });
  const unions = new Map<string, AddressSet>();
  const covers = (row: PortRow, port: number): boolean => row.first <= port && port <= row.last;
  return makeTable(
    (transport) => rows.flatMap((row) => (row.transport === transport ? [row.first, row.last + 1] : [])),
    (transport, port) => {
      const over = rows.filter((row) => row.transport === transport && covers(row, port)).map(({ peers }) => peers);
      return getOrMake(unions, over.join(), () => union([every, ...over].map(setOf)));
    },
  );
}

/** One endpoint's addresses of a family. */
function ownAddresses({ addresses }: Endpoint, family: Family): readonly Address[] {
  return addresses.filter((address) => address.family === family);
}
