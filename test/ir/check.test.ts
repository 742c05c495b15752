// Every invariant of the IR, each broken once in an IR that is otherwise sound.
import * as assert from 'uvu/assert';
import { checkIr } from '../../src/ir/check.ts';
import { addressSetId, profileId } from '../../src/ir/ids.ts';
import type { Endpoint, Ir, NamedAddressSet, PortRow, Profile } from '../../src/ir/ir.ts';
import { compareText } from '../../src/ir/order.ts';
import { parseAddress } from '../../src/net/address.ts';
import { cidrSet, noAddresses, type AddressSet } from '../../src/net/address-set.ts';
import { parseCidr } from '../../src/net/cidr.ts';
import { defaultSemantics } from '../../src/net/semantics-options.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const block = (text: string): AddressSet => cidrSet(must(parseCidr(text).cidr, text));
const [a, b, both] = [block('10.0.0.0/32'), block('10.0.0.1/32'), block('10.0.0.0/31')];

const row = (first: number, last: number, peers: AddressSet, transport: PortRow['transport'] = 'TCP'): PortRow => ({
  transport,
  first,
  last,
  peers: addressSetId(peers),
  origins: [],
});

const endpoint = (name: string, ips: readonly string[], ingress: string | null = null): Endpoint => ({
  kind: 'pod',
  namespace: 'a',
  name,
  workload: name,
  node: 'n1',
  addresses: ips.map((ip) => must(parseAddress(ip), ip)),
  ingress,
  egress: null,
  origins: { ingress: [], egress: [] },
});

/** An IR with one profile, whose ids are right whatever its content. */
function irOf(every: AddressSet, rows: readonly PortRow[], others: readonly Endpoint[] = []): Ir {
  const sets = [every, a, b, both, noAddresses].filter((set) =>
    [addressSetId(every), ...rows.map((each) => each.peers)].includes(addressSetId(set)),
  );
  const id = profileId('ingress', addressSetId(every), rows);
  const profile: Profile = { id, direction: 'ingress', every: addressSetId(every), rows, origins: [] };
  const named = sets.map((addresses): NamedAddressSet => ({ id: addressSetId(addresses), addresses, label: 'x' }));
  return {
    scope: { kind: 'snapshot' },
    options: defaultSemantics,
    endpoints: [endpoint('one', ['192.0.2.1'], id), ...others],
    profileById: new Map([[id, profile]]),
    addressSetById: new Map(named.map((set) => [set.id, set] as const).sort(([x], [y]) => compareText(x, y))),
  };
}

const problems = (ir: Ir): string =>
  checkIr(ir)
    .map(({ message }) => message)
    .join('\n');

describe('the invariants of rows', (test) => {
  const sound: readonly (readonly [what: string, ir: Ir])[] = [
    ['no rows', irOf(a, [])],
    ['rows with a gap and equal peers', irOf(noAddresses, [row(80, 80, a), row(82, 90, a)])],
    ['neighbouring rows with other peers', irOf(noAddresses, [row(80, 80, a), row(81, 90, b)])],
    ['the last port', irOf(noAddresses, [row(0, 65535, a, 'OTHER'), row(65535, 65535, a)])],
    ['the same ports of two protocols', irOf(a, [row(80, 80, b, 'SCTP'), row(80, 80, b), row(81, 81, b, 'UDP')])],
  ];
  for (const [what, ir] of sound) test(`${what}: sound`, () => assert.is(problems(ir), ''));

  const broken: readonly (readonly [what: string, ir: Ir, expected: RegExp])[] = [
    ['nobody', irOf(a, [row(80, 80, noAddresses)]), /TCP 80-80 allows nobody/],
    ['repeated addresses', irOf(a, [row(80, 80, both)]), /TCP 80-80 repeats addresses of `every`/],
    [
      'overlap in one port',
      irOf(noAddresses, [row(80, 90, a), row(90, 95, b)]),
      /TCP 90-95 is out of order or overlaps/,
    ],
    ['rows out of order', irOf(noAddresses, [row(90, 90, a), row(80, 80, a)]), /TCP 80-80 is out of order/],
    ['protocols out of order', irOf(noAddresses, [row(80, 80, a, 'UDP'), row(90, 90, a)]), /TCP 90-90 is out of order/],
    ['rows to be joined', irOf(noAddresses, [row(80, 80, a), row(81, 90, a)]), /TCP 81-90 should be joined/],
    ['an interval backwards', irOf(noAddresses, [row(90, 80, a)]), /TCP 90-80 is no port interval/],
    ['a port too high', irOf(noAddresses, [row(80, 65536, a)]), /is no port interval/],
    ['a port too low', irOf(noAddresses, [row(-1, 80, a)]), /is no port interval/],
    ['a first port of no protocol', irOf(noAddresses, [row(1, 65535, a, 'OTHER')]), /must span 0-65535/],
    ['a last port of no protocol', irOf(noAddresses, [row(0, 80, a, 'OTHER')]), /must span 0-65535/],
  ];
  for (const [what, ir, expected] of broken) test(`${what}: found`, () => assert.match(problems(ir), expected));
});

