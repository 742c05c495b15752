// Address text as kernel tools print it → sets. More lenient than the project's own readers: tools print
// IPv4-mapped and IPv4-compatible IPv6 addresses with a dotted end, and no policy may contain those.
import { formatAddress, type Address, type Family } from '../../src/net/address.ts';
import { addressesOf, noAddresses, union, type AddressSet } from '../../src/net/address-set.ts';

/** `10.0.0.1`, `10.0.0.0/24` or `10.0.0.1-10.0.0.6`, in either family. Throws at anything else. */
export function parseKernelRange(text: string): AddressSet {
  const [, head = '', length, tail] = /^([^/-]+)(?:\/(\d+)|-([^/-]+))?$/.exec(text) ?? [];
  const first = parseKernelAddress(head);
  if (length !== undefined) return prefixSet(first, Number(length), text);
  const last = tail === undefined ? first : parseKernelAddress(tail);
  if (last.family !== first.family || compare(first, last) > 0) throw new Error(`no range: ${text}`);
  return { ...noAddresses, [first.family]: Uint32Array.of(...first.words, ...last.words) };
}

/** The union of many; single addresses are what most of them are. */
export function parseKernelRanges(texts: readonly string[]): AddressSet {
  const isSingle = (text: string): boolean => !/[/-]/.test(text);
  return union([
    addressesOf(texts.filter(isSingle).map(parseKernelAddress)),
    ...texts.filter((text) => !isSingle(text)).map(parseKernelRange),
  ]);
}

export function parseKernelAddress(text: string): Address {
  if (!text.includes(':')) return { family: 'IPv4', words: [parseQuad(text)] };
  const groups = text.split('::').map(parseGroups);
  const [head = [], tail] = groups;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (groups.length > 2 || (tail === undefined ? missing !== 0 : missing < 1)) throw new Error(`no address: ${text}`);
  const all = [...head, ...new Array<number>(missing).fill(0), ...(tail ?? [])];
  return { family: 'IPv6', words: [0, 2, 4, 6].map((at) => (all[at] ?? 0) * 65536 + (all[at + 1] ?? 0)) };
}

/** The project's own text for what a tool printed: equal addresses have equal text. */
export function plainAddress(text: string): string {
  return text.includes(':') && text.includes('.') ? formatAddress(parseKernelAddress(text)) : text;
}

function parseGroups(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group, index, all) => {
    if (group.includes('.') && index === all.length - 1) {
      const word = parseQuad(group);
      return [word >>> 16, word & 0xffff];
    }
    if (!/^[0-9a-f]{1,4}$/.test(group)) throw new Error(`no address: ${text}`);
    return [parseInt(group, 16)];
  });
}

function parseQuad(text: string): number {
  const octets = text.split('.').map(Number);
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) || octets.some((octet) => octet > 255)) {
    throw new Error(`no address: ${text}`);
  }
  return octets.reduce((word, octet) => word * 256 + octet, 0);
}

function prefixSet({ family, words }: Address, length: number, text: string): AddressSet {
  if (length > bitsOf(family)) throw new Error(`no prefix: ${text}`);
  const last = words.map((word, index) => {
    const bits = Math.min(32, Math.max(0, length - 32 * index));
    const hosts = bits === 32 ? 0 : 0xffffffff >>> bits;
    if ((word & hosts) !== 0) throw new Error(`host bits: ${text}`);
    return (word | hosts) >>> 0;
  });
  return { ...noAddresses, [family]: Uint32Array.of(...words, ...last) };
}

function bitsOf(family: Family): number {
  return family === 'IPv4' ? 32 : 128;
}

function compare(a: Address, b: Address): number {
  const at = a.words.findIndex((word, index) => word !== b.words[index]);
  return at === -1 ? 0 : (a.words[at] ?? 0) - (b.words[at] ?? 0);
}
