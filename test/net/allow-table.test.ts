import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  allAddresses,
  cidrSet,
  contains,
  equalSets,
  isEmpty,
  union,
  type AddressSet,
} from '../../src/net/address-set.ts';
import { parseAddress, type Address } from '../../src/net/address.ts';
import {
  allowedOn,
  allowNothing,
  allowTable,
  equalTables,
  intersectTables,
  subtractTables,
  transports,
  uniteTables,
  type Allow,
  type AllowTable,
} from '../../src/net/allow-table.ts';
import { parseCidr } from '../../src/net/cidr.ts';
import { formatRanges } from '../../src/net/range-text.ts';
import type { TransportClass } from '../../src/net/protocol.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const a = cidrSet(must(parseCidr('10.0.0.1/32').cidr));
const b = cidrSet(must(parseCidr('10.0.0.9/32').cidr));
const allow = (peers: AddressSet, transport: TransportClass | null = null, first = 1, last = first): Allow => ({
  peers,
  transport,
  ports: { first, last },
});
const rowsOf = (table: AllowTable): readonly string[] =>
  transports.flatMap((transport) =>
    table.rows[transport].map(
      (row) => `${transport} ${row.first}-${row.last} ${formatRanges(row.peers.IPv4, 'IPv4').join()}`,
    ),
  );

describe('allow tables, by hand', (test) => {
  test('no allow allows nothing', () => assert.ok(equalTables(allowTable([]), allowNothing)));
  test('peers allowed on everything stand in `every` alone', () => {
    const table = allowTable([allow(a), allow(a, 'TCP', 80)]);
    assert.ok(equalSets(table.every, a));
    assert.equal(rowsOf(table), []);
  });
  test('rows hold what is allowed beyond `every`', () => {
    assert.equal(rowsOf(allowTable([allow(a), allow(union([a, b]), 'TCP', 80)])), ['TCP 80-80 10.0.0.9']);
  });
  test('overlapping port ranges are cut where the peers change', () => {
    assert.equal(rowsOf(allowTable([allow(a, 'TCP', 80, 90), allow(b, 'TCP', 85, 95)])), [
      'TCP 80-84 10.0.0.1',
      'TCP 85-90 10.0.0.1,10.0.0.9',
      'TCP 91-95 10.0.0.9',
    ]);
  });
  test('neighbouring ports with equal peers are one row', () => {
    assert.equal(rowsOf(allowTable([allow(a, 'UDP', 81), allow(a, 'UDP', 80)])), ['UDP 80-81 10.0.0.1']);
  });
  test('all of 1-65535 is every port, 0 included (S-228)', () => {
    const whole = allowTable([allow(a, 'TCP', 0, 65535)]);
    assert.equal(rowsOf(whole), ['TCP 0-65535 10.0.0.1']);
    assert.ok(equalTables(allowTable([allow(a, 'TCP', 1, 65535)]), whole));
    assert.ok(equalTables(allowTable([allow(a, 'TCP', 1, 99), allow(a, 'TCP', 100, 65535)]), whole));
    assert.equal(rowsOf(allowTable([allow(a, 'TCP', 1, 65534)])), ['TCP 1-65534 10.0.0.1']);
  });
  test('port 0 has the peers that every port has, and no others', () => {
    assert.equal(rowsOf(allowTable([allow(a, 'TCP', 1, 65535), allow(b, 'TCP', 1, 80)])), [
      'TCP 0-0 10.0.0.1',
      'TCP 1-80 10.0.0.1,10.0.0.9',
      'TCP 81-65535 10.0.0.1',
    ]);
  });
  test('every transport on every port is still not every protocol (S-431)', () => {
    const table = allowTable((['TCP', 'UDP', 'SCTP'] as const).map((name) => allow(a, name, 0, 65535)));
    assert.ok(isEmpty(table.every));
    assert.ok(equalSets(uniteTables(table, allowTable([allow(a, 'OTHER')])).every, a));
  });
  test('a port taken from everything leaves everything else (S-1203)', () => {
    const table = subtractTables(allowTable([allow(union([a, b]))]), allowTable([allow(a, 'TCP', 80)]));
    assert.ok(equalSets(table.every, b));
    assert.equal(rowsOf(table), [
      'OTHER 0-65535 10.0.0.1',
      'SCTP 0-65535 10.0.0.1',
      'TCP 1-79 10.0.0.1',
      'TCP 81-65535 10.0.0.1',
      'UDP 0-65535 10.0.0.1',
    ]);
  });
});

