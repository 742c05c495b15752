// The loader of the reference datapath: one switch, whatever happens to it, and nobody else's things touched.
import * as assert from 'uvu/assert';
import { describe } from '../../kit/suite.ts';
import { frame, ip, protocol, tcp } from './datapath-frames.ts';
import { failing, generationOf, generations, outerMaps } from './datapath-generations.ts';
import { expect, inLab, sources } from './datapath-lab.ts';
import { admin, block, client, server, world, worldWith } from './datapath-world.ts';
import { artifactOf, type ArtifactFiles, type HandWrittenMaps } from './hand-written-maps.ts';

const closed = artifactOf({ ...world, members: [] });
const renamed = (files: ArtifactFiles, prefix: string): ArtifactFiles =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [prefix + name, content]));

/** A first packet that `worldWith()` lets pass. */
const asked = (port: number): Uint8Array => frame(ip(client.v4, server.v4, protocol.tcp, tcp(port, 80)));

describe('the loader of the datapath', (test) => {
  test('one generation is in force; loading it again or another one leaves no other behind', async () => {
    await inLab(async (lab) => {
      for (const files of [worldWith(), worldWith(), closed, worldWith({ flags: 1 })]) {
        await lab.load(files);
        assert.equal(
          await generations(lab),
          outerMaps.map(() => [generationOf(files)]),
        );
        assert.match(await lab.sh('./netpolc-datapath status'), `generation ${generationOf(files)} in force`);
      }
    });
  });
  test('maps of any size go in, also empty ones', async () => {
    const peers = [...new Array<undefined>(5000).keys()].map((at) => [`10.9.${at >> 8}.${at & 255}`, 1] as const);
    const blocks = [...new Array<undefined>(2000).keys()].map(
      (at) => [`172.${16 + (at >> 8)}.${at & 255}.0`, 24, 1] as const,
    );
    const many: HandWrittenMaps = { ...world, peers, blocks };
    await inLab(async (lab) => {
      await lab.load(artifactOf({}));
      await lab.load(artifactOf(many));
      const to = (source: string): Uint8Array => frame(ip(source, server.v4, protocol.tcp, tcp(1, 80)));
      await expect(lab.to, [
        [to('10.9.0.0'), 'pass', 'first address'],
        [to('10.9.19.135'), 'pass', 'last address'],
        [to('10.9.19.136'), 'drop', 'the next one'],
        [to('172.16.0.1'), 'pass', 'first block'],
        [to('172.23.207.255'), 'pass', 'last block'],
        [to('172.23.208.0'), 'drop', 'the next one'],
      ]);
    });
  });
  test('generations that a killed loader left behind are taken away by the next one', async () => {
    await inLab(async (lab) => {
      await lab.load(worldWith());
      await lab.sh(`
        bpftool map create /sys/fs/bpf/left type hash key 4 value 4 entries 3 name peers4
        for number in 1 2 3 4 5 6 7; do
          bpftool map update pinned /sys/fs/bpf/netpolc/peers4 key hex 0 0 0 0 0 0 0 $number value pinned /sys/fs/bpf/left
        done`);
      await lab.load(closed);
      assert.equal(
        await generations(lab),
        outerMaps.map(() => [generationOf(closed)]),
      );
    });
  });
  test('killed anywhere it leaves the old rules or the new ones', async () => {
    const peers = [...new Array<undefined>(20_000).keys()].map((at) => [`10.8.${at >> 8}.${at & 255}`, 1] as const);
    const one = artifactOf({ ...world, peers: [...peers, [client.v4, 1], [admin.v4, 3]] });
    const other = artifactOf({ ...world, peers: [...peers, [client.v4, 3], [admin.v4, 1]] });
    const cases = (isOne: boolean) =>
      [
        [frame(ip(client.v4, server.v4, protocol.tcp, tcp(1, 80))), isOne ? 'pass' : 'drop', 'the client'],
        [frame(ip(admin.v4, server.v4, protocol.tcp, tcp(1, 80))), isOne ? 'drop' : 'pass', 'the admin'],
      ] as const;
    await inLab(async (lab) => {
      await lab.write({ ...renamed(one, 'one.'), ...renamed(other, 'other.') });
      await lab.sh('./netpolc-datapath load one.');
      const began = performance.now();
      await lab.sh('./netpolc-datapath load other.; ./netpolc-datapath load one.');
      const seconds = (performance.now() - began) / 2000;
      const rounds = 24;
      for (let round = 0; round < rounds; round++) {
        const next = round % 2 === 0 ? 'other' : 'one';
        const moment = ((1.2 * seconds * round) / rounds).toFixed(3);
        await lab.sh(`./netpolc-datapath load ${next}. & sleep ${moment}; kill -9 $! || :; wait $! || :`);
        const status = await lab.sh('./netpolc-datapath status');
        const isOne = status.includes(generationOf(one));
        assert.ok(isOne || status.includes(generationOf(other)), status);
        await expect(lab.to, cases(isOne));
      }
      await lab.sh('./netpolc-datapath load other.');
      assert.equal(
        await generations(lab),
        outerMaps.map(() => [generationOf(other)]),
      );
    });
  });
  test('while generations are switched every packet is judged by one of them', async () => {
    const other = artifactOf({ ...world, flags: 1, peers: [...(world.peers ?? []), ['10.0.0.200', 1]] });
    const denied = new Array<Uint8Array>(10_000).fill(frame(ip('10.0.0.77', server.v4, protocol.tcp, tcp(1, 80))));
    const allowed = new Array<Uint8Array>(10_000).fill(asked(2));
    await inLab(async (lab) => {
      await lab.write({ ...renamed(worldWith(), 'one.'), ...renamed(other, 'other.') });
      await lab.sh('./netpolc-datapath load one.');
      await lab.sh(
        'while [ ! -e stop ]; do ./netpolc-datapath load other. && ./netpolc-datapath load one. && echo || { yes failed | head > loads; exit; }; done > loads 2>&1 &',
      );
      for (let loads = 0; loads < 6; loads = Number(await lab.sh('wc -l < loads'))) {
        const verdicts = await lab.to(...denied, ...allowed);
        assert.equal([...new Set(verdicts.slice(0, denied.length))], ['drop']);
        assert.equal([...new Set(verdicts.slice(denied.length))], ['pass']);
      }
      await lab.sh('touch stop; ! grep -q failed loads');
    });
  });
  const sourceThatNeeds: Readonly<Record<string, string>> = {
    ...{ endpoints6: client.v6, peers6: client.v6 },
    ...{ blocks4: block.v4, blocks6: block.v6 },
  };
  test('a packet that finds its generation incomplete is dropped', async () => {
    await inLab(async (lab) => {
      for (const name of outerMaps) {
        await lab.load(worldWith());
        const key = (generationOf(worldWith()).match(/../g) ?? []).join(' ');
        await lab.sh(`bpftool map delete pinned /sys/fs/bpf/netpolc/${name} key hex ${key}`);
        const source = sourceThatNeeds[name] ?? client.v4;
        const destination = source.includes(':') ? server.v6 : server.v4;
        await expect(lab.to, [[frame(ip(source, destination, protocol.tcp, tcp(1, 80))), 'drop', `without ${name}`]]);
      }
    });
  });
});

