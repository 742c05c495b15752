// What `ipset save` prints, and what `ipset restore` is given.
import { plainAddress } from '../kernel-addresses.ts';

export interface SavedSet {
  readonly name: string;
  /** `hash:ip family inet hashsize 64 maxelem 2` */
  readonly kind: string;
  readonly elements: readonly string[];
}

/**
 * Sets by name. Allowed for: `bucketsize` and `initval` are the kernel's own choice, and a prefix of one address is printed
 * without its length. Throws at lines of another kind, such as elements with a timeout or `nomatch`.
 */
export function parseIpsets(text: string): ReadonlyMap<string, SavedSet> {
  const sets = new Map<string, { name: string; kind: string; elements: string[] }>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, created, kind = ''] = /^create (\S+) (\S+ .*)$/.exec(line) ?? [];
    const [, name = '', element = ''] = /^add (\S+) (\S+)$/.exec(line) ?? [];
    if (created !== undefined && !sets.has(created)) {
      sets.set(created, {
        name: created,
        kind: kind.replace(/ bucketsize \d+ initval 0x[0-9a-f]+$/, ''),
        elements: [],
      });
      continue;
    }
    const set = sets.get(name);
    if (set === undefined) throw new Error(`unexpected line: ${line}`);
    set.elements.push(plainElement(element));
  }
  return sets;
}

function plainElement(element: string): string {
  const [address = '', length] = element.split('/');
  const isWhole = length === undefined || length === (address.includes(':') ? '128' : '32');
  return isWhole ? plainAddress(address) : `${plainAddress(address)}/${length}`;
}
