// The plan → files: two texts for people and bpftool, the manifest, and the raw bytes. Layout only.
import type { Artifact } from '../../src/target.ts';
import { compileTemplate } from '../shared/template.ts';
import type { EbpfPlan, MapContent } from './ebpf-plan.ts';
import { hexLines } from './hex-lines.ts';
import { layoutVersion, mapFlags, pinFolder as folder } from './layout.ts';
import batchTemplate from './templates/batch.hbs';

const renderBatch = compileTemplate(batchTemplate);

/** Prints every form of the same entries. O(bytes). */
export function printEbpf(plan: EbpfPlan): readonly Artifact[] {
  return [
    { suffix: 'maps.json', content: printJson(plan.maps) },
    { suffix: 'bpftool', content: printBatch(plan) },
    { suffix: 'manifest', content: printManifest(plan) },
    ...plan.maps.flatMap(({ layout, keys, values }) => [
      { suffix: `${layout.name}.keys`, content: keys },
      { suffix: `${layout.name}.values`, content: values },
    ]),
  ];
}

/** bpf takes no map without room for an entry. */
function maxEntries({ entries }: MapContent): number {
  return Math.max(1, entries);
}

/** Name → what the map is like, and its entries as `bpftool map dump -j` prints them. One entry a line. */
function printJson(maps: readonly MapContent[]): string {
  const texts = maps.map((map) => {
    const { name, type, key, value } = map.layout;
    const facts = { type, key_size: key.size, value_size: value.size, max_entries: maxEntries(map) };
    const lines = hexLines(map, {
      ...{ beforeKey: '    {"key":[', beforeValue: '],"value":[', end: ']}', betweenEntries: ',\n' },
      ...{ byte: '"0x00"', separator: ',' },
    });
    const entries = lines === '' ? '[]' : `[\n${lines}\n  ]`;
    return `  "${name}": ${JSON.stringify(facts).slice(0, -1)},"entries":${entries}}`;
  });
  return `{\n${texts.join(',\n')}\n}\n`;
}

/** One line a map, after one that names layout and generation. */
function printManifest({ maps, generation }: EbpfPlan): string {
  const lines = maps.map(
    ({ layout: { name, type, key, value }, entries }) => `${name} ${type} ${key.size} ${value.size} ${entries}\n`,
  );
  return `netpolc-maps ${layoutVersion} ${generation}\n${lines.join('')}`;
}

/** Pins have the generation's name, so that a batch never meets another one's maps. */
function printBatch({ header, legend, generation, maps }: EbpfPlan): string {
  const pin = `${folder}/${generation}-`;
  const key = generation.replaceAll(/..(?=.)/g, '$& ');
  const views = maps.map((map) => {
    const { name, type, key: keyLayout, value } = map.layout;
    const updates = hexLines(map, {
      ...{
        beforeKey: `map update pinned ${pin}${name} key hex `,
        beforeValue: ' value hex ',
        end: '',
        betweenEntries: '\n',
      },
      ...{ byte: '00', separator: ' ' },
    });
    const sizes = { keySize: keyLayout.size, valueSize: value.size, maxEntries: maxEntries(map) };
    return { name, type, ...sizes, flags: mapFlags(type), updates, folder, pin, key };
  });
  return renderBatch({ header, legend, generation, folder, pin, key, maps: views });
}
