// The reference datapath on real links: pods in namespaces, with sockets of the kernel.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { pcapFile } from '../../../src/replay/pcap.ts';
import { describe } from '../../kit/suite.ts';
import { frame, icmp, ip, protocol, sctp, tcp, udp } from './datapath-frames.ts';
import type { Lab } from './datapath-lab.ts';
import { linesBefore, listen, macOf, node, nodeMac, onNode, podLinks, pods, sendUdp } from './datapath-node.ts';
import { client, server, worldWith } from './datapath-world.ts';

/** Longer than a link takes in one piece. */
const long = 'x'.repeat(4000);

const tcpScript = `
  serve() { ip netns exec server socat TCP6-LISTEN:$1,fork,reuseaddr,ipv6only=0 SYSTEM:'wc -c' > /dev/null 2>&1 & }
  serve 80; serve 81
  until ip netns exec server ss -lnt | grep -q ':81 '; do sleep 0.02; done
  ask() { $1 socat -t 30 - "TCP:$2:$3,connect-timeout=1" 2> /dev/null || echo refused; }
  inside='ip netns exec client'
`;

for (const topology of ['routed', 'bridged'] as const) {
  describe(`the datapath on links, ${topology}`, (test) => {
    test('TCP connections carry data where they are allowed, also in packets larger than a link takes', async () => {
      await onNode(topology, async (lab) => {
        await lab.load(worldWith());
        const out = await lab.sh(`${tcpScript}
          for to in ${server.v4} '[${server.v6}]'; do
            head -c 5000000 /dev/zero | ask "$inside" $to 80
            echo | ask "$inside" $to 81
            echo | ask '' $to 81
          done`);
        const once = ['5000000', 'refused', '1'];
        assert.equal(out.trim().split('\n'), [...once, ...once], 'client on 80, client on 81, the node on 81');
      });
    });
    test('fragments: of the node always, of pods as their first one', async () => {
      await onNode(topology, async (lab) => {
        await lab.load(worldWith());
        await listen(lab, 'server', 53);
        await listen(lab, 'server', 54);
        for (const to of [server.v4, server.v6]) {
          await sendUdp(lab, 'client', to, 53, long);
          await sendUdp(lab, 'client', to, 54, long);
          await sendUdp(lab, 'stranger', to, 53, long);
          await sendUdp(lab, 'node', to, 54, long);
        }
        await sendUdp(lab, 'node', server.v4, 53, 'end');
        await sendUdp(lab, 'node', server.v4, 54, 'end');
        assert.equal(await linesBefore(lab, 'server', 53, 'end'), [long, long], 'of the client');
        assert.equal(await linesBefore(lab, 'server', 54, 'end'), [long, long], 'of the node');
      });
    });
    test('what pods send to their node is judged, unless it is exempt', async () => {
      await onNode(topology, async (lab) => {
        await listen(lab, 'node', 9000);
        for (const [flags, expected] of [
          [0, []],
          [2, ['v4-2', 'v6-2']],
        ] as const) {
          await lab.load(worldWith({ flags }));
          await sendUdp(lab, 'server', node.v4, 9000, `v4-${flags}`);
          await sendUdp(lab, 'server', node.v6, 9000, `v6-${flags}`);
          await sendUdp(lab, 'client', node.v4, 9000, `end-${flags}`);
          const before = await linesBefore(lab, 'node', 9000, `end-${flags}`);
          assert.equal(
            before.filter((line) => line.endsWith(`-${flags}`)),
            expected,
          );
        }
      });
    });
    test('the exemption of the node does not reach other pods', async () => {
      await onNode(topology, async (lab) => {
        await lab.load(worldWith({ flags: 2 }));
        const sent = [
          ['to the client', macOf('client'), client.v4, {}, 'drop'],
          ['to the client by way of the node', nodeMac, client.v4, {}, 'drop'],
          ["to the node's address, in a frame for the client", macOf('client'), node.v4, {}, 'drop'],
          ['to the node', nodeMac, node.v4, {}, 'pass'],
          ['to the node, which may be a stop only', nodeMac, node.v4, { options: 2 }, 'drop'],
          ['to the node, IPv6', nodeMac, node.v6, {}, 'pass'],
          ['to the node, which may be a stop only, IPv6', nodeMac, node.v6, { extensions: ['routing'] }, 'drop'],
          ['to the node behind other headers', nodeMac, node.v6, { extensions: ['destination'] }, 'pass'],
          ['to all nodes', '33:33:00:00:00:01', 'ff02::1', {}, 'drop'],
        ] as const;
        await replay(
          lab,
          'server',
          sent.map(([, mac, to, options], port) => {
            const source = to.includes(':') ? server.v6 : server.v4;
            return frameTo(mac, frame(ip(source, to, protocol.udp, udp(port, 9000), options)));
          }),
        );
        await replay(lab, 'client', [frameTo(nodeMac, frame(ip(client.v4, node.v4, protocol.udp, udp(99, 9000))))]);
        const passed = await sourcePortsOnceSeen(lab, 99);
        assert.equal(
          sent.map(([what], port) => `${what}: ${passed.has(port) ? 'pass' : 'drop'}`),
          sent.map(([what, , , , expected]) => `${what}: ${expected}`),
        );
      });
    });
  });
}

