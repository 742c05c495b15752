// Addresses for pods that do not exist: none that a policy means, none that anything in the snapshots has.
import { addressKey, families, wordsOf, type Address, type AddressKey, type Family } from '../net/address.ts';
import {
  allAddresses,
  cidrSet,
  contains,
  intersect,
  noAddresses,
  subtract,
  union,
  type AddressSet,
} from '../net/address-set.ts';
import { parseCidr, type Cidr } from '../net/cidr.ts';
import { stepWords } from '../net/ranges.ts';
import type { World } from '../input/world.ts';
import type { Policies } from '../policy/policies.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** Where addresses are taken from, the best first: reserved, for discarding, for tests; then whatever is left. */
const preferred = ['240.0.0.0/4', '100::/64', '198.18.0.0/15', '2001:db8::/32', '0.0.0.0/0', '::/0'].map(blockOf);

/** No pod can have these, or the first of a range looks odd. */
const unfit = union(
  [
    '0.0.0.0/8',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '224.0.0.0/4',
    '240.0.0.0/32',
    '255.255.255.255/32',
    '::/8',
    '100::/128',
    'fe80::/10',
    'ff00::/8',
  ].map(blockOf),
);

/**
 * Gives one address of each family at a time, for ever, in the same order for the same worlds.
 *
 * None is in a block or an exception of a policy, or in a node's pod CIDR, except in 0.0.0.0/0 and ::/0, which hold every
 * pod. Where such blocks cover a family altogether, every pod is in some, and those made up are in any; without any address
 * left, a family is missing. Each step O(1) but for the first: O(addresses + blocks log blocks).
 */
export function* freeAddresses(worlds: readonly World[]): Generator<readonly Address[], never> {
  const snapshots = [...new Set(worlds.map(({ snapshot }) => snapshot))];
  const open = openSets(meantBy(worlds, snapshots));
  const streams = families.map((family) => addressesIn(open, family, snapshots));
  for (;;) yield streams.flatMap((stream) => stream.next().value ?? []);
}

/** Disjoint sets to take addresses from, one after another. */
function openSets(meant: AddressSet): readonly AddressSet[] {
  let rest = subtract(allAddresses, unfit);
  const sets: AddressSet[] = [];
  for (const block of [...preferred.map((each) => subtract(each, meant)), ...preferred]) {
    sets.push(intersect(rest, block));
    rest = subtract(rest, block);
  }
  return sets;
}

function* addressesIn(
  sets: readonly AddressSet[],
  family: Family,
  snapshots: readonly Snapshot[],
): Generator<Address, undefined> {
  const width = wordsOf(family);
  for (const set of sets) {
    const words = set[family];
    if (words.length === 0) continue;
    const used = usedAddresses(snapshots, family, set);
    for (let at = 0; at < words.length; at += 2 * width) {
      for (const address of range(words.subarray(at, at + 2 * width), family)) {
        if (!used.has(addressKey(address))) yield address;
      }
    }
  }
  return undefined;
}

/** Every address from the first to the last. */
function* range(words: Uint32Array, family: Family): Generator<Address> {
  const width = wordsOf(family);
  const next = words.slice(0, width);
  const last = words.subarray(width);
  for (;;) {
    yield { family, words: [...next] };
    if (next.every((word, index) => word === last[index])) return;
    stepWords(next, 0, next, 0, width, 1);
  }
}

/** What in `set` belongs to somebody. */
function usedAddresses(snapshots: readonly Snapshot[], family: Family, set: AddressSet): ReadonlySet<AddressKey> {
  const used = new Set<AddressKey>();
  const ranges = set[family];
  const [lowest = 0, highest = 0] = [ranges[0], ranges[ranges.length - wordsOf(family)]];
  // Nearly all are outside, and the first word tells.
  const mayHold = ({ words: [first = 0] }: Address): boolean => lowest <= first && first <= highest;
  const use = (addresses: readonly Address[]): void => {
    for (const address of addresses) {
      if (address.family === family && mayHold(address) && contains(set, address)) used.add(addressKey(address));
    }
  };
  for (const { pods, nodeByName, services, dnsSnapshots } of snapshots) {
    for (const pod of pods) use(pod.addresses);
    for (const node of nodeByName.values()) use(node.addresses);
    for (const service of services) use(service.clusterIPs);
    for (const { records } of dnsSnapshots) for (const record of records) use(record.addresses);
  }
  return used;
}

/** What is in a block that somebody wrote. */
function meantBy(worlds: readonly World[], snapshots: readonly Snapshot[]): AddressSet {
  const blocks = new Map<string, Cidr>();
  const add = (cidr: Cidr): void => {
    if (cidr.prefixLength > 0) blocks.set(`${String(addressKey(cidr.base))}/${cidr.prefixLength}`, cidr);
  };
  for (const world of worlds) for (const cidr of blocksOf(world)) add(cidr);
  for (const { nodeByName } of snapshots) {
    for (const { podCidrs } of nodeByName.values()) {
      for (const cidr of podCidrs.map((text) => parseCidr(text).cidr)) if (cidr !== null) add(cidr);
    }
  }
  return union([...blocks.values()].map(cidrSet));
}

function blocksOf({ policies, clusterPolicies }: Policies): readonly Cidr[] {
  const peers = policies.flatMap(({ ingress, egress }) =>
    [...(ingress ?? []), ...(egress ?? [])].flatMap((rule) => rule.peers ?? []),
  );
  const networks = clusterPolicies.flatMap(({ ingress, egress }) =>
    [...ingress, ...egress].flatMap((rule) => rule.peers),
  );
  return [...peers, ...networks].flatMap((peer) => {
    if (peer.kind === 'ipBlock') return [peer.cidr, ...peer.except];
    return peer.kind === 'networks' ? peer.cidrs : [];
  });
}

function blockOf(text: string): AddressSet {
  const { cidr } = parseCidr(text);
  return cidr === null ? noAddresses : cidrSet(cidr);
}
