// Addresses of snapshot objects. What two programs could read differently is refused. Source: S-311.
import { addressKey, parseAddress, type Address, type AddressKey } from '../net/address.ts';
import { pathOf, spanOf, type Part, type Place } from './cluster-object.ts';
import { stringAt } from './read-fields.ts';

/** A field that holds an address; null when it is absent. */
export function addressAt(part: Part | null, key: string): Address | null {
  const text = stringAt(part, key);
  return part === null || text === null ? null : parsedAddress(text, { part, key, index: -1 });
}

/** Parses the text that stands at a place; null when it is no address. */
export function parsedAddress(text: string, place: Place): Address | null {
  const address = parseAddress(text);
  if (address !== null) return address;
  place.part.object.problems.add('NP3004', { path: pathOf(place), address: text }, () => spanOf(place));
  return null;
}

/** The addresses without repetition, in the order given. */
export function distinctAddresses(addresses: readonly Address[]): readonly Address[] {
  const [first, second] = addresses;
  // One of each family is the rule.
  if (second === undefined || (addresses.length === 2 && first?.family !== second.family)) return addresses;
  const firstByKey = new Map<AddressKey, Address>();
  for (const address of addresses) {
    const key = addressKey(address);
    if (!firstByKey.has(key)) firstByKey.set(key, address);
  }
  return [...firstByKey.values()];
}
