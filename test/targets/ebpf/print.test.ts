import * as assert from 'uvu/assert';
import { ebpf } from '../../../targets/ebpf/index.ts';
import { printEbpf } from '../../../targets/ebpf/print.ts';
import { datapathSources } from '../../../targets/ebpf/sources.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { labels, pod, podPeer, policy, port, rule, snapshot } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { readJson, readRaw, textOf } from './evaluate-maps.ts';
import { planned } from './tables.ts';

const plan = planned({
  policies: [
    policy('prod/p', {
      subject: labels({ role: 'db' }),
      ingress: [rule([podPeer(labels({ name: 'api' }))], [port('TCP', 3306)])],
    }),
  ],
  snapshot: snapshot(
    [
      pod('prod/api-0', { labels: { name: 'api' }, ips: ['10.0.0.9'] }),
      pod('prod/db-0', { labels: { role: 'db' }, ips: ['10.0.0.7'] }),
    ],
    { prod: {} },
  ),
});
const artifacts = printEbpf(plan);
const { generation } = plan;
const pin = `/sys/fs/bpf/netpolc/${generation}-`;

const linesOf = (suffix: string): readonly string[] => textOf(artifacts, suffix).split('\n');

describe('the ebpf artifacts', (test) => {
  test('are two texts, the manifest, and keys and values of every map, also of empty ones', () => {
    assert.equal(
      artifacts.map(({ suffix }) => suffix),
      [
        ...['maps.json', 'bpftool', 'manifest', 'config.keys', 'config.values', 'endpoints4.keys', 'endpoints4.values'],
        ...['endpoints6.keys', 'endpoints6.values', 'profiles.keys', 'profiles.values', 'ports.keys', 'ports.values'],
        ...['peers4.keys', 'peers4.values', 'peers6.keys', 'peers6.values', 'blocks4.keys', 'blocks4.values'],
        ...['blocks6.keys', 'blocks6.values', 'members.keys', 'members.values'],
      ],
    );
  });
  test('maps.json has one entry a line, as bpftool map dump -j prints it', () => {
    const lines = linesOf('maps.json');
    const at = lines.indexOf('  "endpoints4": {"type":"hash","key_size":4,"value_size":12,"max_entries":1,"entries":[');
    assert.is(
      lines[at + 1],
      '    {"key":["0x0a","0x00","0x00","0x07"],"value":["0x01","0x00","0x00","0x00","0x00","0x00","0x00","0x00","0x01","0x00","0x00","0x00"]}',
    );
    assert.is(lines[at + 2], '  ]},');
    assert.is(
      lines[at + 3],
      '  "endpoints6": {"type":"hash","key_size":16,"value_size":12,"max_entries":1,"entries":[]},',
    );
    assert.equal(readJson(textOf(artifacts, 'maps.json')), readRaw(artifacts));
  });
  test('the manifest names layout, generation and maps', () => {
    assert.equal(linesOf('manifest'), [
      `netpolc-maps 1 ${generation}`,
      'config array 4 40 1',
      'endpoints4 hash 4 12 1',
      'endpoints6 hash 16 12 0',
      'profiles hash 4 4 1',
      'ports lpm_trie 12 4 1',
      'peers4 hash 4 4 1',
      'peers6 hash 16 4 0',
      'blocks4 lpm_trie 8 4 0',
      'blocks6 lpm_trie 20 4 0',
      'members hash 8 4 1',
      '',
    ]);
  });
  test('the batch makes every map, fills it, puts it into its generation, and puts the generation in force at last', () => {
    const commands = linesOf('bpftool').filter((line) => line !== '' && !line.startsWith('#'));
    assert.equal(
      commands.filter((line) => line.includes('ports')),
      [
        `map create ${pin}ports type lpm_trie key 12 value 4 entries 1 name ports flags 1`,
        `map update pinned ${pin}ports key hex 40 00 00 00 01 00 00 00 06 00 0c ea value hex 01 00 00 00`,
        `map update pinned /sys/fs/bpf/netpolc/ports key hex ${must(generation.match(/../g)).join(' ')} value pinned ${pin}ports`,
      ],
    );
    assert.is(commands.filter((line) => line.startsWith('map create ')).length, 10);
    assert.is(
      commands.at(-1),
      `map update pinned /sys/fs/bpf/netpolc/active key hex 00 00 00 00 value hex ${must(generation.match(/../g)).join(' ')}`,
    );
  });
  test('the engine builds the datapath from all of its sources', () => {
    const folder = 'targets/ebpf/datapath';
    const sources = readdirSync(folder).filter((name) => /\.(?:c|h|sh)$/.test(name));
    assert.equal(
      datapathSources.map(({ name }) => name),
      sources.sort(),
    );
    for (const { name, content } of datapathSources)
      assert.is(content, readFileSync(`${folder}/${name}`, 'utf8'), name);
  });
  test('the engine loads the manifest and the raw files, and asks about captures where they are judged', () => {
    const [engine] = ebpf.engines;
    const load = must(engine.apply(artifacts)[0]);
    assert.equal(load.argv, ['../netpolc-datapath', 'load', './']);
    const names = (load.files ?? []).map(({ name }) => name);
    assert.is(names.length, 21);
    assert.equal(names.slice(0, 2), ['manifest', 'config.keys']);
    const judge = must(engine.judgeCapture);
    assert.equal(
      (['from', 'to', 'own'] as const).map((point) => judge(point, new Uint8Array(0)).argv.join(' ')),
      [
        '../netpolc-datapath run from packets.pcap',
        '../netpolc-datapath run to packets.pcap',
        '../netpolc-datapath run to packets.pcap --ingress-ifindex 0',
      ],
    );
  });
  test('the check is a constant script, and the batch behind what makes the permanent maps', () => {
    const [check, ...more] = ebpf.check(artifacts);
    const [nothing] = ebpf.check([{ suffix: 'bpftool', content: '' }]);
    assert.equal(more, []);
    assert.equal(check?.argv, nothing?.argv);
    assert.is(check?.stdin, `${nothing?.stdin}${textOf(artifacts, 'bpftool')}`);
  });
});
