// Every lint, by id. One file each under lints/. Source: section 9 of the semantics.
import type { Lint } from './finding.ts';
import { ambiguousScalar } from './lints/ambiguous-scalar.ts';
import { blockHoldsPods } from './lints/block-holds-pods.ts';
import { blockOfServices } from './lints/block-of-services.ts';
import { clientAddressIsLost } from './lints/client-address-is-lost.ts';
import { clusterPolicyWithoutRules } from './lints/cluster-policy-without-rules.ts';
import { dnsNotReachable } from './lints/dns-not-reachable.ts';
import { egressRulesDenyIngress } from './lints/egress-rules-deny-ingress.ts';
import { equalPriorities } from './lints/equal-priorities.ts';
import { everyNamespace } from './lints/every-namespace.ts';
import { hostNetworkPodsSelected } from './lints/host-network-pods-selected.ts';
import { manyPorts } from './lints/many-ports.ts';
import { metadataServiceReachable } from './lints/metadata-service-reachable.ts';
import { namedPortUnknown } from './lints/named-port-unknown.ts';
import { namespaceAbsent } from './lints/namespace-absent.ts';
import { namespaceNameAsLabel } from './lints/namespace-name-as-label.ts';
import { namespacesByExclusion } from './lints/namespaces-by-exclusion.ts';
import { networksHoldPods } from './lints/networks-hold-pods.ts';
import { noDefaultDeny } from './lints/no-default-deny.ts';
import { nodesReachable } from './lints/nodes-reachable.ts';
import { oneFamilyOnly } from './lints/one-family-only.ts';
import { oneSidedAllow } from './lints/one-sided-allow.ts';
import { peerByLabelsOfStrangers } from './lints/peer-by-labels-of-strangers.ts';
import { peerMatchesNothing } from './lints/peer-matches-nothing.ts';
import { peersLookLikeOne } from './lints/peers-look-like-one.ts';
import { podSelectorAbsent } from './lints/pod-selector-absent.ts';
import { pointlessExcept } from './lints/pointless-except.ts';
import { policyTypesAbsent } from './lints/policy-types-absent.ts';
import { protocolAbsent } from './lints/protocol-absent.ts';
import { redundant } from './lints/redundant.ts';
import { ruleAllowsEverything } from './lints/rule-allows-everything.ts';
import { ruleMakesOthersMoot } from './lints/rule-makes-others-moot.ts';
import { rulesLookLikeOne } from './lints/rules-look-like-one.ts';
import { sctpUsed } from './lints/sctp-used.ts';
import { sectionWithoutType } from './lints/section-without-type.ts';
import { selectorContradictsItself } from './lints/selector-contradicts-itself.ts';
import { servicePortInsteadOfTarget } from './lints/service-port-instead-of-target.ts';
import { subjectMatchesNothing } from './lints/subject-matches-nothing.ts';
import { unclearCidr } from './lints/unclear-cidr.ts';
import { unknownField } from './lints/unknown-field.ts';

export const lints: readonly Lint[] = [
  policyTypesAbsent,
  namespaceAbsent,
  sectionWithoutType,
  egressRulesDenyIngress,
  unknownField,
  podSelectorAbsent,
  subjectMatchesNothing,
  peerMatchesNothing,
  namespaceNameAsLabel,
  peersLookLikeOne,
  rulesLookLikeOne,
  selectorContradictsItself,
  ruleAllowsEverything,
  protocolAbsent,
  namedPortUnknown,
  blockHoldsPods,
  blockOfServices,
  oneFamilyOnly,
  hostNetworkPodsSelected,
  dnsNotReachable,
  clientAddressIsLost,
  pointlessExcept,
  redundant,
  oneSidedAllow,
  ruleMakesOthersMoot,
  everyNamespace,
  ambiguousScalar,
  unclearCidr,
  namespacesByExclusion,
  noDefaultDeny,
  metadataServiceReachable,
  nodesReachable,
  manyPorts,
  servicePortInsteadOfTarget,
  peerByLabelsOfStrangers,
  sctpUsed,
  equalPriorities,
  networksHoldPods,
  clusterPolicyWithoutRules,
];
