// Content hashes of address sets and profiles: equal content, equal id.
import { families } from '../net/address.ts';
import type { AddressSet } from '../net/address-set.ts';
import { contentHash } from '../net/content-hash.ts';
import type { AddressSetId, Direction, PortRow, ProfileId } from './ir.ts';

const idBySet = new WeakMap<AddressSet, AddressSetId>();

/** Hash over the words of both families, big-endian. Remembered per object. O(ranges). */
export function addressSetId(addresses: AddressSet): AddressSetId {
  const known = idBySet.get(addresses);
  if (known !== undefined) return known;
  const id = contentHash(['netpolc/address-set', ...families.map((family) => bigEndian(addresses[family]))]);
  idBySet.set(addresses, id);
  return id;
}

/** Hash over direction, `every` and the rows without their origins. */
export function profileId(direction: Direction, every: AddressSetId, rows: readonly PortRow[]): ProfileId {
  const fields = rows.flatMap((row) => [row.transport, String(row.first), String(row.last), row.peers]);
  return contentHash(['netpolc/profile', direction, every, ...fields]);
}

function bigEndian(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => {
    view.setUint32(index * 4, word);
  });
  return bytes;
}
