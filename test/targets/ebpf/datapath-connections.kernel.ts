// The reference datapath's memory: replies, repeated first packets, ends and timeouts of connections.
import * as assert from 'uvu/assert';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { ack, finAck, frame, icmp, ip, protocol, rst, rstAck, sctp, syn, synAck, tcp, udp } from './datapath-frames.ts';
import { expect, inLab, type Lab } from './datapath-lab.ts';
import { admin, client, guarded, picky, quiet, server, stranger, world, worldWith } from './datapath-world.ts';
import { artifactOf } from './hand-written-maps.ts';

interface Pod {
  readonly v4: string;
  readonly v6: string;
}

const tcpFrame = (source: string, destination: string, ports: readonly [number, number], flags = syn): Uint8Array =>
  frame(ip(source, destination, protocol.tcp, tcp(...ports, flags)));

for (const family of ['v4', 'v6'] as const) {
  const make = (source: Pod, destination: Pod, number: number, payload: readonly number[]): Uint8Array =>
    frame(ip(source[family], destination[family], number, payload));
  const segment = (source: Pod, destination: Pod, ports: readonly [number, number], flags = syn): Uint8Array =>
    tcpFrame(source[family], destination[family], ports, flags);

  describe(`connections of the datapath, ${family}`, (test) => {
    test('a pod that may send nothing answers who may reach it, and nobody else', async () => {
      const echo = family === 'v4' ? ([protocol.icmp, 8, 0] as const) : ([protocol.icmp6, 128, 129] as const);
      await inLab(async (lab) => {
        await lab.load(worldWith());
        const answers = [
          [segment(server, client, [80, 4000], synAck), 'TCP'],
          [make(server, client, protocol.udp, udp(53, 4000)), 'UDP'],
          [make(server, client, protocol.sctp, sctp(90, 4000, 2)), 'SCTP'],
          [make(server, admin, echo[0], icmp(echo[2], 7)), 'echo'],
          [make(server, admin, protocol.gre, []), 'GRE'],
        ] as const;
        await expect(
          lab.from,
          answers.map(([bytes, what]) => [bytes, 'drop', `${what} unasked`]),
        );
        await expect(lab.to, [
          [segment(client, server, [4000, 80]), 'pass', 'TCP'],
          [make(client, server, protocol.udp, udp(4000, 53)), 'pass', 'UDP'],
          [make(client, server, protocol.sctp, sctp(4000, 90)), 'pass', 'SCTP'],
          [make(admin, server, echo[0], icmp(echo[1], 7)), 'pass', 'echo'],
          [make(admin, server, protocol.gre, []), 'pass', 'GRE'],
        ]);
        await expect(
          lab.from,
          answers.map(([bytes, what]) => [bytes, 'pass', `${what} asked`]),
        );
        await expect(lab.from, [
          [segment(server, client, [80, 4001], synAck), 'drop', 'another port of the client'],
          [segment(server, client, [81, 4000], synAck), 'drop', 'another port of the server'],
          [segment(server, admin, [80, 4000], synAck), 'drop', 'somebody else'],
          [make(server, client, protocol.udp, udp(80, 4000)), 'drop', 'another protocol'],
          [make(server, admin, echo[0], icmp(echo[2], 8)), 'drop', 'another identifier'],
          [make(server, admin, echo[0], icmp(echo[1], 7)), 'drop', 'a question, not an answer'],
          [make(server, admin, echo[0], icmp(family === 'v4' ? 14 : 140, 7)), 'drop', 'an answer to another question'],
        ]);
      });
    });
    test('an open direction is remembered for the sake of the restricted one', async () => {
      await inLab(async (lab) => {
        await lab.load(worldWith());
        await expect(lab.to, [[segment(stranger, quiet, [1, 2]), 'pass', 'to a pod that is open']]);
        await expect(lab.from, [
          [segment(quiet, stranger, [2, 1], synAck), 'pass', 'its answer'],
          [segment(quiet, stranger, [3, 1], synAck), 'drop', 'no answer'],
        ]);
        await expect(lab.from, [[segment(guarded, stranger, [1, 2]), 'pass', 'from a pod that may send']]);
        await expect(lab.to, [
          [segment(stranger, guarded, [2, 1], synAck), 'pass', 'the answer to it'],
          [segment(stranger, guarded, [3, 1], synAck), 'drop', 'no answer'],
        ]);
      });
    });
    test('what the node asks, its pod answers', async () => {
      await inLab(async (lab) => {
        await lab.load(worldWith());
        await expect(lab.toFromNode, [[segment(stranger, server, [1, 81]), 'pass', 'the node asks']]);
        await expect(lab.from, [[segment(server, stranger, [81, 1], synAck), 'pass', 'the pod answers']]);
        await expect(lab.to, [[segment(stranger, server, [1, 81], ack), 'pass', 'forwarded now, but known']]);
      });
    });
    test('between two local pods each side must have let the connection begin', async () => {
      await inLab(async (lab) => {
        await lab.load(worldWith());
        await expect(lab.from, [[segment(guarded, server, [1, 80]), 'pass', 'guarded may send']]);
        await expect(lab.to, [[segment(guarded, server, [1, 80]), 'drop', 'the server does not admit it']]);
        await expect(lab.from, [[segment(server, guarded, [80, 1], synAck), 'drop', 'the server may not answer']]);
        await expect(lab.to, [[segment(server, guarded, [80, 1], synAck), 'drop', 'nor would it be let in']]);
      });
    });
    test('a first packet is judged again until it is answered; then both directions pass under new rules too', async () => {
      const closed = artifactOf({ ...world, members: [] });
      await inLab(async (lab) => {
        await lab.load(worldWith());
        await expect(lab.to, [
          [segment(client, server, [1, 80]), 'pass', 'one'],
          [segment(client, server, [2, 80]), 'pass', 'two'],
        ]);
        await expect(lab.from, [[segment(server, client, [80, 1], synAck), 'pass', 'one is answered']]);
        await lab.load(closed);
        await expect(lab.to, [
          [segment(client, server, [1, 80], ack), 'pass', 'one goes on'],
          [segment(client, server, [2, 80]), 'drop', 'two asks again'],
          [segment(client, server, [3, 80]), 'drop', 'three is too late'],
        ]);
        await expect(lab.from, [
          [segment(server, client, [80, 1], ack), 'pass', 'one is answered still'],
          [segment(server, client, [80, 2], synAck), 'pass', 'two had passed once: it may be answered'],
        ]);
      });
    });
  });
}

