// Control messages in the reference datapath: what passes beside the policy, and what never does.
import { describe } from '../../kit/suite.ts';
import { frame, icmp, ip, protocol, synAck, tcp, udp, type IpOptions } from './datapath-frames.ts';
import { expect, inLab, verdicts, type Lab } from './datapath-lab.ts';
import { admin, client, guarded, picky, server, stranger, worldWith } from './datapath-world.ts';

interface Pod {
  readonly v4: string;
  readonly v6: string;
}

const types = {
  v4: { number: protocol.icmp, errors: [3, 11, 12], echo: [8, 0], router: [5], ordinary: [4, 9, 10, 13, 40] },
  v6: {
    number: protocol.icmp6,
    errors: [1, 2, 3, 4],
    echo: [128, 129],
    router: [134, 137],
    ordinary: [100, 138, 139, 200],
  },
} as const;

for (const family of ['v4', 'v6'] as const) {
  const { number, errors, echo, router, ordinary } = types[family];
  const router4or6 = { v4: '203.0.113.1', v6: '2001:db8::1' };
  const message = (source: Pod, destination: Pod, bytes: readonly number[]): Uint8Array =>
    frame(ip(source[family], destination[family], number, bytes));
  const plain = (
    source: Pod,
    destination: Pod,
    ports: readonly [number, number],
    options?: IpOptions,
  ): readonly number[] => ip(source[family], destination[family], protocol.tcp, tcp(...ports), options);
  const error = (source: Pod, destination: Pod, quoted: readonly number[], type: number = errors[0]): Uint8Array =>
    message(source, destination, icmp(type, 0, quoted));
  const inWorld = (use: (lab: Lab) => Promise<void>): Promise<void> =>
    inLab(async (lab) => {
      await lab.load(worldWith());
      await use(lab);
    });

  describe(`control messages in the datapath, ${family}`, (test) => {
    test('an error of a pod passes when it is about a connection to that pod', async () => {
      await inWorld(async (lab) => {
        const asked = plain(client, server, [1, 80]);
        await expect(lab.from, [[error(server, client, asked), 'drop', 'no connection yet']]);
        await expect(lab.to, [
          [frame(asked), 'pass', 'a connection'],
          [frame(plain(client, guarded, [1, 80])), 'pass', 'and one to another pod'],
        ]);
        await expect(lab.from, [
          ...errors.map((type) => [error(server, client, asked, type), 'pass', `type ${type}`] as const),
          [error(server, client, asked.slice(0, (family === 'v4' ? 20 : 40) + 8)), 'pass', 'eight bytes are quoted'],
          [error(server, client, asked.slice(0, (family === 'v4' ? 20 : 40) + 3)), 'drop', 'three bytes are quoted'],
          [error(server, client, []), 'drop', 'nothing is quoted'],
          [error(server, client, plain(client, server, [2, 80])), 'drop', 'another source port'],
          [error(server, client, plain(client, server, [1, 81])), 'drop', 'another destination port'],
          [error(server, client, plain(server, client, [80, 1])), 'drop', 'about what the server itself sent'],
          [error(server, admin, asked), 'drop', 'to somebody else'],
          [error(server, client, plain(client, guarded, [1, 80])), 'drop', 'about a connection to another pod'],
          [error(guarded, client, asked), 'pass', 'guarded may send anything'],
          [message(server, client, icmp(ordinary[0], 0, asked)), 'drop', 'no error'],
        ]);
      });
    });
    test('an error to a pod passes when it is about what that pod sent, whoever complains', async () => {
      await inWorld(async (lab) => {
        const sent = plain(guarded, stranger, [1, 80]);
        await expect(lab.to, [[error(router4or6, guarded, sent), 'drop', 'no connection yet']]);
        await expect(lab.from, [[frame(sent), 'pass', 'a connection']]);
        await expect(lab.to, [
          ...errors.map((type) => [error(router4or6, guarded, sent, type), 'pass', `type ${type}`] as const),
          [error(stranger, guarded, sent), 'pass', 'the receiver complains'],
          [error(router4or6, guarded, plain(guarded, stranger, [1, 81])), 'drop', 'another port'],
          [error(router4or6, guarded, plain(guarded, client, [1, 80])), 'drop', 'another receiver'],
          [error(router4or6, server, sent), 'drop', 'to a pod that did not send it'],
        ]);
      });
    });
    test('an error about an answer passes too', async () => {
      await inWorld(async (lab) => {
        const answer = ip(server[family], client[family], protocol.tcp, tcp(80, 1, synAck));
        await lab.to(frame(plain(client, server, [1, 80])));
        await lab.from(frame(answer));
        await expect(lab.to, [[error(router4or6, server, answer), 'pass', 'about what the server answered']]);
        const request = plain(picky, client, [2, 80]);
        await lab.from(frame(request));
        const reply = ip(client[family], picky[family], protocol.tcp, tcp(80, 2, synAck));
        await expect(lab.from, [
          [error(picky, client, reply), 'pass', 'picky complains of the answer'],
          [error(picky, client, ip(client[family], picky[family], protocol.tcp, tcp(81, 2))), 'drop', 'of another one'],
        ]);
      });
    });
    test('errors may quote fragments, options and extension headers, UDP, echo and protocols without ports', async () => {
      await inWorld(async (lab) => {
        const datagram = udp(1, 53, 40);
        const first = ip(client[family], server[family], protocol.udp, datagram, {
          id: 1,
          offset: 0,
          moreFragments: true,
        });
        const later = ip(client[family], server[family], protocol.udp, datagram.slice(24), { id: 1, offset: 24 });
        const ping = ip(admin[family], server[family], number, icmp(echo[0], 7));
        const tunnel = ip(admin[family], server[family], protocol.gre, [0, 0, 0, 0, 0, 0, 0, 0]);
        const wordy = plain(client, server, [1, 80], { options: 2, extensions: ['destination'] });
        const sent = [first, ping, tunnel, wordy];
        await expect(
          lab.to,
          sent.map((packet) => [frame(packet), 'pass', 'a connection']),
        );
        await expect(lab.from, [
          [error(server, client, first), 'pass', 'a first fragment'],
          [error(server, client, later), 'drop', 'a later fragment: it has no ports'],
          [error(server, admin, ping), 'pass', 'echo'],
          [error(server, admin, ip(admin[family], server[family], number, icmp(echo[0], 8))), 'drop', 'another echo'],
          [error(server, admin, ip(admin[family], server[family], number, icmp(echo[1], 7))), 'drop', 'an echo reply'],
          [error(server, admin, tunnel), 'pass', 'GRE'],
          [error(server, client, wordy), 'pass', 'more headers'],
        ]);
      });
    });
    test('redirects and router advertisements are never forwarded, not even to pods that are open', async () => {
      const frames = router.map((type) => message(stranger, client, icmp(type, 0, plain(client, stranger, [1, 80]))));
      await inWorld(async (lab) => {
        for (const send of [lab.from, lab.to]) {
          await expect(
            send,
            frames.map((bytes, at) => [bytes, 'drop', `type ${router[at]}`]),
          );
        }
        await expect(
          lab.toFromNode,
          frames.map((bytes, at) => [bytes, 'pass', `type ${router[at]}, of the node: it is the router`]),
        );
      });
    });
    test('echo is judged like every protocol without ports, or passes always', async () => {
      const cases = (expected: 'pass' | 'drop') =>
        echo.flatMap((type) => [
          [message(stranger, server, icmp(type, 1)), expected, `type ${type}, from a stranger`] as const,
          [message(admin, server, icmp(type, 2)), 'pass', `type ${type}, from the admin`] as const,
        ]);
      await verdicts('to', cases('drop'));
      await verdicts('to', cases('pass'), worldWith({ flags: 1 }));
      await verdicts(
        'to',
        ordinary.map((type) => [message(stranger, server, icmp(type, 1)), 'drop', `type ${type}`]),
        worldWith({ flags: 1 }),
      );
    });
  });
}

