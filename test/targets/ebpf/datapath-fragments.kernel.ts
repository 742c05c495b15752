// Fragments, extension headers and packets that end too soon, in the reference datapath.
import * as assert from 'uvu/assert';
import { describe } from '../../kit/suite.ts';
import { frame, fragmentsOf, icmp, ip, protocol, sctp, tcp, udp, type Extension } from './datapath-frames.ts';
import { expect, inLab, verdicts, type Lab } from './datapath-lab.ts';
import { admin, client, guarded, quiet, server, stranger, worldWith } from './datapath-world.ts';

interface Pod {
  readonly v4: string;
  readonly v6: string;
}

for (const family of ['v4', 'v6'] as const) {
  const cut = (
    source: Pod,
    destination: Pod,
    id: number,
    [sourcePort, destinationPort]: readonly [number, number],
  ): readonly [Uint8Array, Uint8Array] =>
    fragmentsOf(source[family], destination[family], protocol.udp, udp(sourcePort, destinationPort, 40), id, 24);
  const piece = (
    source: Pod,
    destination: Pod,
    payload: readonly number[],
    options: { id: number; offset: number; moreFragments?: boolean },
    number: number = protocol.udp,
  ): Uint8Array => frame(ip(source[family], destination[family], number, payload, options));
  const inWorld = (use: (lab: Lab) => Promise<void>): Promise<void> =>
    inLab(async (lab) => {
      await lab.load(worldWith());
      await use(lab);
    });

  describe(`fragments in the datapath, ${family}`, (test) => {
    test('later fragments go the way of their first one', async () => {
      const [allowed, allowedRest] = cut(client, server, 1, [1, 53]);
      const [denied, deniedRest] = cut(client, server, 2, [1, 54]);
      const [, orphan] = cut(client, server, 3, [1, 53]);
      const [, elsewhere] = cut(admin, server, 1, [1, 53]);
      await inWorld(async (lab) => {
        await expect(lab.to, [
          [allowedRest, 'drop', 'before its first one'],
          [allowed, 'pass', 'first, allowed'],
          [allowedRest, 'pass', 'behind it'],
          [allowedRest, 'pass', 'and once more'],
          [denied, 'drop', 'first, denied'],
          [deniedRest, 'drop', 'behind it'],
          [orphan, 'drop', 'of another packet'],
          [elsewhere, 'drop', 'of another sender'],
          [piece(client, server, udp(1, 53, 40).slice(24), { id: 1, offset: 24 }, protocol.tcp), 'drop', 'as TCP'],
        ]);
      });
    });
    test('a denied first fragment takes back what an allowed one with the same number was given', async () => {
      const [allowed, rest] = cut(client, server, 1, [1, 53]);
      const [denied] = cut(client, server, 1, [1, 54]);
      await inWorld(async (lab) => {
        await expect(lab.to, [
          [allowed, 'pass', 'first, allowed'],
          [denied, 'drop', 'first, denied'],
          [rest, 'drop', 'behind it'],
        ]);
      });
    });
    test('no later fragment may overlap the first one', async () => {
      const [first, later] = cut(client, server, 1, [1, 53]);
      await inWorld(async (lab) => {
        await expect(lab.to, [
          [first, 'pass', 'first: bytes 0 to 23'],
          [piece(client, server, [0, 22, 0, 22], { id: 1, offset: 8, moreFragments: true }), 'drop', 'from byte 8'],
          [piece(client, server, [0, 22, 0, 22], { id: 1, offset: 16 }), 'drop', 'from byte 16'],
          [later, 'pass', 'from byte 24'],
        ]);
      });
    });
    test('a first fragment without all of its transport header is dropped', async () => {
      const tiny = (payload: readonly number[], size: number, number: number): Uint8Array =>
        piece(client, server, payload.slice(0, size), { id: 9, offset: 0, moreFragments: true }, number);
      await inWorld(async (lab) => {
        await expect(lab.to, [
          [tiny(tcp(1, 80), 8, protocol.tcp), 'drop', 'TCP, 8 bytes'],
          [tiny(tcp(1, 80), 16, protocol.tcp), 'drop', 'TCP, 16 bytes'],
          [tiny(sctp(1, 90), 8, protocol.sctp), 'drop', 'SCTP, 8 bytes'],
          [tiny([], 0, protocol.udp), 'drop', 'UDP, nothing'],
          [piece(client, server, tcp(1, 80).slice(8), { id: 9, offset: 8 }, protocol.tcp), 'drop', 'the rest'],
        ]);
      });
    });
    test('each side judges for itself', async () => {
      const [first, later] = cut(guarded, server, 1, [1, 53]);
      await inWorld(async (lab) => {
        await expect(lab.from, [
          [first, 'pass', 'guarded may send'],
          [later, 'pass', 'all of it'],
        ]);
        await expect(lab.to, [
          [later, 'drop', 'what its own side let pass is nothing here'],
          [first, 'drop', 'the server does not take it'],
          [later, 'drop', 'nor the rest'],
        ]);
      });
    });
    test('fragments that come too late are dropped', async () => {
      const [first, later] = cut(client, server, 1, [1, 53]);
      await inLab(async (lab) => {
        await lab.load(worldWith());
        await expect(lab.to, [
          [first, 'pass', 'first'],
          [later, 'drop', 'after 30 ns, which stand for 30 s'],
        ]);
      }, '-DSECOND=1ull');
    });
    test('where nothing is restricted fragments pass in any order', async () => {
      const [first, later] = cut(stranger, quiet, 1, [1, 53]);
      await inWorld(async (lab) => {
        await expect(lab.to, [
          [later, 'pass', 'later'],
          [first, 'pass', 'first'],
        ]);
      });
    });
    test('an answer in fragments is an answer', async () => {
      const [first, later] = cut(server, client, 1, [53, 5000]);
      await inWorld(async (lab) => {
        await expect(lab.from, [[first, 'drop', 'unasked']]);
        await expect(lab.to, [[piece(client, server, udp(5000, 53), { id: 0, offset: 0 }), 'pass', 'the question']]);
        await expect(lab.from, [
          [first, 'pass', 'the answer'],
          [later, 'pass', 'its rest'],
        ]);
      });
    });
    test('a packet that ends too soon passes no restriction, wherever it ends', async () => {
      const whole = [
        frame(ip(client[family], server[family], protocol.tcp, tcp(1, 80))),
        frame(ip(client[family], server[family], protocol.udp, udp(1, 53))),
        frame(ip(client[family], server[family], protocol.sctp, sctp(1, 90))),
        frame(ip(admin[family], server[family], family === 'v4' ? protocol.icmp : protocol.icmp6, icmp(8, 1))),
      ];
      const ends = whole.flatMap((bytes) =>
        [...new Array<undefined>(bytes.length).keys()].map((at) => [bytes, at] as const),
      );
      await inWorld(async (lab) => {
        await expect(
          lab.to,
          whole.map((bytes, at) => [bytes, 'pass', `packet ${at}, whole`]),
        );
        await expect(
          lab.to,
          ends.map(([bytes, at]) => [bytes.slice(0, at), 'drop', `packet of ${bytes.length} bytes, ${at} of them`]),
        );
        await expect(
          lab.from,
          ends.map(([bytes, at]) => [bytes.slice(0, at), 'drop', `the same out of a pod`]),
        );
      });
    });
    test('a packet whose IP header says that it ends too soon passes no restriction', async () => {
      const payloads = [
        [protocol.tcp, tcp(1, 80)],
        [protocol.udp, udp(1, 53)],
        [protocol.sctp, sctp(1, 90).slice(0, 13)],
      ] as const;
      const short = payloads.flatMap(([number, payload]) =>
        [...new Array<undefined>(number === protocol.udp ? 8 : payload.length).keys()].map((size) =>
          frame(ip(client[family], server[family], number, payload.slice(0, size))),
        ),
      );
      const padded = short.map((bytes) => Uint8Array.of(...bytes, ...new Array<number>(46).fill(0)));
      await inWorld(async (lab) => {
        for (const frames of [short, padded]) {
          await expect(
            lab.to,
            frames.map((bytes, at) => [bytes, 'drop', `number ${at}`]),
          );
        }
      });
    });
  });
}

