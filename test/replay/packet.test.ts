// Packets by hand: checksums that were worked out elsewhere, and the fields that connection tracking looks at.
import * as assert from 'uvu/assert';
import { parseAddress } from '../../src/net/address.ts';
import { crc32c, internetChecksum } from '../../src/replay/checksum.ts';
import { reverse, tuplePacket, type Tuple } from '../../src/replay/packet.ts';
import { ethernetFrame, pcapFile } from '../../src/replay/pcap.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const tuple = (source: string, destination: string, protocol: Tuple['protocol']): Tuple => ({
  source: must(parseAddress(source)),
  destination: must(parseAddress(destination)),
  protocol,
  sourcePort: 20000,
  destinationPort: 80,
});
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('checksums', (test) => {
  test('the Internet checksum of the example in RFC 1071', () => {
    assert.is(internetChecksum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7)), ~0xddf2 & 0xffff);
  });
  test('CRC32c of 32 zero bytes and of “123456789” (RFC 3720, B.4)', () => {
    assert.is(crc32c(new Uint8Array(32)), 0x8a9136aa);
    assert.is(crc32c(new TextEncoder().encode('123456789')), 0xe3069283);
  });
});

describe('packets', (test) => {
  test('the header of an IPv4 packet sums up to zero, and so does a TCP segment with its pseudo header', () => {
    const packet = tuplePacket(tuple('10.0.0.1', '10.0.0.2', 'TCP'), 'first');
    assert.is(internetChecksum(packet.subarray(0, 20)), 0);
    const pseudo = Uint8Array.of(10, 0, 0, 1, 10, 0, 0, 2, 0, 6, 0, 20);
    assert.is(internetChecksum(pseudo, packet.subarray(20)), 0);
  });
  test('a first TCP packet is a SYN, its reply a SYN/ACK that acknowledges it', () => {
    const syn = tuplePacket(tuple('10.0.0.1', '10.0.0.2', 'TCP'), 'first');
    const answer = tuplePacket(reverse(tuple('10.0.0.1', '10.0.0.2', 'TCP')), 'reply');
    assert.is(syn[20 + 13], 0x02);
    assert.is(answer[20 + 13], 0x12);
    assert.is(hex(answer.subarray(28, 32)), hex(Uint8Array.of(0, 0, 0x03, 0xe9)), '1001');
    assert.is(hex(answer.subarray(20, 24)), '00504e20');
  });
  test('an SCTP packet is an INIT with tag 0, its reply an INIT ACK with the tag of the INIT', () => {
    const init = tuplePacket(tuple('fd00::1', 'fd00::2', 'SCTP'), 'first').subarray(40);
    const answer = tuplePacket(reverse(tuple('fd00::1', 'fd00::2', 'SCTP')), 'reply').subarray(40);
    assert.is(hex(init.subarray(4, 8)), '00000000');
    assert.is(init[12], 1);
    assert.is(hex(answer.subarray(4, 8)), hex(init.subarray(16, 20)));
    assert.is(answer[12], 2);
  });
  test('a capture file is a header, and before each frame its length', () => {
    const packet = tuplePacket(tuple('10.0.0.1', '10.0.0.2', 'UDP'), 'first');
    const frame = ethernetFrame([2, 0, 0, 0, 0, 2], [2, 0, 0, 0, 0, 1], packet);
    assert.is(hex(frame.subarray(0, 14)), '0200000000020200000000010800');
    const file = pcapFile([frame, frame]);
    assert.is(hex(file.subarray(0, 24)), 'd4c3b2a1020004000000000000000000ffff000001000000');
    assert.is(file.length, 24 + 2 * (16 + frame.length));
    assert.is(hex(file.subarray(24, 40)), `00000000000000002e0000002e000000`);
  });
});
