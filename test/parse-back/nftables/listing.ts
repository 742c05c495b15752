// `nft -j list ruleset` → chains, sets and maps, every statement as the text that the ruleset would have. Nothing is
// skipped: whatever the target does not emit is an error.
import { groupBy } from '../../../src/collections/get-or-make.ts';
import { plainAddress } from '../kernel-addresses.ts';
import { fieldsOf, listIn, numberIn, onlyField, textIn, unexpected, type Fields } from '../strict-json.ts';

export interface NftListing {
  readonly sets: readonly NftSet[];
  readonly maps: readonly NftMap[];
  readonly chains: readonly NftChain[];
}

export interface NftSet {
  readonly name: string;
  readonly type: string;
  readonly interval: boolean;
  readonly elements: readonly string[];
}

export interface NftMap {
  readonly name: string;
  readonly type: string;
  readonly elements: readonly NftMapElement[];
}

/** `tcp . 80` → `goto in_…` */
export interface NftMapElement {
  readonly key: string;
  readonly verdict: string;
}

export interface NftChain {
  readonly name: string;
  /** `type filter hook forward priority -5; policy accept;`, or null for a chain that only other chains lead to. */
  readonly hook: string | null;
  readonly rules: readonly NftRule[];
}

export interface NftRule {
  readonly statements: readonly NftStatement[];
  readonly comment: string | null;
}

/** Text, or a verdict map: a named one, or elements in the rule itself. */
export type NftStatement = string | { readonly vmap: string; readonly elements: readonly NftMapElement[] | string };

/** A statement's text; nothing for a verdict map, which is no text. */
export function plainText(statement: NftStatement | undefined): string {
  return typeof statement === 'string' ? statement : '';
}

/** Throws at tables of others: the namespace has none. */
export function decodeNftListing(json: string): NftListing {
  const { nftables } = fieldsOf(JSON.parse(json), ['nftables']);
  const objects = listIn(nftables).map(onlyField);
  const chosen = (kind: string): readonly unknown[] =>
    objects.flatMap(([name, content]) => (name === kind ? [content] : []));
  const unknown = objects.find(([name]) => !['metainfo', 'table', 'set', 'map', 'chain', 'rule'].includes(name));
  if (unknown !== undefined) throw unexpected('what the target emits', unknown[0]);
  for (const table of chosen('table')) {
    const { family, name } = fieldsOf(table, ['family', 'name', 'handle']);
    if (family !== 'inet' || name !== 'netpolc') throw unexpected('table inet netpolc alone', table);
  }
  const rulesByChain = groupBy(chosen('rule').map(decodeRule), ({ chain }) => chain);
  const chains = chosen('chain').map((chain) => decodeChain(chain, rulesByChain));
  if ([...rulesByChain.keys()].some((chain) => !chains.some(({ name }) => name === chain))) {
    throw new Error('a rule without its chain');
  }
  return { sets: chosen('set').map(decodeSet), maps: chosen('map').map(decodeMap), chains };
}

const place = ['family', 'table', 'handle'];

function ours(value: unknown, required: readonly string[], optional: readonly string[] = []): Fields {
  const fields = fieldsOf(value, [...place, ...required], optional);
  if (fields['family'] !== 'inet' || fields['table'] !== 'netpolc') throw unexpected('table inet netpolc alone', value);
  return fields;
}

function decodeSet(value: unknown): NftSet {
  const { name, type, flags = [], elem = [] } = ours(value, ['name', 'type'], ['flags', 'elem']);
  const interval = listIn(flags).length > 0;
  if (interval && JSON.stringify(flags) !== '["interval"]') throw unexpected('flags interval', flags);
  const parts = typeof type === 'string' ? [type] : listIn(type).map(textIn);
  return { name: textIn(name), type: parts.join(' . '), interval, elements: listIn(elem).map(keyText) };
}

function decodeMap(value: unknown): NftMap {
  const { name, type, map, elem = [] } = ours(value, ['name', 'type', 'map'], ['elem']);
  if (map !== 'verdict') throw unexpected('a verdict map', value);
  return { name: textIn(name), type: textIn(type), elements: listIn(elem).map(decodeElement) };
}

