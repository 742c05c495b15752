// The emitted files and what iptables-save and ipset print, as lines of one language.
//
// What the tools make of the files, and is allowed for here and in ipset.ts:
// - iptables-nft prints chains sorted by name; the order of chains means nothing, that of a chain's rules is kept;
// - comments are printed with quotes only where a blank needs them;
// - `load.sh` adds the jump from FORWARD and from INPUT, which no file of rules can say without adding it twice;
// - built-in chains are there without being emitted;
// - counters are the kernel's.
import type { Family } from '../../../src/net/address.ts';
import type { SavedSet } from './ipset.ts';
import type { FilterTable, SavedChain } from './save.ts';

const builtIn = ['INPUT', 'FORWARD', 'OUTPUT'];

export function factsOfRules(family: Family, { chains }: FilterTable): readonly string[] {
  return chains.filter((chain) => !isUntouched(chain)).flatMap((chain) => chainFacts(family, chain));
}

/** What `load.sh` adds to the file. */
export function factsOfJumps(family: Family): readonly string[] {
  return ['FORWARD', 'INPUT'].flatMap((name) =>
    chainFacts(family, { name, policy: 'ACCEPT', rules: [['-j', `NETPOLC-${name}`]] }),
  );
}

export function factsOfSets(sets: ReadonlyMap<string, SavedSet>): readonly string[] {
  return [...sets.values()].flatMap(({ name, kind, elements }) => [
    `set ${name}: ${kind}`,
    ...elements.map((element) => `set ${name}: ${element}`),
  ]);
}

function isUntouched({ name, policy, rules }: SavedChain): boolean {
  return builtIn.includes(name) && policy === 'ACCEPT' && rules.length === 0;
}

function chainFacts(family: Family, { name, policy, rules }: SavedChain): readonly string[] {
  return [
    `${family} chain ${name} ${policy}`,
    ...rules.map((words, index) => `${family} chain ${name}: ${index + 1}. ${JSON.stringify(words)}`),
  ];
}