const peers: readonly Address[] = ['10.0.0.1', '10.0.0.2', '10.0.0.3', 'fd00::1'].map((text) =>
  must(parseAddress(text)),
);
const ports = [1, 2, 79, 80, 81, 82, 65534, 65535];
const anySet = fc
  .subarray(['10.0.0.1/32', '10.0.0.2/31', 'fd00::1/128', '0.0.0.0/0', '::/0'])
  .map((texts) => union(texts.map((text) => cidrSet(must(parseCidr(text).cidr)))));
const anyAllow: fc.Arbitrary<Allow> = fc
  .tuple(anySet, fc.constantFrom(null, ...transports), fc.constantFrom(...ports), fc.constantFrom(...ports))
  .map(([set, transport, x, y]) => ({ peers: set, transport, ports: { first: Math.min(x, y), last: Math.max(x, y) } }));
const anyAllows = fc.array(anyAllow, { maxLength: 6 });
const allowed = (allows: readonly Allow[], peer: Address, transport: TransportClass, port: number): boolean =>
  allows.some(
    (each) =>
      contains(each.peers, peer) &&
      (each.transport === null ||
        (each.transport === transport &&
          (transport === 'OTHER' || (each.ports.first <= port && port <= each.ports.last)))),
  );
const everyPoint = (check: (peer: Address, transport: TransportClass, port: number) => void): void => {
  for (const peer of peers) for (const transport of transports) for (const port of ports) check(peer, transport, port);
};
const has = (table: AllowTable, peer: Address, transport: TransportClass, port: number): boolean =>
  contains(allowedOn(table, transport, port), peer);

describe('allow tables agree with asking each allow', (test) => {
  test('a table holds exactly what some allow allows', () =>
    fc.assert(
      fc.property(anyAllows, (allows) => {
        const table = allowTable(allows);
        everyPoint((...point) => assert.is(has(table, ...point), allowed(allows, ...point)));
      }),
    ));
  test('the order and repetition of allows make no difference', () =>
    fc.assert(
      fc.property(anyAllows, (allows) => {
        assert.ok(equalTables(allowTable([...allows].reverse().concat(allows)), allowTable(allows)));
      }),
    ));
  test('union, intersection and difference hold point by point', () =>
    fc.assert(
      fc.property(anyAllows, anyAllows, (left, right) => {
        const [x, y] = [allowTable(left), allowTable(right)];
        const [or, and, not] = [uniteTables(x, y), intersectTables(x, y), subtractTables(x, y)];
        everyPoint((...point) => {
          const [inX, inY] = [allowed(left, ...point), allowed(right, ...point)];
          assert.is(has(or, ...point), inX || inY);
          assert.is(has(and, ...point), inX && inY);
          assert.is(has(not, ...point), inX && !inY);
        });
      }),
    ));
  test('equal sets have equal tables however they were made', () =>
    fc.assert(
      fc.property(anyAllows, anyAllows, (left, right) => {
        const [x, y] = [allowTable(left), allowTable(right)];
        assert.ok(equalTables(uniteTables(x, y), allowTable([...left, ...right])));
        assert.ok(equalTables(uniteTables(subtractTables(x, y), intersectTables(x, y)), x));
        assert.ok(equalTables(subtractTables(x, allowTable([allow(allAddresses)])), allowNothing));
      }),
    ));
});
