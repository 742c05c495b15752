// Block 24: cluster-scoped policies of tiers, their fields and their validation.
import { entry } from './entry.ts';

const noHint = (): null => null;

export const clusterPolicy = {
  NP2401: entry<{ path: string; fields: readonly string[]; given: readonly string[] }>({
    name: 'SEVERAL_FIELDS',
    severity: 'error',
    message: ({ path, given }) => `\`${path}\`: only one of ${given.join(', ')} may be set`,
    hint: () => 'make an item of the list for each; a subject has one of them only',
    explanation:
      'A subject, a peer, an entry of ports and a destination port each set exactly one of their fields. Several in one item could be read as "both" or as "either".',
    example: {
      wrong: 'from:\n- namespaces: {}\n  pods: {podSelector: {}}',
      right: 'from:\n- pods: {namespaceSelector: {}, podSelector: {}}',
    },
  }),
  NP2402: entry<{ path: string; fields: readonly string[] }>({
    name: 'NO_KNOWN_FIELD',
    severity: 'error',
    message: ({ path, fields }) => `\`${path}\` sets none of ${fields.join(', ')}`,
    hint: () =>
      'set one of them; where it was written for a newer version of the API, --decode=warn takes it to the safe side',
    explanation:
      'A peer or an entry of ports of which nothing is known may mean anything. netpolc refuses it. Under --decode=warn it matches nothing in an Accept rule, and a Deny or Pass rule that has it denies everything in its direction.',
    example: { wrong: 'from: [{}]', right: 'from: [{namespaces: {}}]' },
  }),
  NP2403: entry<{ path: string }>({
    name: 'FIELD_REQUIRED',
    severity: 'error',
    message: ({ path }) => `\`${path}\` is a required value`,
    hint: noHint,
    explanation: 'The API server refuses the object without this field: nothing is filled in for it.',
    example: {
      wrong: 'spec: {tier: Admin, subject: {namespaces: {}}}',
      right: 'spec: {tier: Admin, priority: 10, subject: {namespaces: {}}}',
    },
  }),
  NP2404: entry<{ path: string; value: string; supported: readonly string[] }>({
    name: 'UNSUPPORTED_VALUE',
    severity: 'error',
    message: ({ path, value, supported }) =>
      `\`${path}\`: unsupported value "${value}", supported values: ${supported.map((each) => `"${each}"`).join(', ')}`,
    hint: ({ value, supported }) => {
      const same = { Allow: 'Accept', Accept: 'Allow' }[value];
      const meant = supported.find((each) => each.toLowerCase() === value.toLowerCase() || each === same);
      return meant === undefined ? null : `write ${meant}`;
    },
    explanation:
      'Tiers and actions are written exactly so; case matters. ClusterNetworkPolicy has the action Accept, the two kinds before it have Allow; BaselineAdminNetworkPolicy has no Pass.',
    example: { wrong: 'action: Allow', right: 'action: Accept' },
  }),
  NP2405: entry<{ path: string; priority: number }>({
    name: 'PRIORITY_OUT_OF_RANGE',
    severity: 'error',
    message: ({ path, priority }) => `\`${path}\` ${priority}: must be between 0 and 1000, inclusive`,
    hint: noHint,
    explanation: 'Policies of a tier are asked in the order of their priorities, the lowest number first.',
    example: { wrong: 'priority: 5000', right: 'priority: 500' },
  }),
  NP2406: entry<{ path: string }>({
    name: 'ITEM_REQUIRED',
    severity: 'error',
    message: ({ path }) => `\`${path}\`: must have at least one item`,
    hint: () => 'list what is meant; `namespaces: {}` is every pod, and without a list of ports every port is meant',
    explanation:
      'In a NetworkPolicy an empty list means everything. In policies of tiers it is refused, so that nobody has to guess.',
    example: { wrong: 'from: []', right: 'from: [{namespaces: {}}]' },
  }),
  NP2407: entry<{ path: string; count: number; limit: number }>({
    name: 'TOO_MANY_ITEMS',
    severity: 'error',
    message: ({ path, count, limit }) => `\`${path}\` has ${count} items, must have at most ${limit}`,
    hint: () => 'make several of it, or use labels',
    explanation:
      'A ClusterNetworkPolicy takes 25 items in every list; AdminNetworkPolicy and BaselineAdminNetworkPolicy take 100, and 25 networks or domain names.',
    example: { wrong: 'networks: [192.0.2.0/32, …, 192.0.2.25/32]', right: 'networks: [192.0.2.0/27]' },
  }),
  NP2408: entry<{ path: string; length: number }>({
    name: 'RULE_NAME_TOO_LONG',
    severity: 'error',
    message: ({ path, length }) => `\`${path}\`: must be no more than 100 characters, has ${length}`,
    hint: () => 'shorten it, or put the text into a comment',
    explanation: 'The name of a rule is for people and has no meaning; the API takes 100 characters.',
    example: { wrong: 'name: (101 characters)', right: 'name: metrics' },
  }),
  NP2409: entry<{ name: string }>({
    name: 'BASELINE_NAME',
    severity: 'error',
    message: ({ name }) => `a BaselineAdminNetworkPolicy must be called \`default\`, not \`${name}\``,
    hint: () => 'write `name: default`; there is one such object in a cluster',
    explanation: 'The API server takes one BaselineAdminNetworkPolicy, with the name default.',
    example: { wrong: 'metadata: {name: base}', right: 'metadata: {name: default}' },
  }),
  NP2410: entry<{ path: string; length: number; longest: number }>({
    name: 'CIDR_TOO_LONG',
    severity: 'error',
    message: ({ path, length, longest }) => `\`${path}\`: must be no more than ${longest} characters, has ${length}`,
    hint: () => 'write the block in its usual form',
    explanation: 'The longest block in its usual form has 43 characters.',
    example: {
      wrong: "networks: ['2001:0db8:0000:0000:0000:0000:0000:0000/0032']",
      right: "networks: ['2001:db8::/32']",
    },
  }),
  NP2411: entry<{ path: string; name: string; problem: string }>({
    name: 'INVALID_DOMAIN_NAME',
    severity: 'error',
    message: ({ path, name, problem }) => `\`${path}\` "${name}": ${problem}`,
    hint: ({ name }) =>
      /^https?:\/\//.test(name)
        ? 'write the name alone, without `https://` and path'
        : /^\*[^.]/.test(name)
          ? 'put a dot behind `*`'
          : null,
    explanation: 'A domain name, or `*.` and a domain name for everything below it but not that name itself.',
    example: { wrong: "domainNames: ['*example.com']", right: "domainNames: ['*.example.com']" },
  }),
  NP2412: entry<{ path: string; action: string }>({
    name: 'DOMAIN_NAMES_NOT_ACCEPTED',
    severity: 'error',
    message: ({ path, action }) => `\`${path}\`: domain names have a meaning in Accept rules only, not with ${action}`,
    hint: () => 'deny networks, and accept the names before that',
    explanation:
      'Which addresses belong to a name is known only as far as somebody has asked for it. Denying a name would let through whatever address nobody has seen yet. Under --decode=warn such a rule denies everything in its direction.',
    example: {
      wrong: '- action: Deny\n  to: [{domainNames: [example.com]}]',
      right: '- action: Deny\n  to: [{networks: [192.0.2.0/24]}]',
    },
  }),
  NP2413: entry<{ path: string }>({
    name: 'NAMED_PORT_OF_ADDRESSES',
    severity: 'error',
    message: ({ path }) => `\`${path}\`: a named port may not be used together with networks, nodes or domainNames`,
    hint: () => 'write the number, or make a rule of its own for these peers',
    explanation: 'Only pods give names to their ports.',
    example: {
      wrong: 'to: [{networks: [192.0.2.0/24]}]\nprotocols: [{destinationNamedPort: http}]',
      right: 'to: [{networks: [192.0.2.0/24]}]\nprotocols: [{tcp: {destinationPort: {number: 80}}}]',
    },
  }),
  NP2414: entry<{ path: string; protocol: string }>({
    name: 'PROTOCOL_WITHOUT_PORT',
    severity: 'error',
    message: ({ path, protocol }) =>
      `\`${path}\` is empty: give it a \`destinationPort\`, every ${protocol} port is 1-65535`,
    hint: () => 'for every port write `destinationPort: {range: {start: 1, end: 65535}}`',
    explanation:
      'The schema of the API refuses a protocol without a port, while its documentation says that it means every port. netpolc refuses it; under --decode=warn it means every port of the protocol.',
    example: {
      wrong: 'protocols: [{tcp: {}}]',
      right: 'protocols: [{tcp: {destinationPort: {range: {start: 1, end: 65535}}}}]',
    },
  }),
  NP2415: entry<{ path: string; start: number; end: number; mayBeOne: boolean }>({
    name: 'PORT_RANGE_ORDER',
    severity: 'error',
    message: ({ path, start, end, mayBeOne }) =>
      mayBeOne
        ? `\`${path}\`: \`start\` ${start} must not be greater than \`end\` ${end}`
        : `\`${path}\`: Start port must be less than End port, not ${start} and ${end}`,
    hint: ({ start, end }) => (start === end ? `write \`number: ${start}\`` : 'swap the two'),
    explanation: 'A range runs from `start` up to `end`, both included.',
    example: { wrong: 'range: {start: 90, end: 80}', right: 'range: {start: 80, end: 90}' },
  }),
  NP2416: entry<{ policy: string; count: number }>({
    name: 'MIXED_VERSIONS',
    severity: 'warning',
    message: ({ policy, count }) =>
      `\`${policy}\`${count > 1 ? ` and ${count - 1} more` : ''} of v1alpha1 stand beside ClusterNetworkPolicies`,
    hint: () => 'convert them to ClusterNetworkPolicy: a cluster enforces one of the two versions',
    explanation:
      'Which of the two versions comes first is defined by nobody. netpolc orders them by priority, then name, as if all were ClusterNetworkPolicies, and takes BaselineAdminNetworkPolicy last.',
    example: {
      wrong: 'kind: AdminNetworkPolicy',
      right: 'apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy',
    },
  }),
  NP2417: entry<{ apiVersion: string; kind: string }>({
    name: 'UNSUPPORTED_VERSION',
    severity: 'error',
    message: ({ apiVersion, kind }) => `${kind} in \`${apiVersion}\` is not understood`,
    hint: () =>
      'write it as ClusterNetworkPolicy in policy.networking.k8s.io/v1alpha2, or as AdminNetworkPolicy or BaselineAdminNetworkPolicy in v1alpha1',
    explanation:
      'It is of the group of cluster-scoped network policies, and netpolc does not know this version or kind. To leave it out could open what it closes.',
    example: {
      wrong: 'apiVersion: policy.networking.k8s.io/v1\nkind: ClusterNetworkPolicy',
      right: 'apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy',
    },
  }),
  NP2418: entry<object>({
    name: 'NO_RULES',
    severity: 'warning',
    message: () => 'the policy has neither ingress nor egress rules, so it has no effect',
    hint: () => 'give it rules, or remove it: a policy of a tier isolates nobody',
    explanation:
      'A NetworkPolicy without rules denies everything; a policy of a tier without rules does nothing at all. Lint L-39.',
    example: {
      wrong: 'spec: {tier: Admin, priority: 1, subject: {namespaces: {}}}',
      right:
        'spec: {tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}',
    },
  }),
  NP2419: entry<{ path: string; action: string }>({
    name: 'NETWORKS_HOLD_PODS',
    severity: 'warning',
    message: ({ path, action }) =>
      `\`${path}\`: all addresses are those of pods as well, so this is ${action} for pods, too`,
    hint: () => 'to mean what is outside, put a rule before it that passes `namespaces: {}`',
    explanation:
      'Networks match any address, also those of pods, nodes and services of the cluster. 0.0.0.0/0 is not "the internet". Lint L-38.',
    example: {
      wrong: '- action: Deny\n  to: [{networks: [0.0.0.0/0]}]',
      right: '- action: Pass\n  to: [{namespaces: {}}]\n- action: Deny\n  to: [{networks: [0.0.0.0/0]}]',
    },
  }),
};
