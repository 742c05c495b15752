// Block 6, lints about how a policy is written: what is absent, dead, or easily misread.
import { entry } from './entry.ts';

export const lintWriting = {
  NP6001: entry<{ types: readonly string[] }>({
    name: 'POLICY_TYPES_ABSENT',
    severity: 'warning',
    message: ({ types }) => `\`policyTypes\` is absent and becomes [${types.join(', ')}]`,
    hint: ({ types }) => `write \`policyTypes: [${types.join(', ')}]\``,
    explanation:
      'Without policyTypes the API server fills in Ingress, and Egress only where there is an egress rule. Adding or removing a rule then changes which directions are isolated. Written out, nobody has to know that. Lint L-01.',
    example: {
      wrong: 'spec:\n  podSelector: {}',
      right: 'spec:\n  podSelector: {}\n  policyTypes: [Ingress]',
    },
  }),
  NP6002: entry<{ namespace: string }>({
    name: 'NAMESPACE_ABSENT',
    severity: 'warning',
    message: ({ namespace }) =>
      `the policy names no namespace and lands wherever it is applied; \`${namespace}\` is taken here`,
    hint: () => 'write `metadata.namespace`, or say with --namespace which one is meant',
    explanation:
      'A NetworkPolicy protects pods of its own namespace only. Without metadata.namespace that is the namespace of whoever applies it: the pods that were meant may stay open. Lint L-02.',
    example: { wrong: 'metadata: {name: db}', right: 'metadata: {name: db, namespace: prod}' },
  }),
  NP6003: entry<{ section: string; type: string; types: readonly string[] }>({
    name: 'SECTION_WITHOUT_TYPE',
    severity: 'error',
    message: ({ section, type, types }) =>
      `the \`${section}\` rules have no effect: \`policyTypes\` is [${types.join(', ')}], without ${type}`,
    hint: ({ section, type }) => `add ${type} to \`policyTypes\`, or remove \`${section}\``,
    explanation:
      'A section whose direction is not among policyTypes is stored and ignored: it neither isolates the pods in that direction nor allows anything. Lint L-03.',
    example: {
      wrong: 'policyTypes: [Ingress]\negress:\n  - to: [{podSelector: {}}]',
      right: 'policyTypes: [Ingress, Egress]\negress:\n  - to: [{podSelector: {}}]',
    },
  }),
  NP6004: entry<object>({
    name: 'EGRESS_RULES_DENY_INGRESS',
    severity: 'warning',
    message: () => 'without `policyTypes` this policy for egress also denies all ingress to its pods',
    hint: () => 'write `policyTypes: [Egress]`, or `[Ingress, Egress]` if ingress is to be denied',
    explanation:
      'Where policyTypes is absent, Ingress is always filled in. A policy that has egress rules only then isolates its pods for ingress as well and lets nothing in. Lint L-04.',
    example: {
      wrong: 'spec:\n  podSelector: {}\n  egress: [{}]',
      right: 'spec:\n  podSelector: {}\n  policyTypes: [Egress]\n  egress: [{}]',
    },
  }),
  NP6005: entry<{ problem: string }>({
    name: 'LOST_FIELD',
    severity: 'error',
    message: ({ problem }) => problem,
    hint: () => null,
    explanation:
      'A field stands where the API knows none of that name. A strict server refuses the policy; others drop the field, which usually makes the policy wider than its author meant. Everywhere but in lint this is NP2001. Lint L-05.',
    example: { wrong: 'podSelector:\n  matchLabels:\n  role: db', right: 'podSelector:\n  matchLabels:\n    role: db' },
  }),
  NP6006: entry<{ namespace: string }>({
    name: 'POD_SELECTOR_ABSENT',
    severity: 'warning',
    message: ({ namespace }) => `\`podSelector\` is absent, so the policy is for every pod of \`${namespace}\``,
    hint: () => 'write `podSelector: {}` if that is meant',
    explanation:
      'An absent or null podSelector of a policy selects every pod of its namespace. Often it is the rest of a selector whose lines have lost their indentation. Lint L-06.',
    example: {
      wrong: 'spec:\n  podSelector:\n  policyTypes: [Ingress]',
      right: 'spec:\n  podSelector: {}\n  policyTypes: [Ingress]',
    },
  }),
  NP6010: entry<{ path: string; namespaces: string; pods: string }>({
    name: 'PEERS_LOOK_LIKE_ONE',
    severity: 'warning',
    message: ({ path, namespaces, pods }) =>
      `\`${path}\` and the peer before it are alternatives: every pod in ${namespaces}, and ${pods} of the policy's own namespace`,
    hint: () => 'for pods that fit both write one peer, without the second dash; else put them into two rules',
    explanation:
      'Two items of a list of peers are alternatives; two selectors in one item must both match. One dash too many lets every pod of the namespaces in. Lint L-10.',
    example: {
      wrong: 'from:\n  - namespaceSelector: {matchLabels: {team: a}}\n  - podSelector: {matchLabels: {app: web}}',
      right: 'from:\n  - namespaceSelector: {matchLabels: {team: a}}\n    podSelector: {matchLabels: {app: web}}',
    },
  }),
  NP6011: entry<{ path: string; before: string; whom: 'from' | 'to' }>({
    name: 'RULES_LOOK_LIKE_ONE',
    severity: 'warning',
    message: ({ path, before, whom }) =>
      `\`${path}\` allows its ports ${whom} everyone, and \`${before}\` every port ${whom} its peers`,
    hint: ({ whom }) =>
      `for those ports ${whom} those peers only, write one rule: \`ports\` without a dash, beside \`${whom}\``,
    explanation:
      'Peers and ports belong to one rule only if they stand in one item of the list. With a dash before `ports` there are two rules: one for the peers on every port, and one for the ports and everyone. Lint L-11.',
    example: {
      wrong: 'ingress:\n  - from: [{podSelector: {}}]\n  - ports: [{protocol: TCP, port: 80}]',
      right: 'ingress:\n  - from: [{podSelector: {}}]\n    ports: [{protocol: TCP, port: 80}]',
    },
  }),
  NP6013: entry<{ path: string; written: string; direction: 'ingress' | 'egress' }>({
    name: 'RULE_ALLOWS_EVERYTHING',
    severity: 'warning',
    message: ({ path, written, direction }) =>
      `\`${path}\` ${written}, which allows all ${direction}: every peer, port and protocol`,
    hint: () => 'name peers or ports, or accept the finding with the reason why everything is meant',
    explanation:
      'A rule without peers and without ports allows everything, and so does a null item or one whose lists are empty. With a lone dash it happens by accident. Lint L-13.',
    example: { wrong: 'ingress:\n  -', right: 'ingress:\n  - from: [{podSelector: {}}]' },
  }),
  NP6014: entry<{ path: string; others: number; dns: boolean }>({
    name: 'PROTOCOL_ABSENT',
    severity: 'info',
    message: ({ path, others, dns }) => {
      if (dns) return `\`${path}\` allows port 53 over TCP only; names are mostly asked for over UDP`;
      const more = others === 0 ? '' : ` (and ${others} more in this policy)`;
      return `\`${path}\` names no protocol${more}: TCP is taken`;
    },
    hint: ({ dns }) => (dns ? 'add `{protocol: UDP, port: 53}`' : 'write `protocol: TCP`'),
    explanation:
      'An entry of ports without a protocol means TCP and nothing else. For port 53 that is rarely enough: resolvers ask over UDP first, and pods that may not fail to find any name. Lint L-14.',
    example: {
      wrong: 'ports: [{port: 53}]',
      right: 'ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]',
    },
  }),
  NP6025: entry<{ path: string; moot: number; direction: 'ingress' | 'egress' }>({
    name: 'RULE_MAKES_OTHERS_MOOT',
    severity: 'warning',
    message: ({ path, moot, direction }) =>
      `\`${path}\` allows all ${direction}, so ${moot === 1 ? 'the other rule restricts' : `the other ${moot} rules restrict`} nothing`,
    hint: () => 'remove this rule, or give it peers or ports',
    explanation:
      'Rules of a policy are alternatives. Beside a rule that allows everything from or to everyone, narrower ones have no effect, although the policy reads as if they had. Lint L-25.',
    example: {
      wrong: 'ingress:\n  - {}\n  - from: [{podSelector: {matchLabels: {app: web}}}]',
      right: 'ingress:\n  - from: [{podSelector: {matchLabels: {app: web}}}]',
    },
  }),
  NP6027: entry<{ problem: string }>({
    name: 'SCALAR_OF_TWO_MEANINGS',
    severity: 'error',
    message: ({ problem }) => problem,
    hint: () => null,
    explanation:
      'kubectl reads YAML 1.1, most other tools YAML 1.2, and this unquoted value is not the same in both. Everywhere but in lint this is NP1016. Lint L-27.',
    example: { wrong: 'matchLabels: {canary: on}', right: "matchLabels: {canary: 'on'}" },
  }),
  NP6028: entry<{ problem: string }>({
    name: 'CIDR_OF_TWO_MEANINGS',
    severity: 'error',
    message: ({ problem }) => problem,
    hint: () => null,
    explanation:
      'A block with host bits, leading zeros or an IPv4-mapped address is read differently by different servers and firewalls, and refused from Kubernetes 1.36 on. Everywhere but in lint this is NP2106, NP2107 or NP2108. Lint L-28.',
    example: { wrong: 'cidr: 10.0.0.5/24', right: 'cidr: 10.0.0.0/24' },
  }),
  NP6033: entry<{ path: string; ports: number; range: string | null }>({
    name: 'MANY_PORTS',
    severity: 'warning',
    message: ({ path, ports, range }) =>
      range === null
        ? `\`${path}\` lists ${ports} separate ports or ranges`
        : `\`${path}\` opens ${ports} ports, ${range}`,
    hint: ({ range }) =>
      range === null
        ? 'join neighbouring ports to ranges, or split the rule'
        : 'check `endPort`, or leave out `port` to mean every port',
    explanation:
      'A range of more than 10,000 ports is more often a slip of a digit than meant. More than 15 separate ports in one rule are more than the multiport match of iptables takes at once. Lint L-33.',
    example: {
      wrong: 'ports: [{protocol: TCP, port: 3000, endPort: 30000}]',
      right: 'ports: [{protocol: TCP, port: 3000, endPort: 3009}]',
    },
  }),
  NP6036: entry<{ path: string }>({
    name: 'SCTP_USED',
    severity: 'info',
    message: ({ path }) => `\`${path}\` is about SCTP, which not every network plugin and kernel can match`,
    hint: () => 'make sure that every node has the sctp modules',
    explanation:
      'Filtering SCTP takes support in the kernel and in the network plugin. netpolc never widens it to other protocols, others may not enforce it at all. Lint L-36.',
    example: { wrong: 'ports: [{protocol: SCTP, port: 3868}]', right: 'ports: [{protocol: TCP, port: 3868}]' },
  }),
};
