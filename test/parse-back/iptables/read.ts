// What iptables-save and `ipset save` print → what it means. It knows the shapes that the target emits, and no others.
import { getOrMake } from '../../../src/collections/get-or-make.ts';
import type { Direction } from '../../../src/ir/ir.ts';
import { families, type Family } from '../../../src/net/address.ts';
import { wholeFamily } from '../../../src/net/address-set.ts';
import { must } from '../../kit/must.ts';
import { factsOfHooks } from '../hook-facts.ts';
import type { Hook, Meaning } from '../meaning.ts';
import type { Judgement } from '../peer-table.ts';
import { unexpected } from '../strict-json.ts';
import type { SavedSet } from './ipset.ts';
import { readHook, type SavedHook } from './read-hook.ts';
import { createProfileReader } from './read-profile.ts';
import { readTree } from './read-tree.ts';
import { parseRule, type SavedRule } from './rule.ts';
import type { FilterTable } from './save.ts';

export interface SavedState {
  readonly tables: Readonly<Record<Family, FilterTable>>;
  readonly sets: ReadonlyMap<string, SavedSet>;
}

/** Throws at whatever the target and its scripts would not make. */
export function readSavedState({ tables, sets }: SavedState): Meaning {
  const [four, six] = families.map((family) => readFamily(family, tables[family], sets));
  const both = { IPv4: must(four), IPv6: must(six) };
  const judged = (hook: Hook, direction: Direction): ReadonlyMap<string, Judgement> =>
    new Map(families.flatMap((family) => [...both[family].judged(hook, direction)]));
  return {
    judged: {
      'forward egress': judged('forward', 'egress'),
      'forward ingress': judged('forward', 'ingress'),
      'input egress': judged('input', 'egress'),
      'input ingress': judged('input', 'ingress'),
    },
    facts: factsOfHooks({
      forward: { IPv4: both.IPv4.hooks.forward, IPv6: both.IPv6.hooks.forward },
      input: { IPv4: both.IPv4.hooks.input, IPv6: both.IPv6.hooks.input },
    }),
  };
}

interface FamilyReading {
  readonly hooks: Readonly<Record<Hook, SavedHook>>;
  readonly judged: (hook: Hook, direction: Direction) => ReadonlyMap<string, Judgement>;
}

function readFamily(family: Family, { chains }: FilterTable, sets: SavedState['sets']): FamilyReading {
  const wordsByChain = new Map(chains.map(({ name, rules }) => [name, rules]));
  const parsed = new Map<string, readonly SavedRule[]>();
  const rulesOf = (chain: string): readonly SavedRule[] =>
    getOrMake(parsed, chain, () => must(wordsByChain.get(chain), chain).map(parseRule));
  const hooks = {
    forward: readHook(entryOf('FORWARD', rulesOf), { family, rulesOf, judging: 'steps' }),
    input: readHook(entryOf('INPUT', rulesOf), { family, rulesOf, judging: 'tree' }),
  };
  const everyone = wholeFamily(family);
  const tableOf = {
    egress: createProfileReader({ rulesOf, sets, side: 'destination', everyone }),
    ingress: createProfileReader({ rulesOf, sets, side: 'source', everyone }),
  };
  return {
    hooks,
    judged: (hook, direction) => {
      const root = hooks[hook].trees[direction];
      if (root === undefined) return new Map();
      const leaves = readTree(root, everyone, { rulesOf, side: direction === 'egress' ? 'source' : 'destination' });
      return new Map(
        [...leaves].map(([address, { chain, self }]) => [address, { table: tableOf[direction](chain), self }]),
      );
    },
  };
}

/** The built-in chain sends everything to NETPOLC-*, before any other rule, and that sends everything on. */
function entryOf(hook: 'FORWARD' | 'INPUT', rulesOf: (chain: string) => readonly SavedRule[]): string {
  const [jump] = rulesOf(hook);
  const [entry, ...rest] = rulesOf(`NETPOLC-${hook}`);
  const isFirst =
    jump !== undefined && only(jump) && 'chain' in jump.verdict && jump.verdict.chain === `NETPOLC-${hook}`;
  if (!isFirst || jump.verdict.kind !== 'jump') throw unexpected(`a jump to NETPOLC-${hook}`, jump);
  if (entry === undefined || rest.length > 0 || !only(entry) || entry.verdict.kind !== 'jump')
    throw unexpected('a jump to the chain in force', entry);
  return entry.verdict.chain;
}

function only({ verdict: _, ...conditions }: SavedRule): boolean {
  return Object.values(conditions).every((condition) => condition === null);
}
