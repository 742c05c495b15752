// The reference datapath's verdicts about first packets: the kernel runs the programs on frames made here.
import { describe } from '../../kit/suite.ts';
import { foreignFrame, frame, icmp, ip, protocol, sctp, tcp, udp } from './datapath-frames.ts';
import { expect, inLab, verdicts } from './datapath-lab.ts';
import { admin, block, client, guarded, picky, quiet, server, stranger, worldWith } from './datapath-world.ts';

const transports = [
  [protocol.tcp, tcp, 80],
  [protocol.udp, udp, 53],
  [protocol.sctp, sctp, 90],
] as const;

for (const family of ['v4', 'v6'] as const) {
  const packet = (
    source: { v4: string; v6: string },
    destination: { v4: string; v6: string },
    number: number,
    payload: readonly number[],
  ): Uint8Array => frame(ip(source[family], destination[family], number, payload));

  describe(`verdicts of the datapath, ${family}`, (test) => {
    test('ingress goes by peer, protocol and port', async () => {
      const except = { v4: block.except4, v6: block.except6 };
      const ordinary = transports.flatMap(
        ([number, make, port]) =>
          [
            [packet(client, server, number, make(4000, port)), 'pass', `client, ${number}`],
            [packet(client, server, number, make(4001, port + 1)), 'drop', `client, ${number}, next port`],
            [packet(block, server, number, make(4002, port)), 'pass', `block, ${number}`],
            [packet(stranger, server, number, make(4003, port)), 'drop', `stranger, ${number}`],
            [packet(admin, server, number, make(4004, port + 1)), 'pass', `admin, ${number}`],
          ] as const,
      );
      await verdicts('to', [
        ...ordinary,
        [packet(client, server, protocol.tcp, tcp(4005, 53)), 'drop', 'a port of another protocol'],
        [packet(client, server, protocol.tcp, tcp(80, 4006)), 'drop', 'a source port'],
        [packet(client, server, protocol.tcp, tcp(4007, 999)), 'drop', 'before a range'],
        [packet(client, server, protocol.tcp, tcp(4007, 1000)), 'pass', 'first of a range'],
        [packet(client, server, protocol.tcp, tcp(4007, 1007)), 'pass', 'last of a range'],
        [packet(client, server, protocol.tcp, tcp(4007, 1008)), 'drop', 'behind a range'],
        [packet(client, server, protocol.gre, [0, 0, 0, 0]), 'drop', 'a protocol without ports'],
        [packet(admin, server, protocol.gre, [0, 0, 0, 0]), 'pass', 'a protocol without ports, for the admin'],
        [packet(except, server, protocol.tcp, tcp(4008, 80)), 'drop', 'cut out of a block'],
      ]);
    });
    test('a restriction holds in its direction and for its endpoint only', async () => {
      const open = { v4: '10.0.0.200', v6: 'fd00::200' };
      await inLab(async (lab) => {
        await lab.load(worldWith());
        await expect(lab.to, [
          [packet(stranger, quiet, protocol.tcp, tcp(5000, 1)), 'pass', 'to the quiet pod'],
          [packet(stranger, guarded, protocol.tcp, tcp(5000, 1)), 'drop', 'to the guarded pod'],
          [packet(stranger, open, protocol.tcp, tcp(5000, 1)), 'pass', 'to a pod without restrictions'],
          [packet(quiet, open, protocol.tcp, tcp(5001, 1)), 'pass', 'egress is not judged here'],
        ]);
        await expect(lab.from, [
          [packet(quiet, stranger, protocol.tcp, tcp(5002, 1)), 'drop', 'from the quiet pod'],
          [packet(guarded, stranger, protocol.tcp, tcp(5002, 1)), 'pass', 'from the guarded pod'],
          [packet(open, stranger, protocol.tcp, tcp(5002, 1)), 'pass', 'from a pod without restrictions'],
          [packet(picky, client, protocol.tcp, tcp(5002, 80)), 'pass', 'from the picky pod to its peer'],
          [packet(picky, client, protocol.tcp, tcp(5002, 81)), 'drop', 'on another port'],
          [packet(picky, stranger, protocol.tcp, tcp(5002, 80)), 'drop', 'to another peer'],
          [packet(open, guarded, protocol.tcp, tcp(5003, 1)), 'pass', 'ingress is not judged here'],
        ]);
      });
    });
    test('a row of a whole protocol covers all of its ports and nothing else', async () => {
      const anyUdp = worldWith({ ports: [[2, 17, 0, 0, 1]] });
      await verdicts(
        'to',
        [
          [packet(client, server, protocol.udp, udp(1, 0)), 'pass', 'port 0'],
          [packet(client, server, protocol.udp, udp(1, 65535)), 'pass', 'port 65535'],
          [packet(client, server, protocol.tcp, tcp(1, 80)), 'drop', 'TCP'],
          [packet(client, server, protocol.gre, []), 'drop', 'GRE'],
        ],
        anyUdp,
      );
    });
    test('a row of other protocols covers everything that is not TCP, UDP or SCTP', async () => {
      const others = worldWith({ ports: [[2, 0, 0, 0, 1]] });
      const echo = family === 'v4' ? protocol.icmp : protocol.icmp6;
      await verdicts(
        'to',
        [
          [packet(client, server, protocol.gre, []), 'pass', 'GRE'],
          [packet(client, server, protocol.esp, []), 'pass', 'ESP'],
          [packet(client, server, 136, udp(1, 1)), 'pass', 'UDP-Lite'],
          [packet(client, server, echo, icmp(family === 'v4' ? 8 : 128)), 'pass', 'echo'],
          [packet(client, server, family === 'v4' ? 58 : 1, icmp(8)), 'pass', "the other family's ICMP"],
          [packet(client, server, protocol.tcp, tcp(1, 80)), 'drop', 'TCP'],
          [packet(client, server, protocol.udp, udp(1, 53)), 'drop', 'UDP'],
          [packet(client, server, protocol.sctp, sctp(1, 90)), 'drop', 'SCTP'],
        ],
        others,
      );
    });
    test('a pod reaches itself at any of its addresses of the family', async () => {
      const other = { v4: server.other4, v6: server.other6 };
      await inLab(async (lab) => {
        await lab.load(worldWith());
        for (const send of [lab.from, lab.to]) {
          await expect(send, [
            [packet(server, server, protocol.tcp, tcp(1, 1)), 'pass', 'the same address'],
            [packet(server, other, protocol.tcp, tcp(1, 1)), 'pass', 'its other address'],
            [packet(server, guarded, protocol.tcp, tcp(1, 1)), 'drop', 'another pod'],
          ]);
        }
      });
    });
    test('what the node sends passes, whatever its address', async () => {
      await inLab(async (lab) => {
        await lab.load(worldWith());
        await expect(lab.toFromNode, [[packet(stranger, server, protocol.tcp, tcp(1, 1)), 'pass', 'from the node']]);
        await expect(lab.to, [[packet(stranger, server, protocol.tcp, tcp(2, 1)), 'drop', 'the same, forwarded']]);
      });
    });
    test('with no generation in force nothing passes but ARP, discovery and what the node sends', async () => {
      const solicit = frame(ip('fe80::1', 'ff02::1:ff00:2', protocol.icmp6, icmp(135)));
      const plain = packet(stranger, client, protocol.tcp, tcp(1, 1));
      const cases = [
        [plain, 'drop', 'TCP'],
        [foreignFrame(0x0806), 'pass', 'ARP'],
        [solicit, 'pass', 'neighbour solicitation'],
      ] as const;
      await inLab(async (lab) => {
        await expect(lab.from, cases);
        await expect(lab.to, cases);
        await expect(lab.toFromNode, [[plain, 'pass', 'from the node']]);
      });
    });
  });
}

