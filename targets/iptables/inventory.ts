// What the files consist of, in words that outlive a change of them: for comparing two plans.
import type { Family } from '../../src/net/address.ts';
import type { Inventory } from '../../src/target.ts';
import type { Chain, FamilyRules, IptablesPlan, Match, Rule } from './iptables-plan.ts';
import { kindOfChain } from './names.ts';
import { ruleMeaning } from './rule-text.ts';

/**
 * - Sets: ipsets, by type and family. None with `--no-ipset`.
 * - Elements: their elements, and the ports that rules list. A peer's text is its address, wherever it is a peer.
 * - Rules: all rules of both families, without the ports that they list. With `--no-ipset` every range of peers is one.
 *   Rules that lead down a tree are alike, whatever ranges it was cut into.
 *
 * O(elements + rules).
 */
export function iptablesInventory({ rules, sets }: IptablesPlan): Inventory {
  const ipsets = sets ?? [];
  const typeBySet = new Map(ipsets.map(({ name, type }) => [name, type]));
  const placed = rules.flatMap(placeRules);
  return {
    sets: ipsets.map(({ type, family }) => `${type} ${family}`),
    elements: [...ipsets.map(({ elements }) => elements), placed.flatMap(portElements)].flat(),
    rules: placed.map((each) => textOf(each, typeBySet)),
  };
}

/** What a chain is: one of a profile's own, or, without an owner, one of its kind. */
interface Place {
  /** `ingress of prod/db` */
  readonly owner: string | null;
  readonly kind: string;
}

interface PlacedRule extends Place {
  readonly rule: Rule;
  readonly family: Family;
  /** The chain that it leads to. */
  readonly next: Place | null;
}

function placeRules({ family, chains }: FamilyRules): readonly PlacedRule[] {
  const placeByChain = findPlaces(chains);
  return chains.flatMap(({ name, rules }) => {
    const place = placeByChain.get(name) ?? nowhere;
    return rules.map((rule) => {
      const next = 'chain' in rule.verdict ? (placeByChain.get(rule.verdict.chain) ?? nowhere) : null;
      return { ...place, rule, family, next };
    });
  });
}

const nowhere: Place = { owner: null, kind: '' };

/** The chains that a profile's first one leads to are its own, and stand behind it. */
function findPlaces(chains: readonly Chain[]): ReadonlyMap<string, Place> {
  const ownerByChain = new Map<string, string>();
  const placeByChain = new Map<string, Place>();
  for (const { name, about, rules } of chains) {
    const owner = about ?? ownerByChain.get(name) ?? null;
    placeByChain.set(name, { owner, kind: kindOfChain(name) });
    if (owner === null) continue;
    for (const { verdict } of rules) if ('chain' in verdict) ownerByChain.set(verdict.chain, owner);
  }
  return placeByChain;
}

/** `IPv4 ingress of prod/db tcp 80`. Rules that lead down a tree list no ports of their own. */
function portElements(placed: PlacedRule): readonly string[] {
  if (leadsDown(placed)) return [];
  const { rule, family, owner } = placed;
  return rule.matches.flatMap((match) =>
    match.kind === 'ports' ? match.ports.map((port) => `${family} ${owner ?? ''} ${match.protocol} ${port}`) : [],
  );
}

function textOf(placed: PlacedRule, typeBySet: ReadonlyMap<string, string>): string {
  const { rule, family, next } = placed;
  const place = `${family} ${placeText(placed)}`;
  if (leadsDown(placed)) return `${place} to a branch`;
  const matches = rule.matches.map((match) => withoutNames(match, typeBySet));
  const verdict = 'chain' in rule.verdict ? { ...rule.verdict, chain: placeText(next ?? nowhere) } : rule.verdict;
  return `${place} ${ruleMeaning({ ...rule, matches, verdict })}`;
}

function placeText({ owner, kind }: Place): string {
  return owner === null ? kind : `${owner} ${kind}`;
}

/** Only chains that are nodes of a tree lead to others of their kind. */
function leadsDown({ kind, next }: PlacedRule): boolean {
  return next?.kind === kind;
}

function withoutNames(match: Match, typeBySet: ReadonlyMap<string, string>): Match {
  if (match.kind === 'set') return { ...match, set: typeBySet.get(match.set) ?? '' };
  return match.kind === 'ports' ? { ...match, ports: ['some'] } : match;
}