describe('discovery and link-local addresses in the datapath', (test) => {
  const six = (source: string, destination: string, payload: readonly number[], number: number = protocol.icmp6) =>
    frame(ip(source, destination, number, payload));

  test('neighbour discovery and listener messages pass whatever the policy says', async () => {
    const pass = [130, 131, 132, 143, 133, 135, 136];
    const cases = [
      ...pass.map((type) => [six(server.v6, 'ff02::1', icmp(type)), 'pass', `type ${type}`] as const),
      ...pass.map((type) => [six('fe80::1', server.v6, icmp(type)), 'pass', `type ${type}, link-local`] as const),
      [six('fe80::1', 'ff02::1', icmp(134)), 'drop', 'router advertisement'] as const,
      [frame(ip(stranger.v4, server.v4, protocol.icmp6, icmp(135))), 'drop', 'its number in IPv4'] as const,
    ];
    await inLab(async (lab) => {
      await lab.load(worldWith({ flags: 4 }));
      await expect(lab.to, cases);
      await expect(lab.from, cases.slice(0, -1));
    });
  });
  test('link-local packets are not forwarded when somebody is restricted', async () => {
    const cases = (expected: 'pass' | 'drop') =>
      [
        [six('fe80::1', client.v6, tcp(1, 80), protocol.tcp), expected, 'from a link-local address'],
        [six(client.v6, 'fe80::1', tcp(2, 80), protocol.tcp), expected, 'to one'],
        [six('febf::1', client.v6, udp(3, 80), protocol.udp), expected, 'from the last one'],
        [six('fec0::1', client.v6, udp(4, 80), protocol.udp), 'pass', 'from the next address'],
      ] as const;
    await verdicts('to', cases('pass'));
    await verdicts('to', cases('drop'), worldWith({ flags: 4 }));
  });
  test('nor are later fragments of such packets', async () => {
    const later = frame(ip('fe80::1', client.v6, protocol.udp, [1, 2, 3, 4], { id: 1, offset: 8 }));
    await verdicts('to', [[later, 'drop', 'a later fragment']], worldWith({ flags: 4 }));
  });
});
