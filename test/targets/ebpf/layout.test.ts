// One layout in three places: layout.ts for the compiler, datapath/layout.h and artifact.c for the loader and the
// programs, README.md for people.
import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import {
  configFlags,
  keptGenerations,
  layoutVersion,
  mapLayouts,
  protocolBytes,
  wholeProtocolBits,
  type RecordLayout,
} from '../../../targets/ebpf/layout.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';

const read = (file: string): string => readFileSync(`targets/ebpf/${file}`, 'utf8');
const header = read('datapath/layout.h');

/** Field, offset and size of each field. */
type Fields = readonly (readonly [name: string, offset: number, size: number])[];

/** The struct of a key or value that is more than one number or address. */
const structs: Readonly<Record<string, string>> = {
  'config value': 'config',
  'endpoints4 value': 'endpoint',
  'endpoints6 value': 'endpoint',
  'ports key': 'port_key',
  'blocks4 key': 'block4_key',
  'blocks6 key': 'block6_key',
  'members key': 'member_key',
};

const fieldsOf = ({ sizes, offsets }: RecordLayout): Fields =>
  Object.entries(sizes).map(([name, size]) => [name, must(offsets[name]), size]);

/** Reads a struct whose members need no padding: the next test holds that its size says so. */
function fieldsInC(struct: string): Fields {
  const [, body = ''] = must(new RegExp(`^struct ${struct} \\{\\n(.*?)^\\};`, 'ms').exec(header), struct);
  const sizeByType: Readonly<Record<string, number>> = { __u8: 1, __be16: 2, __u32: 4, __be32: 4 };
  let offset = 0;
  return [...body.matchAll(/^\t(\w+) (\w+)(?:\[(\d+)\])?;/gm)].map(([, type = '', name = '', count = '1']) => {
    const size = must(sizeByType[type], type) * Number(count);
    offset += size;
    return [camelCase(name), offset - size, size];
  });
}

const camelCase = (name: string): string => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const numberInC = (name: string): number =>
  Number(must(new RegExp(`^#define ${name} (\\d+)`, 'm').exec(header)?.[1], name));

describe('the map layout', (test) => {
  test('has the offsets and sizes of the structs in layout.h', () => {
    for (const [part, struct] of Object.entries(structs)) {
      const [name, side] = part.split(' ');
      const layout = must(mapLayouts.find((map) => map.name === name));
      assert.equal(fieldsOf(side === 'key' ? layout.key : layout.value), fieldsInC(struct), part);
    }
  });
  test('has the sizes that layout.h asserts', () => {
    const asserted = [...header.matchAll(/^_Static_assert\(sizeof\(struct (\w+)\) == (\d+)/gm)];
    const sizes = new Map(asserted.map(([, struct = '', size]) => [struct, Number(size)]));
    for (const struct of new Set(Object.values(structs))) {
      const size = fieldsInC(struct).reduce((sum, [, , bytes]) => sum + bytes, 0);
      assert.is(sizes.get(struct), size, struct);
    }
  });
  test('has the numbers of layout.h', () => {
    assert.is(layoutVersion, numberInC('LAYOUT_VERSION'));
    assert.is(wholeProtocolBits + 16, numberInC('EXACT_PORT'));
    assert.is(configFlags.icmpEchoPasses, numberInC('ICMP_ECHO_PASSES'));
    assert.is(configFlags.egressToOwnNodePasses, numberInC('EGRESS_TO_OWN_NODE_PASSES'));
    assert.is(configFlags.dropLinkLocal, numberInC('DROP_LINK_LOCAL'));
    assert.equal(protocolBytes, { OTHER: 0, TCP: 6, UDP: 17, SCTP: 132 });
    assert.is(keptGenerations, numberInC('GENERATIONS'));
  });
  test('names the maps that the loader reads, in its order, with its types and sizes', () => {
    const lines = [...read('datapath/artifact.c').matchAll(/\{ "(\w+)", BPF_MAP_TYPE_(\w+), (.+), (.+) \},/g)];
    const sizeOf = (text = ''): number => {
      const [, struct] = /^sizeof\(struct (\w+)\)$/.exec(text) ?? [];
      return struct === undefined ? Number(text) : fieldsInC(struct).reduce((sum, [, , size]) => sum + size, 0);
    };
    assert.equal(
      lines.map(([, name, type = '', key, value]) => [name, type.toLowerCase(), sizeOf(key), sizeOf(value)]),
      mapLayouts.map(({ name, type, key, value }) => [name, type, key.size, value.size]),
    );
  });
  test('is what README.md says, byte by byte', () => {
    const readme = read('README.md');
    for (const { name, type, key, value } of mapLayouts) {
      const heading = new RegExp(`^### [^\\n]*\`${name}\`[^\\n]*\n(.*?)(?=^###? |$(?![^]))`, 'ms').exec(readme);
      const text = must(heading?.[0], `a heading for ${name}`);
      assert.match(text, `\`${type}\``, name);
      const rows = [...text.matchAll(/^\| *(key|value) +\| *(\d+) *\| *(\d+)(?: or (\d+))? *\| *`(\w+)` *\|/gm)];
      const own = (side: string, size: number): Fields =>
        rows
          .filter(([, part]) => part === side)
          .map(([, , offset, first, second, field = '']) => {
            // Where both families share a table, IPv6 is the second number.
            const bytes = second !== undefined && name.endsWith('6') ? second : first;
            return [field, Number(offset), Number(bytes)];
          })
          .filter(([, offset]) => Number(offset) < size) as unknown as Fields;
      assert.equal(own('key', key.size), fieldsOf(key), `key of ${name}`);
      assert.equal(own('value', value.size), fieldsOf(value), `value of ${name}`);
    }
  });
});