/** What TCP packets do to a connection from the client to the server, whose memory begins empty. */
async function inTcpLab(use: (lab: Lab, to: Segment, from: Segment) => Promise<void>): Promise<void> {
  await inLab(async (lab) => {
    await lab.load(worldWith());
    await use(
      lab,
      (port, flags = syn) => tcpFrame(client.v4, server.v4, [port, 80], flags),
      (port, flags = synAck) => tcpFrame(server.v4, client.v4, [80, port], flags),
    );
  });
}

type Segment = (port: number, flags?: number) => Uint8Array;

describe('TCP in the datapath', (test) => {
  test('a lone RST, SYN/ACK, FIN or a packet without sense passes as the policy says and opens nothing', async () => {
    const flags = [rst, rstAck, synAck, finAck, 0x00, 0x29, 0x03, 0x06];
    await inTcpLab(async (lab, to, from) => {
      await expect(
        lab.to,
        flags.map((each, at) => [to(at, each), 'pass', `flags ${each}: the port is allowed`]),
      );
      await expect(
        lab.from,
        flags.map((each, at) => [from(at, ack), 'drop', `flags ${each}: an answer`]),
      );
      await expect(
        lab.to,
        flags.map((each) => [tcpFrame(client.v4, server.v4, [1, 81], each), 'drop', `flags ${each}: another port`]),
      );
    });
  });
  test('a lone ACK is judged like a SYN: an older connection goes on where it would be allowed to begin', async () => {
    await inTcpLab(async (lab, to, from) => {
      await expect(lab.to, [
        [to(1, ack), 'pass', 'where allowed'],
        [tcpFrame(client.v4, server.v4, [1, 81], ack), 'drop', 'where not'],
      ]);
      await expect(lab.from, [
        [from(1, ack), 'pass', 'its answer'],
        [tcpFrame(server.v4, client.v4, [81, 1], ack), 'drop', 'no answer'],
      ]);
    });
  });
  test('when the only answer is RST, there is no connection', async () => {
    await inTcpLab(async (lab, to, from) => {
      await expect(lab.to, [[to(1), 'pass', 'SYN']]);
      await expect(lab.from, [
        [from(1, rstAck), 'pass', 'refused'],
        [from(1, ack), 'drop', 'nothing more comes of it'],
      ]);
      await lab.load(artifactOf({ ...world, members: [] }));
      await expect(lab.to, [[to(1, ack), 'drop', 'the client cannot go on either']]);
    });
  });
  test('an answered connection lets nobody begin another one from the other side', async () => {
    await inTcpLab(async (lab, to, from) => {
      await expect(lab.to, [[to(1), 'pass', 'SYN']]);
      await expect(lab.from, [[from(1, synAck), 'pass', 'SYN/ACK']]);
      await expect(lab.to, [[to(1, ack), 'pass', 'ACK']]);
      await expect(lab.from, [
        [from(1, syn), 'drop', 'SYN of the server on the same ports'],
        [from(1, ack), 'pass', 'the connection goes on'],
      ]);
    });
  });
  test('both sides may open at once', async () => {
    await inTcpLab(async (lab, to, from) => {
      await expect(lab.to, [[to(1), 'pass', 'SYN']]);
      await expect(lab.from, [
        [from(1, syn), 'pass', 'SYN that crosses it'],
        [from(1, synAck), 'pass', 'SYN/ACK'],
      ]);
    });
  });
  for (const [name, end] of [
    ['FIN', finAck],
    ['RST', rst],
  ] as const) {
    test(`after ${name} a SYN with the same ports is a new connection, and judged`, async () => {
      await inTcpLab(async (lab, to, from) => {
        await expect(lab.to, [[to(1), 'pass', 'SYN']]);
        await expect(lab.from, [[from(1), 'pass', 'SYN/ACK']]);
        await lab.load(artifactOf({ ...world, members: [] }));
        await expect(lab.to, [
          [to(1, ack), 'pass', 'established'],
          [to(1, syn), 'pass', 'SYN: repeated, as the connection is open'],
          [to(1, end), 'pass', 'the end'],
          [to(1, ack), 'pass', 'what is still under way'],
          [to(1, syn), 'drop', 'SYN: a new connection'],
          [to(1, ack), 'drop', 'the old one is forgotten'],
        ]);
      });
    });
  }
});

