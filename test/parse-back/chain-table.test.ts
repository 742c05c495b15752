// Chains of rules → tables of peers.
import * as assert from 'uvu/assert';
import { equalSets, noAddresses, subtract, wholeFamily, type AddressSet } from '../../src/net/address-set.ts';
import { peersOn } from '../../src/net/port-map.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { createTableReader, type ChainRule, type ChainVerdict, type PortSpan } from './chain-table.ts';
import { parseKernelRange } from './kernel-addresses.ts';
import type { PeerTable } from './peer-table.ts';

const everyone = wholeFamily('IPv4');
const net = parseKernelRange('10.0.0.0/24');
const tcp80: PortSpan = { transport: 'TCP', first: 80, last: 80 };

const rule = (peers: AddressSet | null, ports: PortSpan | null, verdict: ChainVerdict): ChainRule => ({
  peers,
  ports: ports === null ? null : [ports],
  verdict,
});
const passes: ChainVerdict = { kind: 'return' };
const refuses: ChainVerdict = { kind: 'refuse' };

const tableOf = (chains: Readonly<Record<string, readonly ChainRule[]>>): PeerTable =>
  createTableReader((name) => must(chains[name], name))('start', everyone);

const isOn = (table: PeerTable, port: number, peers: AddressSet): boolean => equalSets(peersOn(table.TCP, port), peers);

describe('the table of a chain', (test) => {
  test('the first rule that matches decides', () => {
    const table = tableOf({ start: [rule(net, null, passes), rule(null, null, refuses), rule(null, null, passes)] });
    assert.ok(isOn(table, 80, net));
  });
  test('whoever comes to the end passes', () => {
    assert.ok(isOn(tableOf({ start: [rule(net, null, refuses)] }), 80, subtract(everyone, net)));
    assert.ok(isOn(tableOf({ start: [] }), 80, everyone));
  });
  test('whoever is sent on does not come back', () => {
    const chains = { start: [rule(null, tcp80, { kind: 'goto', chain: 'row' }), rule(null, null, refuses)] };
    const table = tableOf({ ...chains, row: [rule(net, null, passes), rule(null, null, refuses)] });
    assert.ok(isOn(table, 80, net));
    assert.ok([79, 81].every((port) => isOn(table, port, noAddresses)));
  });
  test('whoever is sent on and comes to the end there passes', () => {
    const table = tableOf({
      start: [rule(net, null, { kind: 'goto', chain: 'row' }), rule(null, null, refuses)],
      row: [],
    });
    assert.ok(isOn(table, 80, net));
  });
  test('ports belong to their protocol', () => {
    const table = tableOf({ start: [rule(null, tcp80, passes), rule(null, null, refuses)] });
    assert.equal([table.UDP, table.SCTP, table.OTHER], [[], [], []]);
  });
  test('a circle is an error', () => {
    const chains = { start: [rule(null, null, { kind: 'goto' as const, chain: 'row' })] };
    assert.throws(
      () => tableOf({ ...chains, row: [rule(null, null, { kind: 'goto', chain: 'start' })] }),
      /leads to itself/,
    );
  });
});
