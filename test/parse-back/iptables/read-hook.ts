// The chains that packets enter: connections first, then control messages, then what looks at addresses.
import type { Family } from '../../../src/net/address.ts';
import { walkControlRules, type ControlRule } from '../control-rules.ts';
import { openHook, protocolNumbers, type HookReading, type Step } from '../hook-facts.ts';
import { unexpected } from '../strict-json.ts';
import type { SavedRule } from './rule.ts';

/** One hook of one family. */
export interface SavedHook extends HookReading {
  /** Where the trees begin that steps lead to. */
  readonly trees: Readonly<Partial<Record<Step, string>>>;
}

export interface HookOptions {
  readonly family: Family;
  readonly rulesOf: (chain: string) => readonly SavedRule[];
  /** What a chain without conditions leads to: to a tree of senders, or to a list of steps. */
  readonly judging: 'tree' | 'steps';
}

/** `entry` is the chain that NETPOLC-FORWARD or NETPOLC-INPUT sends everything to. Its end lets packets pass. */
export function readHook(entry: string, options: HookOptions): SavedHook {
  const rules = options.rulesOf(entry);
  if (rules.length === 0) return { ...openHook, trees: {} };
  const judging = judgingChain(rules);
  const control = rules.map((rule) => controlRule(rule, judging, options));
  const steps = judging === null ? [] : readSteps(judging, options);
  return {
    verdictOf: (packet) => walkControlRules(control, packet) ?? 'passes',
    steps: steps.map(({ step }) => step),
    trees: Object.fromEntries(steps.flatMap(({ step, tree }) => (tree === null ? [] : [[step, tree]]))),
  };
}

/** Where the last rule sends whatever comes to it. */
function judgingChain(rules: readonly SavedRule[]): string | null {
  const last = rules.at(-1);
  return last !== undefined && isUnconditional(last) && last.verdict.kind === 'goto' ? last.verdict.chain : null;
}

function controlRule(rule: SavedRule, judging: string | null, options: HookOptions): ControlRule {
  const { source, destination, protocol, ports, icmpType, state, verdict } = rule;
  if (source !== null || destination !== null || ports !== null) throw unexpected('a control message', rule);
  const number = protocol === null ? null : protocolNumbers[protocol === 'icmp' ? 'icmp' : 'ipv6-icmp'];
  if (protocol !== null && protocol !== 'icmp' && protocol !== 'ipv6-icmp') throw unexpected('ICMP', protocol);
  return {
    matches: (packet) =>
      (number === null || packet.protocol === number) &&
      (icmpType === null || packet.type === icmpType) &&
      (state === null || packet.state === state.toLowerCase()),
    verdict: controlVerdict(verdict, judging, options),
  };
}

function controlVerdict(
  verdict: SavedRule['verdict'],
  judging: string | null,
  options: HookOptions,
): ControlRule['verdict'] {
  switch (verdict.kind) {
    case 'return':
      return 'passes';
    case 'drop':
      return 'dropped';
    case 'goto':
      if (verdict.chain === judging) return 'judged';
      return {
        kind: 'goto',
        rules: options.rulesOf(verdict.chain).map((rule) => controlRule(rule, judging, options)),
      };
    case 'jump':
      throw unexpected('a chain to go to', verdict);
  }
}

interface JudgingStep {
  readonly step: Step;
  readonly tree: string | null;
}

function readSteps(chain: string, options: HookOptions): readonly JudgingStep[] {
  if (options.judging === 'tree') return [{ step: 'egress', tree: chain }];
  return options.rulesOf(chain).map((rule): JudgingStep => {
    const { source, destination, verdict } = rule;
    if (isUnconditional(rule) && verdict.kind === 'jump') {
      return { step: directionOf(verdict.chain, options), tree: verdict.chain };
    }
    const match = source ?? destination;
    const isAddress = isUnconditional({ ...rule, source: null, destination: null }) && match?.kind === 'prefix';
    if (
      !isAddress ||
      match.text !== 'fe80::/10' ||
      verdict.kind !== 'drop' ||
      (source !== null && destination !== null)
    )
      throw unexpected('link-local addresses, or a jump', rule);
    return { step: source === null ? 'drop to link-local' : 'drop from link-local', tree: null };
  });
}

/** A tree looks at one side alone, read-tree.ts holds that: each of its rules without a peer tells which. */
function directionOf(tree: string, { rulesOf }: HookOptions): 'egress' | 'ingress' {
  const rules = rulesOf(tree).filter(({ source, destination }) => source === null || destination === null);
  const isEgress = rules.some(({ source }) => source !== null);
  return isEgress ? 'egress' : 'ingress';
}

function isUnconditional({ source, destination, protocol, ports, icmpType, state }: SavedRule): boolean {
  return [source, destination, protocol, ports, icmpType, state].every((part) => part === null);
}