describe('link-local packets on a bridge', (test) => {
  test('go to the node and to everybody on the link, and not to a single neighbour', async () => {
    const toMac = (mac: string, to: string, port: number): Uint8Array =>
      frameTo(mac, frame(ip('fe80::2', to, protocol.udp, udp(port, 9000))));
    await onNode('bridged', async (lab) => {
      await lab.load(worldWith({ flags: 4 }));
      await lab.sh(`
        nft add table ip6 seen
        nft 'add chain ip6 seen in { type filter hook input priority 0; }'
        nft add rule ip6 seen in udp sport 3 counter`);
      await replay(lab, 'server', [
        ...[toMac(nodeMac, 'fe80::fe', 1), toMac(macOf('client'), 'fe80::1', 2)],
        toMac('33:33:00:00:00:01', 'ff02::1', 3),
      ]);
      await replay(lab, 'client', [frameTo(nodeMac, frame(ip(client.v4, node.v4, protocol.udp, udp(99, 9000))))]);
      const passed = await sourcePortsOnceSeen(lab, 99);
      assert.ok(passed.has(1), 'to the node');
      assert.not.ok(passed.has(2), 'to a neighbour');
      await lab.sh("until nft list table ip6 seen | grep -q 'packets 1 '; do sleep 0.02; done"); // to everybody
    });
  });
});

describe('packets that end too soon, on a bridge', (test) => {
  test('none of them reaches a restricted pod, or leaves it', async () => {
    await onNode('bridged', async (lab) => {
      await lab.load(worldWith());
      const frames = (from: 'client' | 'server', to: 'client' | 'server'): readonly Uint8Array[] =>
        (['v4', 'v6'] as const).flatMap((family) => {
          const [source, destination] = [pods[from][family], pods[to][family]];
          return [tcp(1, 80), udp(2, 53), sctp(3, 90), icmp(8)].map((payload, at) => {
            const number = [protocol.tcp, protocol.udp, protocol.sctp, protocol.icmp][at] ?? 0;
            return frameTo(macOf(to), frame(ip(source, destination, number, payload)));
          });
        });
      const cut = (whole: readonly Uint8Array[]): readonly Uint8Array[] =>
        whole.flatMap((bytes) =>
          bytes.length > 14 ? [...bytes.subarray(14).keys()].map((at) => bytes.slice(0, 14 + at)) : [],
        );
      for (const pod of ['client', 'server'] as const) {
        // Only what is for the pod itself: kernels greet their neighbours now and then.
        await lab.sh(`
          ip netns exec ${pod} nft add table netdev seen
          ip netns exec ${pod} nft 'add chain netdev seen in { type filter hook ingress device eth0 priority 0; }'
          ip netns exec ${pod} nft add rule netdev seen in ether daddr ${macOf(pod)} counter`);
      }
      await listen(lab, 'server', 53);
      await replay(lab, 'client', cut(frames('client', 'server')));
      await replay(lab, 'server', [...cut(frames('server', 'client')), ...frames('server', 'client')]);
      await sendUdp(lab, 'client', server.v4, 53, 'end');
      await linesBefore(lab, 'server', 53, 'end');
      const counter = 'nft list table netdev seen | grep -o "packets [0-9]*"';
      assert.is(await lab.sh(`ip netns exec server ${counter}`), 'packets 1\n', 'the last one');
      assert.is(await lab.sh(`ip netns exec client ${counter}`), 'packets 0\n');
    });
  });
});

