// L-24: a connection that one side allows and the other never does. Source: S-502.
import {
  addressesOf,
  areDisjoint,
  contains,
  intersect,
  isEmpty,
  subtract,
  type AddressSet,
} from '../../net/address-set.ts';
import { transports, type Allow, type AllowTable } from '../../net/allow-table.ts';
import { allPorts } from '../../net/protocol.ts';
import type { PodPeer, PolicyRule } from '../../policy/network-policy.ts';
import { egressNamedPort, portNumbers } from '../../resolve/named-ports.ts';
import type { Pod } from '../../snapshot/snapshot.ts';
import { podsText } from '../../trace/words.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import type { RuleInPolicy } from '../policy-rules.ts';
import { onePerPorts } from '../subject-classes.ts';
import { someOf } from '../words.ts';

/** Told of a peer only when no pair of pods that it is about can connect: a general rule and stricter peers are usual. */
export const oneSidedAllow: Lint = {
  id: 'L-24',
  code: 'NP6024',
  severity: 'warning',
  needs: ['pods'],
  check,
};

/** A peer of more sets of labels than this is no particular one. */
const mostGroups = 1000;

function check(context: LintContext): readonly Found[] {
  return context.rules.flatMap((rule) =>
    (rule.rule.peers ?? []).flatMap((peer) => (peer.kind === 'pods' ? checkPeer(context, rule, peer) : [])),
  );
}

function checkPeer(context: LintContext, each: RuleInPolicy, peer: PodPeer): readonly Found[] {
  const { policy, direction, key } = each;
  const subject = subjectOf(each);
  const subjects = context.resolver.addresses([subject], policy.namespace);
  const groups = context.groupsOf({ peer, namespace: policy.namespace });
  if (isEmpty(subjects) || groups.length === 0 || groups.length > mostGroups) return [];
  const wanted = wantedConnections(context, each, subjects);
  let refusing: Refusal | null = null;
  for (const { pods } of groups) {
    for (const pod of onePerPorts(pods)) {
      const answer = askOtherSide(context, each, { pod, isAlone: pods.length === 1, subjects, wanted: wanted(pod) });
      if (answer === 'allowed') return [];
      if (answer !== 'nothing to ask') refusing ??= answer;
    }
  }
  if (refusing === null) return [];
  const { path, span } = peer.origin;
  const by = someOf([...new Set(refusing.by)].map((name) => `\`${name}\``));
  const parameters = { path, direction, others: podsText(peer.podSelector), by };
  return [found('NP6024', parameters, span, { policy: key })];
}

function subjectOf({ policy }: RuleInPolicy): PodPeer {
  const { subject: podSelector, subjectOrigin: origin } = policy;
  return { kind: 'pods', namespaceSelector: null, podSelector, origin };
}

/** For a pod of the peer: connections with the subjects that the rule allows, as the table of the other side has them. */
function wantedConnections(
  { cluster, resolver }: LintContext,
  { policy, direction, rule }: RuleInPolicy,
  subjects: AddressSet,
): (pod: Pod) => readonly Allow[] {
  const numbered = numberedAllows(rule, subjects);
  const named = (rule.ports ?? []).filter((port) => port.kind === 'named');
  if (named.length === 0) return () => numbered;
  if (direction === 'egress') {
    return ({ namedPorts }) => [
      ...numbered,
      ...named.flatMap(({ name, protocol }) =>
        portNumbers(namedPorts, name, protocol).map((number) => ({
          peers: subjects,
          transport: protocol,
          ports: { first: number, last: number },
        })),
      ),
    ];
  }
  const peers = [subjectOf({ policy, direction, rule, key: '' })];
  const own = named.flatMap(({ name, protocol }) =>
    egressNamedPort(cluster, resolver.podsDeclaring(name, peers, policy.namespace), name, protocol),
  );
  return () => [...numbered, ...own];
}

function numberedAllows({ ports }: PolicyRule, peers: AddressSet): readonly Allow[] {
  if (ports === null) return [{ peers, transport: null, ports: allPorts }];
  return ports.flatMap((port) =>
    port.kind === 'range' ? [{ peers, transport: port.protocol, ports: port.range }] : [],
  );
}

interface Question {
  readonly pod: Pod;
  /** Whether no other pod has its labels. */
  readonly isAlone: boolean;
  readonly subjects: AddressSet;
  readonly wanted: readonly Allow[];
}

interface Refusal {
  /** The policies that isolate the pod. */
  readonly by: readonly string[];
}

/** A pod always reaches itself, so that is no answer (S-601). */
function askOtherSide(
  { enforcementOf }: LintContext,
  { direction }: RuleInPolicy,
  { pod, isAlone, subjects, wanted }: Question,
): 'allowed' | 'nothing to ask' | Refusal {
  const isSubject = pod.addresses.some((address) => contains(subjects, address));
  const others = isSubject && isAlone ? subtract(subjects, addressesOf(pod.addresses)) : subjects;
  const within = (peers: AddressSet): AddressSet => (others === subjects ? peers : intersect(peers, others));
  const asked = wanted
    .map((allow) => ({ ...allow, peers: within(allow.peers) }))
    .filter(({ peers }) => !isEmpty(peers));
  if (asked.length === 0) return 'nothing to ask';
  const enforcement = enforcementOf(pod, direction === 'ingress' ? 'egress' : 'ingress');
  if (enforcement === null) return 'allowed';
  const isAllowed = asked.some((allow) => allowsSome(enforcement.table, allow));
  return isAllowed ? 'allowed' : { by: enforcement.isolatedBy.map(({ policy }) => policy) };
}

function allowsSome({ every, rows }: AllowTable, { peers, transport, ports }: Allow): boolean {
  if (!areDisjoint(every, peers)) return true;
  return transports.some(
    (each) =>
      (transport === null || transport === each) &&
      rows[each].some((row) => row.first <= ports.last && ports.first <= row.last && !areDisjoint(row.peers, peers)),
  );
}
