// What bpftool prints about the pinned maps, and about the maps of the generation in them.
import { fieldsOf, listIn, numberIn, textIn, unexpected } from '../strict-json.ts';

export interface MapListing {
  /** Entries of pinned maps by the name of the pin. */
  readonly pins: ReadonlyMap<string, readonly MapEntry[]>;
  readonly mapById: ReadonlyMap<number, ListedMap>;
}

/** Bytes as hexadecimal digits. */
export interface MapEntry {
  readonly key: string;
  readonly value: string;
}

export interface ListedMap extends MapShape {
  readonly name: string;
  readonly entries: readonly MapEntry[];
}

export interface MapShape {
  readonly type: string;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
}

/** `pins` and `maps` are outputs of `bpftool -j batch file`: dumps of pins; of maps, `show` and `dump` by id. */
export function decodeMapListing(pins: string, maps: string): MapListing {
  const pinned = commandsOf(pins).map(({ words, output }) => {
    const path = /^map dump pinned \/sys\/fs\/bpf\/netpolc\/(\S+)$/.exec(words)?.[1];
    if (path === undefined) throw unexpected('the dump of a pin', words);
    return [path, decodeEntries(output)] as const;
  });
  const byId = commandsOf(maps).map(({ words, output }) => {
    const [, what, id] = /^map (show|dump) id (\d+)$/.exec(words) ?? [];
    if (id === undefined) throw unexpected('a map by its id', words);
    return { what, id: Number(id), output };
  });
  const ids = [...new Set(byId.map(({ id }) => id))];
  const outputOf = (what: string, id: number): unknown =>
    byId.find((each) => each.what === what && each.id === id)?.output;
  return {
    pins: new Map(pinned),
    mapById: new Map(
      ids.map((id) => [id, { ...decodeShape(outputOf('show', id)), entries: decodeEntries(outputOf('dump', id)) }]),
    ),
  };
}

interface Command {
  readonly words: string;
  readonly output: unknown;
}

function commandsOf(json: string): readonly Command[] {
  return listIn(JSON.parse(json)).map((each) => {
    const { command, output } = fieldsOf(each, ['command', 'output']);
    return { words: listIn(command).map(textIn).join(' '), output };
  });
}

const shapeFields = ['id', 'type', 'name', 'flags', 'bytes_key', 'bytes_value', 'max_entries'];
const facetsOfNoMeaning = ['bytes_memlock', 'frozen', 'btf_id', 'pids', 'pinned'];

function decodeShape(output: unknown): Omit<ListedMap, 'entries'> {
  const fields = fieldsOf(output, shapeFields, facetsOfNoMeaning);
  return {
    name: textIn(fields['name']),
    type: textIn(fields['type']),
    keySize: numberIn(fields['bytes_key']),
    valueSize: numberIn(fields['bytes_value']),
    maxEntries: numberIn(fields['max_entries']),
  };
}

/** `{"key":["0x0a",…],"value":[…]}`; bpftool adds `formatted` where it knows types. */
export function decodeEntries(output: unknown): readonly MapEntry[] {
  return listIn(output).map((entry) => {
    const { key, value } = fieldsOf(entry, ['key', 'value'], ['formatted']);
    return { key: hexOf(key), value: hexOf(value) };
  });
}

function hexOf(bytes: unknown): string {
  return listIn(bytes)
    .map((byte) => {
      const digits = /^0x([0-9a-f]{2})$/.exec(textIn(byte))?.[1];
      if (digits === undefined) throw unexpected('a byte', byte);
      return digits;
    })
    .join('');
}