/** When each connection ends, in nanoseconds of the monotonic clock, by the originator's port. */
async function endsOf(lab: Lab): Promise<ReadonlyMap<number, bigint>> {
  const entries = JSON.parse(await lab.sh('bpftool map dump pinned /sys/fs/bpf/netpolc/connections -j')) as readonly {
    readonly key: readonly string[];
    readonly value: readonly string[];
  }[];
  return new Map(
    entries.map(({ key, value }) => {
      const bytes = Uint8Array.from([...key, ...value], Number);
      const view = new DataView(bytes.buffer);
      return [view.getUint16(32), view.getBigUint64(40, true)];
    }),
  );
}

describe('timeouts of the datapath', (test) => {
  const from = (port: number, flags = ack): Uint8Array => tcpFrame(server.v4, client.v4, [80, port], flags);
  const to = (port: number, flags = syn): Uint8Array => tcpFrame(client.v4, server.v4, [port, 80], flags);
  const other = (number: number, payload: readonly number[]): Uint8Array =>
    frame(ip(admin.v4, server.v4, number, payload));

  test('connections live as long as those of nf_conntrack', async () => {
    await inLab(async (lab) => {
      await lab.load(worldWith());
      const before = process.hrtime.bigint();
      await lab.to(
        ...[to(1), to(2), to(3), to(4), to(5)],
        ...[other(protocol.udp, udp(6, 53)), other(protocol.udp, udp(7, 53)), other(protocol.sctp, sctp(8, 90))],
        ...[other(protocol.sctp, sctp(9, 90)), other(protocol.icmp, icmp(8, 10)), other(protocol.gre, [])],
      );
      await lab.from(
        ...[2, 3, 4, 5].map((port) => from(port, synAck)),
        frame(ip(server.v4, admin.v4, protocol.udp, udp(53, 7))),
        frame(ip(server.v4, admin.v4, protocol.sctp, sctp(90, 9, 2))),
      );
      await lab.to(to(3, ack), to(4, ack), to(4, finAck), to(5, ack), to(5, rst));
      const after = process.hrtime.bigint();
      const ends = await endsOf(lab);
      const expected: readonly (readonly [port: number, seconds: number, what: string])[] = [
        [1, 120, 'SYN'],
        [2, 60, 'SYN/ACK'],
        [3, 432_000, 'established'],
        [4, 120, 'FIN'],
        [5, 10, 'RST'],
        [6, 30, 'UDP'],
        [7, 120, 'UDP, answered'],
        [8, 30, 'SCTP'],
        [9, 210, 'SCTP, answered'],
        [10, 30, 'echo'],
        [0, 600, 'GRE'],
      ];
      for (const [port, seconds, what] of expected) {
        const lastPacket = must(ends.get(port), what) - BigInt(seconds) * 1_000_000_000n;
        assert.ok(lastPacket > before && lastPacket < after, `${what}: ${seconds} s`);
      }
    });
  });
  test('a connection past its time is none, even before its entry is gone', async () => {
    await inLab(async (lab) => {
      await lab.load(worldWith());
      await expect(lab.to, [
        [to(1), 'pass', 'TCP'],
        [frame(ip(client.v4, server.v4, protocol.udp, udp(2, 53))), 'pass', 'UDP'],
      ]);
      await expect(lab.from, [
        [from(1, synAck), 'drop', 'TCP, after 120 ns'],
        [frame(ip(server.v4, client.v4, protocol.udp, udp(53, 2))), 'drop', 'UDP, after 30 ns'],
      ]);
    }, '-DSECOND=1ull');
  });
});

describe('connections of pods that were free when they began', (test) => {
  test('they go on when a policy comes, as they do with netfilter', async () => {
    await inLab(async (lab) => {
      await lab.load(artifactOf({}));
      await expect(lab.from, [[tcpFrame(quiet.v4, picky.v4, [1, 2]), 'pass', 'nobody is restricted']]);
      await expect(lab.to, [[tcpFrame(picky.v4, quiet.v4, [2, 1], synAck), 'pass', 'the answer']]);
      await lab.load(worldWith());
      await expect(lab.from, [
        [tcpFrame(quiet.v4, picky.v4, [1, 2], ack), 'pass', 'it goes on'],
        [tcpFrame(quiet.v4, picky.v4, [3, 2], ack), 'drop', 'another would be new'],
      ]);
    });
  });
});
