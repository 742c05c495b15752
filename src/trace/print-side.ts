// One side of a trace as lines for people. Raw text: print-trace.ts escapes it.
import { shortPlace } from '../source/source.ts';
import type { Direction } from './side.ts';
import { ruleLines } from './print-rule.ts';
import type { PodJudgement, RuleCheck } from './reason.ts';
import { endsOf, type Trace, type TraceEnd } from './trace.ts';
import type { TierDecision } from './judge-tiers.ts';
import { clusterPeerText, clusterPortText, listText, podsText } from './words.ts';

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
  const { pod, verdict, isolatedBy, admin, baseline } = judgement;
  const says = `${pod} ${verbs[direction][verdict]}`;
  if (admin !== null || baseline !== null) return tierLines(trace, direction, judgement, says);
  if (isolatedBy.length === 0) return [`${says}: no policy isolates it for ${direction}.`];
  const [first = '', ...rest] = isolationLines(trace, direction, judgement);
  return [`${says}: ${first}`, ...rest];
}

/** The whole walk in one line, then each rule that decided with its place, then what the NetworkPolicies say. */
function tierLines(trace: Trace, direction: Direction, judgement: PodJudgement, says: string): readonly string[] {
  const { admin, baseline, decidedBy, isolatedBy } = judgement;
  const details =
    decidedBy === 'NetworkPolicy' && isolatedBy.length > 0 ? isolationLines(trace, direction, judgement) : [];
  const [first = '', ...rest] = details;
  return [
    `${says}: ${walkText(judgement, direction)}`,
    ...[admin, baseline].flatMap((decision) => (decision === null ? [] : decisionLines(decision))),
    ...(details.length === 0 ? [] : [`NetworkPolicies: ${first}`, ...rest]),
  ];
}

/** `Admin guard-rails ingress[1] passes → NetworkPolicy prod/db-policy allows`. */
function walkText(judgement: PodJudgement, direction: Direction): string {
  const { admin, baseline, decidedBy, isolatedBy, allowedBy, verdict } = judgement;
  const step = (decision: TierDecision | null): readonly string[] =>
    decision === null ? [] : [`${decision.policy.tier} ${decisionName(decision)} ${actionVerbs[decision.action]}`];
  if (decidedBy === 'Admin') return step(admin).join('');
  const [allowing] = allowedBy;
  if (decidedBy === 'NetworkPolicy') {
    const several = isolatedBy.length > 1;
    const word =
      verdict === 'allow' && allowing !== undefined
        ? `NetworkPolicy ${allowing.name} allows`
        : `${several ? `${isolatedBy.length} NetworkPolicies do` : `NetworkPolicy ${isolatedBy[0]?.name ?? ''} does`} not allow it`;
    return [...step(admin), word].join(' → ');
  }
  const none = `no NetworkPolicy isolates it for ${direction}`;
  const end = decidedBy === 'default' ? ['allowed by default'] : [];
  return [...step(admin), none, ...step(baseline), ...end].join(' → ');
}

const actionVerbs = { Accept: 'accepts', Deny: 'denies', Pass: 'passes' } as const;

/** `guard-rails ingress[1]`. */
function decisionName({ policy, rule }: TierDecision): string {
  return `${policy.name} ${rule.origin.path.replace(/^spec\./, '')}`;
}

function decisionLines(decision: TierDecision): readonly string[] {
  const { policy, rule, action, because } = decision;
  const name = rule.name === null ? '' : ` "${rule.name}"`;
  const peers = listText(rule.peers.slice(0, mostRules).map(clusterPeerText), 'or');
  const more = rule.peers.length > mostRules ? ` and ${rule.peers.length - mostRules} more` : '';
  const ports =
    rule.ports === null ? 'everything' : listText(rule.ports.slice(0, mostRules).map(clusterPortText), 'or');
  const what = because === null ? action : `${rule.action}, taken as Deny: ${reasons[because]}`;
  return [
    `  ${policy.tier}  ${policy.kind}/${decisionName(decision)}${name}  ${shortPlace(rule.origin.span)}`,
    `    ${what}  ${ports}, ${peers}${more}`,
  ];
}

const reasons = {
  'newer-schema': 'it has a peer or port of which nothing is known',
  undecided: 'the snapshot leaves open whether it matches',
} as const;

/** By whom a pod is isolated, and what came of it. The first line follows on others. */
function isolationLines(trace: Trace, direction: Direction, judgement: PodJudgement): readonly string[] {
  const { verdict, isolatedBy, allowedBy } = judgement;
  const policies = isolatedBy.length === 1 ? '1 policy' : `${isolatedBy.length} policies`;
  return [
    `it is isolated for ${direction} by ${policies}`,
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
