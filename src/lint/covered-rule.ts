// Whether the other rules for some pods allow everything that one rule does: the proof behind L-23, with exact sets.
import { areDisjoint, contains, isEmpty } from '../net/address-set.ts';
import { allowTable, isEmptyTable, subtractTables, type Allow } from '../net/allow-table.ts';
import { firstAddress } from './address-facts.ts';
import type { RuleInPolicy } from './policy-rules.ts';

/** Pods of which the same rules are true, with what each rule allows them. */
export interface SubjectClass {
  readonly allowsByRule: ReadonlyMap<RuleInPolicy, readonly Allow[]>;
}

/**
 * The rules that together allow what `rule` does, in every class; null when something would be missing, or the rule
 * allows nothing to begin with. Only rules that are `kept` count. A sample that nobody else allows ends most questions.
 */
export function coveringRules(
  rule: RuleInPolicy,
  classes: readonly SubjectClass[],
  kept: (rule: RuleInPolicy) => boolean,
): readonly RuleInPolicy[] | null {
  const covering = new Set<RuleInPolicy>();
  for (const { allowsByRule } of classes) {
    const own = (allowsByRule.get(rule) ?? []).filter(({ peers }) => !isEmpty(peers));
    if (own.length === 0) continue;
    const others = [...allowsByRule].flatMap(([other, allows]) =>
      other === rule || !kept(other) ? [] : allows.map((allow) => ({ other, allow })),
    );
    if (!own.every((allow) => others.some((each) => holdsSample(each.allow, allow)))) return null;
    const near = others.filter(({ allow }) => own.some((each) => overlaps(allow, each)));
    const missing = subtractTables(allowTable(own), allowTable(near.map(({ allow }) => allow)));
    if (!isEmptyTable(missing)) return null;
    for (const { other } of near) covering.add(other);
  }
  return covering.size === 0 ? null : [...covering];
}

/** Whether an allow has the first connection of another one. */
function holdsSample(allow: Allow, { peers, transport, ports }: Allow): boolean {
  const address = firstAddress(peers);
  if (address === null || !contains(allow.peers, address)) return false;
  if (allow.transport === null) return true;
  const port = Math.max(1, ports.first);
  return allow.transport === transport && allow.ports.first <= port && port <= allow.ports.last;
}

function overlaps(a: Allow, b: Allow): boolean {
  if (a.transport !== null && b.transport !== null) {
    if (a.transport !== b.transport || a.ports.first > b.ports.last || b.ports.first > a.ports.last) return false;
  }
  return !areDisjoint(a.peers, b.peers);
}