describe('what the loader refuses', (test) => {
  test('files that do not belong together; what was in force stays', async () => {
    const good = worldWith({ flags: 1 });
    const manifest = String(good['manifest']);
    const broken: readonly (readonly [why: string, changes: ArtifactFiles, message: string])[] = [
      ['a file too short', { 'peers4.values': new Uint8Array(4) }, 'peers4.values has 4 bytes'],
      ['a file too long', { 'members.keys': new Uint8Array(17) }, 'members.keys has 17 bytes'],
      ['no manifest', { manifest: '' }, 'does not begin with'],
      ['another layout', { manifest: manifest.replace('maps 1', 'maps 2') }, 'does not begin with'],
      ['no generation', { manifest: manifest.replace(/1 [0-9a-f]{16}/, '1 0000000000000000') }, 'generation 0'],
      ['another type', { manifest: manifest.replace('ports lpm_trie', 'ports hash') }, 'this loader knows'],
      ['other sizes', { manifest: manifest.replace('peers6 hash 16', 'peers6 hash 4') }, 'this loader knows'],
      ['a map less', { manifest: manifest.replace(/members.*\n/, '') }, 'ends before `members`'],
      ['a map more', { manifest: `${manifest}more hash 4 4 0\n` }, 'more than the 10 maps'],
      ['another version', { 'config.values': new Uint8Array(40).fill(7) }, 'not of map layout 1'],
    ];
    await inLab(async (lab) => {
      await lab.load(worldWith());
      for (const [why, changes, message] of broken) {
        await lab.write({ ...good, ...changes });
        for (const command of ['load', 'check']) {
          const out = await failing(lab, `./netpolc-datapath ${command} ./`, 3);
          assert.ok(out.includes(message), `${why}: ${out}`);
        }
      }
      await failing(lab, './netpolc-datapath load nowhere/', 3);
      assert.match(await lab.sh('./netpolc-datapath status'), generationOf(worldWith()));
    });
  });
  test('`check` has the kernel take every entry, leaves nothing, and finds keys that come twice', async () => {
    const twice = worldWith({ members: [[1, 1], [2, 2], [1, 1]] }); // prettier-ignore
    await inLab(async (lab) => {
      await lab.write(worldWith());
      await lab.sh('./netpolc-datapath check ./; test ! -e /sys/fs/bpf/netpolc');
      await lab.write(twice);
      assert.match(await failing(lab, './netpolc-datapath check ./', 3), '`members` has 3 entries, of which 2 differ');
    });
  });
  test('wrong usage, and a machine that is not ready, in words that say what to do', async () => {
    await inLab(async (lab) => {
      await lab.write(worldWith());
      const usages = [
        '',
        'lode ./',
        'load',
        'load a b',
        'attach',
        'run from',
        'run in x',
        'run to x --repeat',
        'status x',
      ];
      for (const words of usages) {
        assert.match(
          await failing(lab, `./netpolc-datapath ${words}`, 2),
          'usage: netpolc-datapath load PREFIX',
          words,
        );
      }
      assert.match(await failing(lab, './netpolc-datapath attach nothere', 2), 'there is no device `nothere`');
      assert.match(await failing(lab, './netpolc-datapath attach lo', 2), 'carries no Ethernet frames');
      const asNobody = 'setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all --bounding-set=-all';
      await lab.sh('chmod 755 .; cp netpolc-datapath copy; chmod 755 copy');
      assert.match(await failing(lab, `${asNobody} ./copy load ./`, 4), 'this needs root');
      assert.match(await failing(lab, `${asNobody} ./copy check ./`, 4), 'this needs root');
      await lab.sh('umount /sys/fs/bpf');
      assert.match(await failing(lab, './netpolc-datapath load ./', 4), 'mount -t bpf bpf /sys/fs/bpf');
    });
  });
  test('pinned maps of another version', async () => {
    await inLab(async (lab) => {
      await lab.write(worldWith());
      await lab.sh(
        'mkdir /sys/fs/bpf/netpolc; ' +
          'bpftool map create /sys/fs/bpf/netpolc/connections type lru_hash key 8 value 8 entries 10 name connections',
      );
      assert.match(await failing(lab, './netpolc-datapath load ./', 4), 'those of another version');
      await lab.sh('./netpolc-datapath unload; ./netpolc-datapath load ./');
    });
  });
});