describe('the invariants of endpoints', (test) => {
  const withOthers = (...others: readonly Endpoint[]): Ir => irOf(a, [], others);
  const broken: readonly (readonly [what: string, ir: Ir, expected: RegExp])[] = [
    ['the same name and addresses twice', withOthers(endpoint('one', ['192.0.2.1'])), /`a\/one` is out of order/],
    ['names out of order', withOthers(endpoint('a', ['192.0.2.2'])), /`a\/a` is out of order/],
    ['no address', withOthers(endpoint('two', [])), /`a\/two` has no address/],
    ['an address twice', withOthers(endpoint('two', ['192.0.2.2', '192.0.2.2'])), /addresses out of order/],
    ['families out of order', withOthers(endpoint('two', ['fd00::1', '192.0.2.2'])), /addresses out of order/],
    ['an address of another', withOthers(endpoint('two', ['192.0.2.1'])), /`a\/two` shares address 192\.0\.2\.1/],
    ['a profile that is not there', withOthers(endpoint('two', ['192.0.2.2'], 'x')), /unknown profile x/],
  ];
  for (const [what, ir, expected] of broken) test(`${what}: found`, () => assert.match(problems(ir), expected));
  test('one name with two addresses that are told apart: sound', () =>
    assert.is(problems(withOthers(endpoint('one', ['192.0.2.2']))), ''));
});

describe('the invariants of sets and profiles', (test) => {
  const sound = irOf(a, [row(80, 80, b)]);
  const set = (id: string, addresses: AddressSet): readonly [string, NamedAddressSet] => [
    id,
    { id, addresses, label: '' },
  ];
  const withSet = (...extra: readonly (readonly [string, NamedAddressSet])[]): Ir => ({
    ...sound,
    addressSetById: new Map([...sound.addressSetById, ...extra]),
  });
  test('ranges that touch: found', () => {
    const touching: AddressSet = { ...noAddresses, IPv4: Uint32Array.of(1, 5, 6, 9) };
    assert.match(problems(withSet(set(addressSetId(touching), touching))), /is not sorted, disjoint and non-adjacent/);
  });
  test('an id of other content: found', () =>
    assert.match(problems(withSet(set(addressSetId(a), b))), /does not have the id of its content/));
  test('a set that nothing refers to: found', () =>
    assert.match(problems(withSet(set(addressSetId(both), both))), /is used by nothing/));
  test('sets out of order: found', () =>
    assert.match(
      problems({ ...sound, addressSetById: new Map([...sound.addressSetById].reverse()) }),
      /address set .* is out of order/,
    ));
  test('a profile that no endpoint uses: found', () =>
    assert.match(problems({ ...sound, endpoints: [endpoint('one', ['192.0.2.1'])] }), /profile .* is used by nothing/));
  test('the direction is part of a profile’s id', () =>
    assert.is.not(profileId('ingress', addressSetId(a), []), profileId('egress', addressSetId(a), [])));
});
