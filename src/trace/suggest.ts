// What would have to change for a denied connection to pass: the smallest change to the nearest rule.
import { formatAddress } from '../net/address.ts';
import { policyKey, type NetworkPolicy } from '../policy/network-policy.ts';
import { podKey } from '../snapshot/snapshot.ts';
import { clusterPolicyKey } from '../policy/cluster-policy.ts';
import { sortPeers } from './check-rule.ts';
import type { TierDecision } from './judge-tiers.ts';
import { nameLabel } from './match-peer.ts';
import type { PeerCheck, PeerLack, RuleCheck } from './reason.ts';
import type { End, Side } from './side.ts';
import { askedText, labelText, listText } from './words.ts';

/**
 * One sentence, without its full stop, to be read after "To allow it:". Of one pod only: other sides and claimants have
 * their own.
 */
export function suggestChange(side: Side, isolating: readonly NetworkPolicy[], missed: readonly RuleCheck[]): string {
  const contested = [side.subject, side.peer].find((end) => end.pods.length > 1);
  if (contested !== undefined) return findOwner(contested);
  const [nearest] = missed;
  if (nearest === undefined) return addRule(side, isolating);
  if (!nearest.portFits && !nearest.peerFits) return addRule(side, [nearest.policy, ...isolating]);
  return nearest.peerFits ? changePort(side, nearest) : changePeer(side, nearest);
}

/** What to do about a rule of a tier that denies. One sentence, as above. */
export function suggestBefore({ policy, rule, because }: TierDecision): string {
  const where = `${clusterPolicyKey(policy)} ${rule.origin.path.replace(/^spec\./, '')}`;
  if (because !== null) return `put right ${where}, which denies because it cannot be understood as it stands`;
  return policy.tier === 'Admin'
    ? `accept or pass it in a rule before ${where}, or narrow that rule`
    : `accept it in a rule before ${where}, or allow it in a NetworkPolicy: Baseline is not asked then`;
}

function findOwner(end: End): string {
  return `find out which of ${listText(end.pods.map(podKey), 'and')} really has ${formatAddress(end.address)}`;
}

/** A rule in the first policy that is not about every pod: a default-deny is no place for what one workload needs. */
function addRule(side: Side, policies: readonly NetworkPolicy[]): string {
  const [first] = policies;
  if (first === undefined) return '';
  const list = side.direction === 'ingress' ? 'from' : 'to';
  const rule = `\`${list}\` ${peerFor(side.peer, first.namespace)}, port ${asked(side)}`;
  const own = policies.find((policy) => policy.subject.requirements.length > 0);
  const label = tellingLabel(side.subject.pods[0]?.labels ?? new Map());
  const where =
    own === undefined && label !== null
      ? `a policy of its own, with podSelector ${label} (${policyKey(first)} selects every pod)`
      : policyKey(own ?? first);
  return `add an ${side.direction} rule to ${where}: ${rule}`;
}

function changePort(side: Side, { policy, rule, ports }: RuleCheck): string {
  const add = `add ${asked(side)} to the ports of ${ruleText(policy, rule.origin.path)}`;
  const undeclared = (ports ?? []).flatMap(({ port, lacks }) => {
    const [lack] = lacks;
    return port.kind === 'named' && lack?.kind === 'name-undeclared' ? [{ name: port.name, pod: lack.pod }] : [];
  });
  const [first] = undeclared;
  if (first === undefined) return add;
  return `name port ${asked(side)} of ${first.pod} \`${first.name}\` in its containers, or ${add}`;
}

function changePeer(side: Side, { policy, rule, peers }: RuleCheck): string {
  const [instead] = sortPeers(peers ?? []).flatMap((peer) => changeInstead(peer, policy) ?? []);
  const where = ruleText(policy, rule.origin.path);
  const add = `add ${peerFor(side.peer, policy.namespace)} as another peer to ${where}`;
  return instead === undefined ? add : `${instead}, or ${add}`;
}

/** A change other than one more peer; null when there is none that is one thing to do. */
function changeInstead({ lacks, peer }: PeerCheck, policy: NetworkPolicy): string | null {
  const [lack] = lacks;
  if (lack === undefined || lacks.length > 1) return null;
  switch (lack.kind) {
    case 'pod-label':
      return changeLabel(lack);
    case 'namespace-label':
      return isNameMistaken(lack)
        ? `write ${nameLabel} instead of ${lack.requirement.key} in ${ruleText(policy, peer.origin.path)}`
        : null;
    case 'namespace-unknown':
      return `add the Namespace object ${lack.namespace} to the snapshot, if its labels match`;
    case 'excepted':
      return `narrow the exception ${lack.except} in ${ruleText(policy, peer.origin.path)}`;
    case 'namespace':
    case 'not-a-pod':
    case 'other-family':
    case 'outside':
      return null;
  }
}

function changeLabel({ pod, requirement }: PeerLack & { readonly kind: 'pod-label' }): string | null {
  const { key, operator, values } = requirement;
  if (operator === 'In') return `give ${pod} the label ${labelText(key, values[0] ?? '')}`;
  if (operator === 'Exists') return `give ${pod} a label ${key}`;
  if (operator === 'DoesNotExist') return `take the label ${key} off ${pod}`;
  return null;
}

/** Namespaces carry their name under another key than people expect. Source: S-825. */
function isNameMistaken({ namespace, requirement, found }: PeerLack & { readonly kind: 'namespace-label' }): boolean {
  return found === null && requirement.operator === 'In' && requirement.values.includes(namespace);
}

/** A peer that matches one end, as one would write it. */
function peerFor(end: End, policyNamespace: string): string {
  const [pod] = end.pods;
  if (pod === undefined) return `ipBlock ${formatAddress(end.address)}/${end.address.family === 'IPv4' ? 32 : 128}`;
  const label = tellingLabel(pod.labels);
  const pods = label === null ? 'podSelector {}' : `podSelector ${label}`;
  if (pod.namespace === policyNamespace) return pods;
  return `namespaceSelector ${labelText(nameLabel, pod.namespace)} and ${pods} (in one list item)`;
}

/** The label that says best which pods are meant: not one that changes with every rollout. */
function tellingLabel(labels: ReadonlyMap<string, string>): string | null {
  const lasting = [...labels.keys()].filter((key) => !/(?:-hash|-generation|pod-name|pod-index)$/.test(key)).sort();
  const usual = ['app.kubernetes.io/name', 'app', 'k8s-app', 'name', 'role'].find((key) => lasting.includes(key));
  const key = usual ?? lasting[0];
  return key === undefined ? null : labelText(key, labels.get(key) ?? '');
}

function asked({ protocol, port }: Side): string {
  return askedText(protocol, port);
}

/** `prod/db-policy ingress[0]`. */
function ruleText(policy: NetworkPolicy, path: string): string {
  return `${policyKey(policy)} ${path.replace(/^spec\./, '')}`;
}