describe('devices and the loader', (test) => {
  const devices = 'ip link add one type veth peer name peer-one; ip link add two type veth peer name peer-two';

  test('a device that is not there means that no other is touched', async () => {
    await inLab(async (lab) => {
      await lab.sh(devices);
      await failing(lab, './netpolc-datapath attach one nothere', 2);
      assert.is(await lab.sh('tc qdisc show dev one; test ! -e /sys/fs/bpf/netpolc'), '');
    });
  });
  test('filters of others stay, and one at our place is not replaced', async () => {
    const theirs = 'filter add dev one ingress prio 7 u32 match u32 0 0 classid 1:1';
    const inOurPlace = [
      ['filter add dev two egress prio 1 u32 match u32 0 0 classid 1:1', 'cannot attach to `two`'],
      ['filter add dev two egress prio 1 handle 0x6e70 bpf da obj other.o sec tc', 'a filter of somebody else'],
    ] as const;
    await inLab(async (lab) => {
      await lab.sh(`${devices}; tc qdisc add dev one clsact; tc qdisc add dev two clsact; tc ${theirs}
        echo '__attribute__((section("tc"))) int other(void *packet) { return 0; }' > other.c
        clang -O2 -target bpf -c other.c -o other.o`);
      const before = await lab.sh('tc filter show dev one ingress');
      for (const [filter, message] of inOurPlace) {
        await lab.sh(`tc ${filter}`);
        const there = await lab.sh('tc filter show dev two egress');
        assert.match(await failing(lab, './netpolc-datapath attach one two', 4), message);
        assert.is(await lab.sh('tc filter show dev one ingress'), before, 'nothing is half done');
        await lab.sh('./netpolc-datapath detach one two; ./netpolc-datapath unload');
        assert.is(await lab.sh('tc filter show dev two egress'), there, 'it stays');
        await lab.sh('tc filter del dev two egress');
      }
      await lab.sh('./netpolc-datapath attach one two; ./netpolc-datapath detach one two');
      assert.is(await lab.sh('tc filter show dev one ingress'), before);
    });
  });
  test('`unload` leaves nothing', async () => {
    await inLab(async (lab) => {
      await lab.sh(devices);
      await lab.load(worldWith());
      await lab.sh('./netpolc-datapath attach one two; ./netpolc-datapath unload; ./netpolc-datapath unload');
      assert.is(
        await lab.sh('for dev in one two; do tc filter show dev $dev ingress; done; ls /sys/fs/bpf | grep netpol || :'),
        '',
      );
      assert.match(await lab.sh('./netpolc-datapath status'), 'no generation in force');
    });
  });
  test('a new version of the programs takes the place of the old one, also where it is pinned', async () => {
    const facts = `tc filter show dev one ingress | grep -o 'id [0-9]*'; ls /sys/fs/bpf/netpolc | grep from_pod-`;
    await inLab(async (lab) => {
      const attached = async (program: string): Promise<string> => {
        const lines = (await lab.sh(`${program} attach one; ${facts}`)).trim().split('\n');
        assert.is(lines.length, 2, 'one filter, one pin');
        return lines.join(' ');
      };
      await lab.sh(`${devices}; BPF_CFLAGS=-DSECOND=2000000000ull sh ${sources}/build.sh; mv netpolc-datapath slow`);
      await lab.sh(`sh ${sources}/build.sh`);
      const first = await attached('./netpolc-datapath');
      assert.is(await attached('./netpolc-datapath'), first, 'the same version: the same program');
      const slow = await attached('./slow');
      assert.is.not(slow, first);
      assert.is.not(await attached('./netpolc-datapath'), slow);
    });
  });
  test('pinned programs do not outlive the maps that they look into', async () => {
    await inLab(async (lab) => {
      await lab.load(closed);
      await expect(lab.to, [[asked(1), 'drop', 'before']]);
      await lab.sh('rm /sys/fs/bpf/netpolc/active');
      await lab.load(worldWith());
      await expect(lab.to, [[asked(2), 'pass', 'by the maps that are pinned now']]);
    });
  });
});