function decodeElement(value: unknown): NftMapElement {
  const [key, verdict, ...rest] = listIn(value);
  if (rest.length > 0) throw unexpected('a key and a verdict', value);
  return { key: keyText(key), verdict: verdictText(verdict) };
}

type ChainRule = NftRule & { readonly chain: string };

function decodeChain(value: unknown, rulesByChain: ReadonlyMap<string, readonly ChainRule[]>): NftChain {
  const hookFields = ['type', 'hook', 'prio', 'policy'];
  const isBase = typeof value === 'object' && value !== null && 'hook' in value;
  const { name, type, hook, prio, policy } = ours(value, ['name', ...(isBase ? hookFields : [])]);
  const base = isBase
    ? `type ${textIn(type)} hook ${textIn(hook)} priority ${numberIn(prio)}; policy ${textIn(policy)};`
    : null;
  return { name: textIn(name), hook: base, rules: rulesByChain.get(textIn(name)) ?? [] };
}

function decodeRule(value: unknown): ChainRule {
  const { chain, expr, comment = null } = ours(value, ['chain', 'expr'], ['comment']);
  return {
    chain: textIn(chain),
    statements: listIn(expr).map(decodeStatement),
    comment: comment === null ? null : textIn(comment),
  };
}

function decodeStatement(value: unknown): NftStatement {
  const [kind, content] = onlyField(value);
  if (kind === 'match') return matchText(content);
  if (kind !== 'vmap') return verdictText(value);
  const { key, data } = fieldsOf(content, ['key', 'data']);
  const vmap = selectorText(key);
  if (typeof data === 'string') return { vmap, elements: data };
  const { set } = fieldsOf(data, ['set']);
  return { vmap, elements: listIn(set).map(decodeElement) };
}

/** `==` is not written, and neither is `in`, which is how states are compared. */
function matchText(value: unknown): string {
  const { op, left, right } = fieldsOf(value, ['op', 'left', 'right']);
  const selector = selectorText(left);
  const operator = op === '!=' ? '!= ' : '';
  if (op !== '==' && op !== '!=' && !(op === 'in' && selector === 'ct state')) throw unexpected('a comparison', value);
  return `${selector} ${operator}${rightText(right)}`;
}

function selectorText(value: unknown): string {
  const [kind, content] = onlyField(value);
  switch (kind) {
    case 'concat':
      return listIn(content).map(selectorText).join(' . ');
    case 'meta':
      return `meta ${textIn(fieldsOf(content, ['key'])['key'])}`;
    case 'ct':
      return `ct ${textIn(fieldsOf(content, ['key'])['key'])}`;
    case 'payload': {
      const { protocol, field } = fieldsOf(content, ['protocol', 'field']);
      return `${textIn(protocol)} ${textIn(field)}`;
    }
    default:
      throw unexpected('a selector', value);
  }
}

/** Elements of a set in a rule have no order of their own. */
function rightText(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('set' in value)) return keyText(value);
  const elements = listIn(fieldsOf(value, ['set'])['set']).map(keyText);
  return `{ ${elements.sort().join(', ')} }`;
}

function keyText(value: unknown): string {
  if (typeof value === 'string') return plainAddress(value);
  if (typeof value === 'number') return String(value);
  const [kind, content] = onlyField(value);
  switch (kind) {
    case 'concat':
      return listIn(content).map(keyText).join(' . ');
    case 'range':
      return listIn(content).map(keyText).join('-');
    case 'prefix': {
      const { addr, len } = fieldsOf(content, ['addr', 'len']);
      return `${keyText(addr)}/${numberIn(len)}`;
    }
    default:
      throw unexpected('a value', value);
  }
}

function verdictText(value: unknown): string {
  const [kind, content] = onlyField(value);
  if (['accept', 'drop', 'return'].includes(kind) && content === null) return kind;
  if (kind !== 'jump' && kind !== 'goto') throw unexpected('a verdict', value);
  return `${kind} ${textIn(fieldsOf(content, ['target'])['target'])}`;
}
