// Single changes of what bpftool dumped.
import { describeChanges, type Change } from '../changed-listings.ts';

/** Bytes as bpftool prints them, out of their digits. */
const bytes = (digits: string): string => (digits.match(/../g) ?? []).map((byte) => `"0x${byte}"`).join(',');
const entry = (key: string, value: string): string => `{"key":[${bytes(key)}],"value":[${bytes(value)}]}`;

/** An entry and the comma that parts it from another one. */
const oneOfSeveral = (text: string): RegExp => {
  const literal = text.replaceAll(/[[\]{}]/g, String.raw`\$&`);
  return new RegExp(`,${literal}|${literal},`, 'g');
};

const maps = (title: string, find: string | RegExp, replace: string, says: string | null): Change => ({
  ...{ title, output: 'maps', find, replace, says },
});
const pins = (title: string, find: string | RegExp, replace: string, says: string | null): Change => ({
  ...{ title, output: 'pins', find, replace, says },
});

const other = 'a protocol other than TCP, UDP and SCTP';

describeChanges('ebpf', [
  maps(
    'a peer is another',
    entry('0a000009', '02000000'),
    entry('0a00000a', '02000000'),
    'forward ingress: 10.0.0.10 → 10.0.0.7, SCTP port 0: passes but must not',
  ),
  maps(
    'a peer has another identity',
    entry('0a000009', '02000000'),
    entry('0a000009', '01000000'),
    `forward ingress: 10.0.0.9 → 10.0.0.7, ${other}: passes but must not`,
  ),
  maps(
    'a peer has no identity',
    entry('0a000009', '02000000'),
    entry('0a000009', '00000000'),
    'forward egress: 10.0.0.7 → 10.0.0.9, UDP port 53: is dropped but must pass',
  ),
  maps(
    'a peer is missing',
    `[${entry('0a000009', '02000000')}]`,
    '[]',
    'forward ingress: 10.0.0.9 → 10.0.0.7, SCTP port 0: is dropped but must pass',
  ),
  maps(
    'a block is longer',
    entry('10000000c0a80000', '01000000'),
    entry('11000000c0a80000', '01000000'),
    `forward ingress: 192.168.128.0 → 10.0.0.7, ${other}: is dropped but must pass`,
  ),
  maps(
    'an exception is missing',
    oneOfSeveral(entry('18000000c0a80500', '03000000')),
    '',
    `forward ingress: 192.168.5.0 → 10.0.0.7, ${other}: passes but must not`,
  ),
  maps(
    'a block has bits behind its end',
    entry('10000000c0a80000', '01000000'),
    entry('10000000c0a80001', '01000000'),
    'no prefix',
  ),
  maps(
    'a port is another',
    entry('4000000002000000' + '06000cea', '02000000'),
    entry('4000000002000000' + '06000ceb', '02000000'),
    'forward ingress: 10.0.0.9 → 10.0.0.7, TCP port 3306: is dropped but must pass',
  ),
  maps(
    'a protocol is another',
    entry('4000000001000000' + '11000035', '03000000'),
    entry('4000000001000000' + '06000035', '03000000'),
    'forward egress: 10.0.0.7 → 0.0.0.0, TCP port 53: passes but must not',
  ),
  maps(
    'a range of ports ends one earlier',
    oneOfSeveral(entry('4000000002000000' + '110000c8', '02000000')),
    '',
    'forward ingress: 10.0.0.9 → 10.0.0.7, UDP port 200: is dropped but must pass',
  ),
  maps(
    'a port’s prefix is shorter',
    entry('3a00000002000000' + '11000080', '02000000'),
    entry('3900000002000000' + '11000080', '02000000'),
    'forward ingress: 10.0.0.9 → 10.0.0.7, UDP port 201: passes but must not',
  ),
  maps(
    'a port leads to another set',
    entry('4000000001000000' + '11000035', '03000000'),
    entry('4000000001000000' + '11000035', '02000000'),
    'forward egress: 10.0.0.7 → 0.0.0.0, UDP port 53: is dropped but must pass',
  ),
  maps(
    'a prefix is about several protocols',
    entry('3000000002000000' + '84000000', '02000000'),
    entry('2f00000002000000' + '84000000', '02000000'),
    'port 2f000000',
  ),
  maps(
    'a port is another profile’s',
    entry('4000000002000000' + '06000cea', '02000000'),
    entry('4000000001000000' + '06000cea', '02000000'),
    'forward egress: 10.0.0.7 → 10.0.0.9, TCP port 3306: passes but must not',
  ),
  maps(
    'a profile allows another set on everything',
    entry('02000000', '01000000'),
    entry('02000000', '03000000'),
    `forward ingress: 0.0.0.0 → 10.0.0.7, ${other}: passes but must not`,
  ),
  maps(
    'a member is missing',
    oneOfSeveral(entry('0200000002000000', '01000000')),
    '',
    'forward ingress: 10.0.0.9 → 10.0.0.7, SCTP port 0: is dropped but must pass',
  ),
  maps(
    'a member is no member',
    entry('0200000002000000', '01000000'),
    entry('0200000002000000', '00000000'),
    'a member must be 1',
  ),
  maps(
    'an endpoint is open in one direction',
    entry('0a000008', '010000000100000002000000'),
    entry('0a000008', '010000000100000000000000'),
    `forward ingress: 0.0.0.0 → 10.0.0.8, ${other}: passes but must not`,
  ),
  maps(
    'an endpoint is another',
    entry('0a000008', '010000000100000002000000'),
    entry('0a000006', '010000000100000002000000'),
    `forward egress: 10.0.0.6 → 0.0.0.0, ${other}: is dropped but must pass`,
  ),
  maps(
    'an endpoint’s address is another endpoint',
    entry('0a000008', '010000000100000002000000'),
    entry('0a000008', '020000000100000002000000'),
    `forward egress: 10.0.0.7 → 10.0.0.8, ${other}: is dropped but must pass`,
  ),
  maps(
    'an endpoint’s profiles are swapped',
    entry('0a000008', '010000000100000002000000'),
    entry('0a000008', '010000000200000001000000'),
    'forward egress: 10.0.0.8 → 192.168.0.0',
  ),
  maps(
    'echo passes',
    '"value":["0x01","0x00","0x00","0x00","0x04"',
    '"value":["0x01","0x00","0x00","0x00","0x05"',
    'icmpEchoPasses: true, but must be: false',
  ),
  maps(
    'link-local may hide',
    '"value":["0x01","0x00","0x00","0x00","0x04"',
    '"value":["0x01","0x00","0x00","0x00","0x00"',
    'dropLinkLocal: false, but must be: true',
  ),
  maps(
    'the own node is exempt',
    '"value":["0x01","0x00","0x00","0x00","0x04"',
    '"value":["0x01","0x00","0x00","0x00","0x06"',
    'egressToOwnNodePasses: true, but must be: false',
  ),
  maps(
    'the layout is another',
    '"value":["0x01","0x00","0x00","0x00","0x04"',
    '"value":["0x02","0x00","0x00","0x00","0x04"',
    'layout or flags',
  ),
  maps('the digest is another', '"0x37","0x7a","0x65"', '"0x38","0x7a","0x65"', null),
  maps('a map has room for more', '"max_entries":9', '"max_entries":10', null),
  pins(
    'nothing is in force',
    /(active"\],"output":\[\{"key":\[[^\]]*\],"value":\[)[^\]]*/g,
    `$1${bytes('0000000000000000')}`,
    'is missing',
  ),
  pins(
    'an old generation is left',
    /(pinned\/sys\/fs\/bpf\/netpolc\/ports|netpolc\/ports)("\],"output":\[)/g,
    `$1$2${entry('0000000000000001', '01000000')},`,
    null,
  ),
  pins(
    'a map is missing',
    /netpolc\/members("\],"output":\[)[^\]]*\],[^\]]*\]\}/g,
    'netpolc/members$1',
    'members is missing',
  ),
  pins('two maps are swapped', /netpolc\/peers4/g, 'netpolc/peers5', 'peers4 is missing'),
  pins('a connection is remembered', /(netpolc\/connections"\],"output":\[)/g, `$1${entry('00', '00')}`, null),
]);