describe('verdicts of the datapath about frames', (test) => {
  test('IPv6 addresses that spell IPv4 ones are not those', async () => {
    const mapped = frame(ip('fd00::1', 'fd00::2', protocol.tcp, tcp(1, 80)));
    mapped.set([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, 1], 14 + 8);
    await verdicts('to', [[mapped, 'drop', '::ffff:10.0.0.1, which is the client in IPv4']]);
  });
  test('frames that are neither IP nor ARP are dropped, unless the node sends them', async () => {
    const kinds = [0x8847, 0x8864, 0x888e, 0x88cc, 0x0026, 0x8035];
    const frames = kinds.map((kind) => foreignFrame(kind));
    await inLab(async (lab) => {
      await lab.load(worldWith());
      for (const send of [lab.from, lab.to]) {
        await expect(
          send,
          frames.map((bytes, at) => [bytes, 'drop', `EtherType ${kinds[at]}`]),
        );
      }
      await expect(lab.toFromNode, [[foreignFrame(0x0026), 'pass', 'a bridge talks to bridges']]);
    });
  });
  test('one VLAN tag hides nothing, two are dropped', async () => {
    const at = (port: number, tags: readonly number[]): Uint8Array =>
      frame(ip(client.v4, server.v4, protocol.tcp, tcp(6000, port)), tags);
    await verdicts('to', [
      [at(80, [0x8100]), 'pass', '802.1Q, port 80'],
      [at(81, [0x8100]), 'drop', '802.1Q, port 81'],
      [at(80, [0x88a8]), 'pass', '802.1ad, port 80'],
      [at(81, [0x88a8]), 'drop', '802.1ad, port 81'],
      [at(80, [0x88a8, 0x8100]), 'drop', 'two tags'],
      [at(80, [0x8100, 0x8100]), 'drop', 'two equal tags'],
    ]);
  });
});
