import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { addressesOf, union } from '../../src/net/address-set.ts';
import { parseAddress } from '../../src/net/address.ts';
import { allowTable, transports, type Allow } from '../../src/net/allow-table.ts';
import {
  arePortsDisjoint,
  createPortsThrough,
  equalPorts,
  everyPort,
  intersectPorts,
  listPorts,
  noPorts,
  portsFor,
  portsOf,
  portsWithin,
  subtractPorts,
  unitePorts,
} from '../../src/net/port-set.ts';
import type { TransportClass } from '../../src/net/protocol.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const hosts = ['10.0.0.1', '10.0.0.2', 'fd00::1'].map((text) => must(parseAddress(text)));
const [one, two] = hosts.map((host) => addressesOf([host]));
const tcp = (first: number, last = first): ReturnType<typeof portsOf> => portsOf('TCP', { first, last });
const allows = fc.array(
  fc.record({
    peers: fc.constantFrom(must(one), must(two), union([must(one), must(two)])),
    transport: fc.constantFrom<TransportClass | null>('TCP', 'UDP', 'SCTP', null),
    ports: fc
      .tuple(fc.constantFrom(1, 2, 80, 81, 65534), fc.constantFrom(1, 80, 81, 65534, 65535))
      .filter(([first, last]) => first <= last)
      .map(([first, last]) => ({ first, last })),
  }),
  { maxLength: 6 },
);

describe('port sets', (test) => {
  test('every port is every transport’s, listed one after another', () => {
    assert.equal(
      listPorts(everyPort),
      transports.map((transport) => ({ transport, first: 0, last: 65535 })),
    );
    assert.equal(listPorts(noPorts), []);
  });

  test('the last port of one transport and the first of the next stay apart', () => {
    const both = unitePorts(portsOf('SCTP', { first: 65535, last: 65535 }), tcp(0));
    assert.equal(listPorts(both), [
      { transport: 'SCTP', first: 65535, last: 65535 },
      { transport: 'TCP', first: 0, last: 0 },
    ]);
  });

  test('union, intersection, difference and subset', () => {
    assert.ok(equalPorts(unitePorts(tcp(1, 5), tcp(6, 9)), tcp(1, 9)));
    assert.ok(equalPorts(intersectPorts(tcp(1, 5), tcp(4, 9)), tcp(4, 5)));
    assert.ok(equalPorts(subtractPorts(tcp(1, 9), tcp(4, 5)), unitePorts(tcp(1, 3), tcp(6, 9))));
    assert.ok(portsWithin(tcp(4, 5), tcp(1, 9)));
    assert.not(portsWithin(tcp(4, 10), tcp(1, 9)));
    assert.ok(arePortsDisjoint(tcp(80), portsOf('UDP', { first: 80, last: 80 })));
    assert.not(arePortsDisjoint(tcp(80), everyPort));
  });

  test('what a table lets through: `every` is everything, rows are their ports', () => {
    const table = allowTable([
      { peers: must(one), transport: null, ports: { first: 1, last: 1 } },
      { peers: must(two), transport: 'TCP', ports: { first: 80, last: 81 } },
      { peers: must(two), transport: 'UDP', ports: { first: 1, last: 65535 } },
    ]);
    assert.is(portsFor(table, must(hosts[0])), everyPort);
    assert.equal(listPorts(portsFor(table, must(hosts[1]))), [
      { transport: 'TCP', first: 80, last: 81 },
      // All of 1…65535 is port 0, too (S-228).
      { transport: 'UDP', first: 0, last: 65535 },
    ]);
    assert.equal(portsFor(table, must(hosts[2])), noPorts);
  });

  test('allows answer as the table that is made of them', () => {
    fc.assert(
      fc.property(allows, (some: readonly Allow[]) => {
        const through = createPortsThrough(some);
        const table = allowTable(some);
        for (const host of hosts) assert.equal(listPorts(through(host)), listPorts(portsFor(table, host)));
      }),
    );
  });
});
