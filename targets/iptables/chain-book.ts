// The chains of one family, named as they are added and put into reading order at the end.
import type { Family } from '../../src/net/address.ts';
import type { SafeText } from '../shared/safe-text.ts';
import type { Chain, Rule } from './iptables-plan.ts';
import { chainName, type ChainKind, type HashedName } from './names.ts';
import { ruleMeaning } from './rule-text.ts';

export interface ChainBook {
  /** Adds a chain and gives its name. Chains that its rules lead to are added before. */
  readonly add: (kind: ChainKind, chain: NewChain) => string;
  /** Every chain that packets get to from these, each once: first a chain, then those that it leads to. */
  readonly from: (names: readonly string[]) => readonly Chain[];
}

export interface NewChain {
  /** Tells chains apart whose rules are the same by chance, so that each keeps its own comments. */
  readonly owner?: string;
  /** Takes no part in names. */
  readonly about?: SafeText;
  readonly notes?: readonly SafeText[];
  readonly rules: readonly Rule[];
}

/** `claim` notes what a name stands for. */
export function createChainBook(family: Family, claim: (name: HashedName) => string): ChainBook {
  const chainByName = new Map<string, Chain>();
  return {
    add: (kind, { owner = '', about = null, notes = [], rules }) => {
      const name = claim(chainName(kind, family, owner, rules.map(ruleMeaning)));
      if (!chainByName.has(name)) chainByName.set(name, { name, about, notes, rules });
      return name;
    },
    from: (names) => {
      const found = new Map<string, Chain>();
      const visit = (name: string): void => {
        const chain = chainByName.get(name);
        if (chain === undefined) throw new Error(`chain ${name} was never added`);
        if (found.has(name)) return;
        found.set(name, chain);
        for (const { verdict } of chain.rules) if ('chain' in verdict) visit(verdict.chain);
      };
      names.forEach(visit);
      return [...found.values()];
    },
  };
}
