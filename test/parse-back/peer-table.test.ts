// Tables of peers, by transport and port.
import * as assert from 'uvu/assert';
import { noAddresses } from '../../src/net/address-set.ts';
import { describe } from '../kit/suite.ts';
import { parseKernelRange } from './kernel-addresses.ts';
import { findDifference, makeTable, sameEverywhere, type PeerTable } from './peer-table.ts';

const net = parseKernelRange('10.0.0.0/24');
const nobody = sameEverywhere(noAddresses);
const onTcp = (first: number, last: number): PeerTable =>
  makeTable(
    (transport) => (transport === 'TCP' ? [first, last + 1] : []),
    (transport, port) => (transport === 'TCP' && first <= port && port <= last ? net : noAddresses),
  );

describe('the first packet that two judgements treat differently', (test) => {
  test('is none when equal sets are cut into rows differently', () => {
    const cut = makeTable(
      () => [80],
      () => net,
    );
    assert.is(
      findDifference({ table: cut, self: noAddresses }, { table: sameEverywhere(net), self: noAddresses }),
      null,
    );
  });
  test('may be on port 0 alone', () => {
    const difference = findDifference(
      { table: onTcp(1, 65535), self: noAddresses },
      { table: onTcp(0, 65535), self: noAddresses },
    );
    assert.equal(difference, {
      transport: 'TCP',
      port: 0,
      peer: { family: 'IPv4', words: [0x0a000000] },
      passes: true,
    });
  });
  test('may be on the last port alone', () => {
    const difference = findDifference(
      { table: onTcp(0, 65535), self: noAddresses },
      { table: onTcp(0, 65534), self: noAddresses },
    );
    assert.equal(difference, {
      transport: 'TCP',
      port: 65535,
      peer: { family: 'IPv4', words: [0x0a000000] },
      passes: false,
    });
  });
  test('is not about what passes either way, as one endpoint or by the table', () => {
    assert.is(findDifference({ table: nobody, self: net }, { table: sameEverywhere(net), self: noAddresses }), null);
  });
  test('may be one address of an endpoint', () => {
    const self = parseKernelRange('10.0.0.7');
    const difference = findDifference({ table: onTcp(80, 80), self }, { table: onTcp(80, 80), self: noAddresses });
    assert.equal(difference, {
      transport: 'OTHER',
      port: 0,
      peer: { family: 'IPv4', words: [0x0a000007] },
      passes: false,
    });
  });
});
