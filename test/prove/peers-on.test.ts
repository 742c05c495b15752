import * as assert from 'uvu/assert';
import { equalSets, noAddresses, type AddressSet } from '../../src/net/address-set.ts';
import { allowTable, type Allow } from '../../src/net/allow-table.ts';
import { everyPort, portSet, type PortSet } from '../../src/net/port-set.ts';
import { allPorts } from '../../src/net/protocol.ts';
import { parseRange } from '../../src/net/range-text.ts';
import { peersOnEach, peersOnSome } from '../../src/prove/peers-on.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

// 10.0.0.0/24 on everything; 10.1.0.0/24 on TCP 80-90; 10.1.0.0/25 on TCP 91-99.
const table = allowTable([
  allow('10.0.0.0/24', null, 0, 0),
  allow('10.1.0.0/24', 'TCP', 80, 90),
  allow('10.1.0.0/25', 'TCP', 91, 99),
]);

describe('the peers that a table lets through', (test) => {
  const cases: readonly (readonly [what: string, ports: PortSet, some: string, each: string])[] = [
    ['inside one row', tcp(80, 85), '10.0.0.0/24 10.1.0.0/24', '10.0.0.0/24 10.1.0.0/24'],
    ['over two rows', tcp(85, 95), '10.0.0.0/24 10.1.0.0/24', '10.0.0.0/24 10.1.0.0/25'],
    ['over the end of a row', tcp(95, 100), '10.0.0.0/24 10.1.0.0/25', '10.0.0.0/24'],
    ['before the first row', tcp(79, 80), '10.0.0.0/24 10.1.0.0/24', '10.0.0.0/24'],
    ['where no row is', tcp(443, 443), '10.0.0.0/24', '10.0.0.0/24'],
    ['of another protocol', portSet([{ transport: 'UDP', first: 80, last: 80 }]), '10.0.0.0/24', '10.0.0.0/24'],
    [
      'of two protocols',
      portSet([
        { transport: 'TCP', first: 80, last: 80 },
        { transport: 'UDP', first: 80, last: 80 },
      ]),
      '10.0.0.0/24 10.1.0.0/24',
      '10.0.0.0/24',
    ],
    ['of all there are', everyPort, '10.0.0.0/24 10.1.0.0/24', '10.0.0.0/24'],
  ];
  for (const [what, ports, some, each] of cases) {
    test(`on some port and on each port ${what}`, () => {
      assert.ok(equalSets(peersOnSome(table, ports), setOf(some)), 'some');
      assert.ok(equalSets(peersOnEach(table, ports), setOf(each)), 'each');
    });
  }
});

function allow(block: string, transport: Allow['transport'], first: number, last: number): Allow {
  return { peers: setOf(block), transport, ports: transport === null ? allPorts : { first, last } };
}

function tcp(first: number, last: number): PortSet {
  return portSet([{ transport: 'TCP', first, last }]);
}

/** Blocks that do not touch, in order. */
function setOf(blocks: string): AddressSet {
  const sets = blocks.split(' ').map((block) => must(parseRange(block), block));
  return { ...noAddresses, IPv4: Uint32Array.from(sets.flatMap(({ IPv4 }) => [...IPv4])) };
}