describe('the datapath beside netfilter', (test) => {
  test('fragments that the node put together and cut anew are not taken for its own', async () => {
    await onNode('bridged', async (lab) => {
      await lab.load(worldWith());
      // Connection tracking puts fragments together. A bridge that floods sends copies, which are cut into new pieces.
      await lab.sh(`
        ip link set bridge0 type bridge nf_call_iptables 1 nf_call_ip6tables 1
        nft add table inet other
        nft 'add chain inet other forward { type filter hook forward priority 0; }'
        nft add rule inet other forward ct state new counter
        for dev in ${podLinks}; do ip link set $dev type bridge_slave learning off fdb_flush; done`);
      await listen(lab, 'server', 53);
      for (const to of [server.v4, server.v6]) {
        await sendUdp(lab, 'stranger', to, 53, long);
        await sendUdp(lab, 'client', to, 53, `${long}c`);
      }
      await sendUdp(lab, 'node', server.v6, 53, 'end');
      assert.equal(await linesBefore(lab, 'server', 53, 'end'), [`${long}c`, `${long}c`]);
    });
  });
});

describe('the datapath on several devices', (test) => {
  test('a device more, and once more, changes nothing for the others', async () => {
    await onNode('routed', async (lab) => {
      await lab.load(worldWith());
      await lab.sh(`./netpolc-datapath attach eth-server; ./netpolc-datapath attach ${podLinks} eth-server`);
      const filters = await lab.sh(`for dev in ${podLinks}; do for side in ingress egress; do
        tc filter show dev $dev $side | grep -c 'direct-action'; done; done`);
      assert.equal(filters.trim().split('\n'), new Array<string>(6).fill('1'));
      await listen(lab, 'server', 53);
      await sendUdp(lab, 'stranger', server.v4, 53, 'stranger');
      await sendUdp(lab, 'client', server.v4, 53, 'client');
      assert.equal(await linesBefore(lab, 'server', 53, 'client'), []);
    });
  });
  test('an unattached device is not judged', async () => {
    await onNode('routed', async (lab) => {
      await lab.load(worldWith());
      await lab.sh('./netpolc-datapath detach eth-server; ./netpolc-datapath detach eth-server');
      assert.is(await lab.sh('tc filter show dev eth-server ingress; tc filter show dev eth-server egress'), '');
      await listen(lab, 'server', 53);
      await sendUdp(lab, 'stranger', server.v4, 53, 'stranger');
      await sendUdp(lab, 'client', server.v4, 53, 'client');
      assert.equal(await linesBefore(lab, 'server', 53, 'client'), ['stranger']);
    });
  });
});

function frameTo(mac: string, bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(...mac.split(':').map((byte) => parseInt(byte, 16)), ...bytes.subarray(6));
}

/** Sends frames out of a pod as they are. */
async function replay(lab: Lab, from: string, frames: readonly Uint8Array[]): Promise<void> {
  await writeFile(join(lab.folder, 'replay.pcap'), pcapFile(frames));
  await lab.sh(`ip netns exec ${from} tcpreplay --quiet --topspeed --intf1=eth0 replay.pcap > replay.log 2>&1`);
}

/** Source ports of the connections that `from_pod` let begin, once it has seen the last one. */
async function sourcePortsOnceSeen(lab: Lab, last: number): Promise<ReadonlySet<number>> {
  for (;;) {
    const dump = await lab.sh('bpftool map dump pinned /sys/fs/bpf/netpolc/connections -j');
    const keys = (JSON.parse(dump) as readonly { readonly key: readonly string[] }[]).map(({ key }) => key.map(Number));
    const egress = keys.filter((key) => key[36] === 1);
    const ports = new Set(egress.map((key) => ((key[32] ?? 0) << 8) | (key[33] ?? 0)));
    if (ports.has(last)) return ports;
  }
}