describe('headers in front of the transport header', (test) => {
  test('options of IPv4 hide nothing', async () => {
    const at = (port: number, options: number): Uint8Array =>
      frame(ip(client.v4, server.v4, protocol.tcp, tcp(1, port), { options }));
    await verdicts(
      'to',
      [1, 5, 10].flatMap((options) => [
        [at(80, options), 'pass', `${options} words, port 80`] as const,
        [at(81, options), 'drop', `${options} words, port 81`] as const,
      ]),
    );
  });
  test('extension headers of IPv6 hide nothing', async () => {
    const chains: readonly (readonly Extension[])[] = [
      ...(['hop-by-hop', 'routing', 'destination', 'authentication'] as const).map((each) => [each]),
      ['hop-by-hop', 'destination', 'routing', 'authentication', 'destination'],
      new Array<Extension>(8).fill('destination'),
    ];
    const at = (port: number, extensions: readonly Extension[], offset?: number): Uint8Array =>
      frame(ip(client.v6, server.v6, protocol.tcp, tcp(1, port), { extensions, ...(offset === 0 ? { offset } : {}) }));
    await verdicts(
      'to',
      chains.flatMap((chain) => [
        [at(80, chain), 'pass', `${chain.join(', ')}, port 80`] as const,
        [at(81, chain), 'drop', `${chain.join(', ')}, port 81`] as const,
        [at(81, chain, 0), 'drop', `${chain.join(', ')}, fragment of one piece, port 81`] as const,
      ]),
    );
  });
  test('a chain too long to read passes no restriction', async () => {
    const long = (source: string, destination: string): Uint8Array =>
      frame(
        ip(source, destination, protocol.tcp, tcp(1, 80), { extensions: new Array<Extension>(9).fill('destination') }),
      );
    await verdicts('to', [
      [long(client.v6, server.v6), 'drop', 'to the server'],
      [long(admin.v6, server.v6), 'drop', 'not even from the admin, who may do everything'],
      [long(client.v6, quiet.v6), 'pass', 'to a pod that is open'],
    ]);
  });
  test('nothing behind the headers is judged as a protocol without ports', async () => {
    await verdicts('to', [
      [frame(ip(client.v6, server.v6, 59, [])), 'drop', 'from the client'],
      [frame(ip(admin.v6, server.v6, 59, [])), 'pass', 'from the admin'],
    ]);
  });
  test('two fragment headers are more than anybody needs', async () => {
    const inner = [6, 0, 0, 0, 0, 0, 0, 1, ...tcp(1, 80)];
    await verdicts('to', [[frame(ip(client.v6, server.v6, 44, inner, { offset: 0 })), 'drop', 'two of them']]);
  });
  test('a version that does not fit the EtherType is no packet', async () => {
    const four = frame(ip(client.v4, quiet.v4, protocol.tcp, tcp(1, 80)));
    const six = frame(ip(client.v6, quiet.v6, protocol.tcp, tcp(1, 80)));
    const swapped = [Uint8Array.from(four), Uint8Array.from(six)] as const;
    swapped[0].set([0x86, 0xdd], 12);
    swapped[1].set([0x08, 0x00], 12);
    assert.not.equal(swapped[0], four);
    await verdicts('to', [
      [four, 'pass', 'IPv4'],
      [six, 'pass', 'IPv6'],
      [swapped[0], 'drop', 'IPv4 that claims to be IPv6'],
      [swapped[1], 'drop', 'IPv6 that claims to be IPv4'],
    ]);
  });
});
