// One side of a trace as lines for people. Raw text: print-trace.ts escapes it.
import { shortPlace } from '../source/source.ts';
import type { Direction } from './side.ts';
import { ruleLines } from './print-rule.ts';
import type { PodJudgement, RuleCheck } from './reason.ts';
import { endsOf, type Trace, type TraceEnd } from './trace.ts';
import { listText, podsText } from './words.ts';

/** How many policies and rules are shown; the rest are counted. */
const mostPolicies = 5;
const mostRules = 3;

/** The paragraph of one direction: who judges, what it says, and why. */
export function sideLines(trace: Trace, direction: Direction): readonly string[] {
  const { subject, other } = endsOf(trace, direction);
  const side = trace[direction];
  if (side.kind === 'judged') return judgedLines(trace, direction, side.pods);
  if (side.why === 'own-node') return [ownNodeText(direction, subject, other)];
  const limits = direction === 'egress' ? 'what it sends' : 'what reaches it';
  const exempt =
    side.why === 'self'
      ? 'A pod may always talk to itself: no policy is asked.'
      : subject.service === null
        ? `${endName(subject)} is not a pod: no policy limits ${limits}.`
        : serviceText(subject.address, subject.service);
  return [exempt, ...subject.uncounted.map(uncountedText)];
}

/** `prod/web`, `node n1`, `203.0.113.9`. */
export function endName({ pods, node, address }: TraceEnd): string {
  if (pods.length > 0) return listText(pods, 'and');
  return node === null ? address : `node ${node}`;
}

function judgedLines(trace: Trace, direction: Direction, pods: readonly PodJudgement[]): readonly string[] {
  const { subject } = endsOf(trace, direction);
  const each = pods.map((judgement) => judgementLines(trace, direction, judgement));
  if (pods.length === 1) return each.flat();
  const claimed = `${pods.length} pods claim ${subject.address}: each of them must allow this.`;
  return [claimed, ...each.flatMap((lines) => ['', ...lines])];
}

function judgementLines(trace: Trace, direction: Direction, judgement: PodJudgement): readonly string[] {
  const { pod, verdict, isolatedBy, allowedBy } = judgement;
  const says = `${pod} ${verbs[direction][verdict]}`;
  if (isolatedBy.length === 0) return [`${says}: no policy isolates it for ${direction}.`];
  const policies = isolatedBy.length === 1 ? '1 policy' : `${isolatedBy.length} policies`;
  return [
    `${says}: it is isolated for ${direction} by ${policies}`,
    ...shorten(isolatedBy, mostPolicies, 'policies').map((each) =>
      typeof each === 'string'
        ? `  ${each}`
        : `  ${each.name}  ${shortPlace(each.policy.origin.span)}  selects ${podsText(each.policy.subject)}`,
    ),
    ...(verdict === 'allow' ? allowedLines(trace, direction, allowedBy) : deniedLines(trace, direction, judgement)),
  ];
}

const verbs = {
  egress: { allow: 'may send this', deny: 'may not send this' },
  ingress: { allow: 'accepts this', deny: 'refuses this' },
} as const;

function allowedLines(trace: Trace, direction: Direction, rules: readonly RuleCheck[]): readonly string[] {
  const intro = rules.length === 1 ? 'and this rule allows it:' : `and ${rules.length} rules allow it, each alone:`;
  return [intro, ...rulesLines(trace, direction, rules)];
}

function deniedLines(trace: Trace, direction: Direction, judgement: PodJudgement): readonly string[] {
  const { isolatedBy, missed } = judgement;
  const nobody = isolatedBy.length === 1 ? 'it has no' : 'none of them has an';
  if (missed.length === 0) return [`and ${nobody} ${direction} rule, so nothing is allowed.`];
  const intro = missed.length === 1 ? 'and the only rule does not match:' : 'and no rule matches. The nearest first:';
  return [intro, ...rulesLines(trace, direction, missed)];
}

function rulesLines(trace: Trace, direction: Direction, rules: readonly RuleCheck[]): readonly string[] {
  const { other } = endsOf(trace, direction);
  return shorten(rules, mostRules, 'rules').flatMap((rule) =>
    typeof rule === 'string'
      ? [`  ${rule}`]
      : ruleLines(rule, { direction, flow: trace.flow, other: endName(other), ...addressesOf(trace, direction) }),
  );
}

function addressesOf(trace: Trace, direction: Direction): { readonly address: string; readonly destination: string } {
  return { address: endsOf(trace, direction).other.address, destination: endName(trace.destination) };
}

/** The verdict is about the address as asked; a real connection comes out of the translation with another one. */
function serviceText(address: string, service: string): string {
  return `${address} is Service ${service}: policies see the pod behind it and its target port. Trace that one too.`;
}

function ownNodeText(direction: Direction, subject: TraceEnd, other: TraceEnd): string {
  return direction === 'ingress'
    ? `${endName(subject)} accepts this: its own ${endName(other)} may always reach it, as health checks need.`
    : `${endName(subject)} may send this: --allow-egress-to-own-node lets it reach its own ${endName(other)}.`;
}

function uncountedText({ pod, hostNetwork }: TraceEnd['uncounted'][number]): string {
  return hostNetwork
    ? `${pod} uses its node's network (hostNetwork): policies see the node and not the pod.`
    : `${pod} had this address, but it has finished and no longer counts.`;
}

/** The first items, and a line that counts what is left out. */
function shorten<T>(items: readonly T[], most: number, what: string): readonly (T | string)[] {
  if (items.length <= most) return items;
  return [...items.slice(0, most), `… and ${items.length - most} more ${what}`];
}
