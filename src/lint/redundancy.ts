// Rules and policies that could be taken away all at once without changing anything.
import { groupBy } from '../collections/get-or-make.ts';
import type { Direction } from '../ir/ir.ts';
import type { NetworkPolicy } from '../policy/network-policy.ts';
import { coveringRules, type SubjectClass } from './covered-rule.ts';
import { directions, type RuleInPolicy } from './policy-rules.ts';
import { isRuleWithin, isSubjectWithin } from './subsumption.ts';

export interface Redundancy {
  /** Redundant rules, with what allows the same instead; never empty. */
  readonly rules: ReadonlyMap<RuleInPolicy, Instead>;
  /** Policies without which their pods are still isolated, and of which every rule is redundant. */
  readonly policies: ReadonlyMap<NetworkPolicy, Instead>;
}

export interface Instead {
  /** Whether it holds for any pods, or only for those of the snapshot. */
  readonly always: boolean;
  readonly by: readonly RuleInPolicy[];
  /** Of a policy: those that isolate its pods. */
  readonly isolatedBy: readonly NetworkPolicy[];
}

/** Policies of a namespace with more different subjects than this are compared with those of equal or empty ones only. */
const mostSubjects = 300;

/**
 * Later rules and policies are taken away first, and what is taken away allows nothing for others: of two equal ones the
 * earlier stays. `classesOf` gives the pods that a policy is for, told apart by what is enforced for them.
 */
export function findRedundancy(
  rules: readonly RuleInPolicy[],
  policies: readonly NetworkPolicy[],
  classesOf: (policy: NetworkPolicy, direction: Direction) => readonly SubjectClass[],
): Redundancy {
  const removed = new Map<RuleInPolicy, Instead>();
  const widerThan = createWiderThan(policies);
  const rulesByPolicy = groupBy(rules, ({ policy }) => policy);
  const latestFirst = [...rules].reverse();
  for (const rule of latestFirst) {
    const by = widerThan(rule.policy)
      .flatMap((policy) => rulesByPolicy.get(policy) ?? [])
      .find((each) => each !== rule && !removed.has(each) && isCoveredAsWritten(rule, each));
    if (by !== undefined) removed.set(rule, { always: true, by: [by], isolatedBy: [] });
  }
  for (const rule of latestFirst) {
    if (removed.has(rule)) continue;
    const by = coveringRules(rule, classesOf(rule.policy, rule.direction), (each) => !removed.has(each));
    if (by !== null) removed.set(rule, { always: false, by, isolatedBy: [] });
  }
  const rest = { removed, rulesByPolicy, widerThan };
  return { rules: removed, policies: findPolicies(policies, rest) };
}

function isCoveredAsWritten(narrow: RuleInPolicy, wide: RuleInPolicy): boolean {
  return narrow.direction === wide.direction && isRuleWithin(narrow.rule, wide.rule);
}

interface Rest {
  readonly removed: ReadonlyMap<RuleInPolicy, Instead>;
  readonly rulesByPolicy: ReadonlyMap<NetworkPolicy, readonly RuleInPolicy[]>;
  readonly widerThan: (policy: NetworkPolicy) => readonly NetworkPolicy[];
}

/**
 * That pods stay isolated must hold for pods to come, too: a policy for all of them is there for those. And a policy without
 * rules, a default deny, states what others only bring about: only another one without rules stands for it.
 */
function findPolicies(
  policies: readonly NetworkPolicy[],
  { removed, rulesByPolicy, widerThan }: Rest,
): ReadonlyMap<NetworkPolicy, Instead> {
  const redundant = new Map<NetworkPolicy, Instead>();
  for (const policy of [...policies].reverse()) {
    const instead = (rulesByPolicy.get(policy) ?? []).map((rule) => removed.get(rule) ?? null);
    if (instead.includes(null)) continue;
    const isDenial = instead.length === 0;
    const others = widerThan(policy).filter(
      (each) => each !== policy && !redundant.has(each) && (!isDenial || !rulesByPolicy.has(each)),
    );
    const isolating = directions.flatMap((direction) =>
      policy[direction] === null ? [] : [others.find((each) => each[direction] !== null) ?? null],
    );
    if (isolating.includes(null) || isolating.length === 0) continue;
    redundant.set(policy, {
      always: instead.every((each) => each?.always === true),
      by: instead.flatMap((each) => each?.by ?? []),
      isolatedBy: [...new Set(isolating)].filter((each) => each !== null),
    });
  }
  return redundant;
}

/** Answers which policies are for every pod that a policy is for, itself included, whatever pods there are. */
function createWiderThan(policies: readonly NetworkPolicy[]): (policy: NetworkPolicy) => readonly NetworkPolicy[] {
  const byNamespace = groupBy(policies, ({ namespace }) => namespace);
  const bySubject = new Map(
    [...byNamespace].map(([namespace, each]) => [namespace, groupBy(each, subjectKey)] as const),
  );
  const answers = new Map<string, readonly NetworkPolicy[]>();
  return (policy) => {
    const key = subjectKey(policy);
    const subjects = bySubject.get(policy.namespace) ?? new Map<string, readonly NetworkPolicy[]>();
    const known = answers.get(`${policy.namespace} ${key}`);
    if (known !== undefined) return known;
    const isWider = ([other, [first]]: readonly [string, readonly NetworkPolicy[]]): boolean => {
      if (other === key || first?.subject.requirements.length === 0) return true;
      return first !== undefined && subjects.size <= mostSubjects && isSubjectWithin(policy, first);
    };
    const wider = [...subjects].filter(isWider).flatMap(([, each]) => each);
    answers.set(`${policy.namespace} ${key}`, wider);
    return wider;
  };
}

function subjectKey({ subject }: NetworkPolicy): string {
  return JSON.stringify(subject.requirements.map(({ key, operator, values }) => [key, operator, ...values]));
}
