// Block 6, lints about what selectors and named ports match.
import { entry } from './entry.ts';

export const lintSelectors = {
  NP6007: entry<{ words: string; where: string; others: string | null }>({
    name: 'SUBJECT_MATCHES_NOTHING',
    severity: 'warning',
    message: ({ words, where, others }) =>
      `the policy is for ${words} in ${where}, and there ${others === null ? 'is no such live pod' : `are only ${others}`}`,
    hint: () => 'check the labels and the namespace, or remove the policy if its pods are gone',
    explanation:
      'No pod of the snapshot that has an address of its own and has not finished is selected, so the policy protects nothing at the moment. A misspelt label looks exactly like this. Lint L-07.',
    example: {
      wrong: 'podSelector: {matchLabels: {app: databse}}',
      right: 'podSelector: {matchLabels: {app: database}}',
    },
  }),
  NP6008: entry<{ path: string; why: string }>({
    name: 'PEER_MATCHES_NOTHING',
    severity: 'warning',
    message: ({ path, why }) => `\`${path}\` matches nothing: ${why}`,
    hint: () => 'check the labels; pods of other namespaces need a namespaceSelector in the same peer',
    explanation:
      'No live pod of the snapshot is such a peer, so the entry allows nothing at the moment. Frequent reasons are a misspelt label, a namespace without the label, and pods of another namespace named without a namespaceSelector. Lint L-08.',
    example: {
      wrong: 'from: [{namespaceSelector: {matchLabels: {team: montoring}}}]',
      right: 'from: [{namespaceSelector: {matchLabels: {team: monitoring}}}]',
    },
  }),
  NP6009: entry<{ key: string; value: string }>({
    name: 'NAMESPACE_NAME_AS_LABEL',
    severity: 'error',
    message: ({ key, value }) =>
      `no namespace carries the label \`${key}: ${value}\`, but there is a namespace called \`${value}\``,
    hint: () => 'use the label `kubernetes.io/metadata.name`, which every namespace has',
    explanation:
      'Namespaces do not have a label `name` unless somebody gives them one. The label that the API server sets on every namespace is kubernetes.io/metadata.name. Lint L-09.',
    example: {
      wrong: 'namespaceSelector: {matchLabels: {name: prod}}',
      right: 'namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: prod}}',
    },
  }),
  NP6012: entry<{ path: string; key: string }>({
    name: 'SELECTOR_CONTRADICTS_ITSELF',
    severity: 'warning',
    message: ({ path, key }) => `\`${path}\` can never match: its requirements on \`${key}\` exclude each other`,
    hint: () => 'all requirements must hold at once; for alternatives use `In` with several values, or several peers',
    explanation:
      'Everything in matchLabels and matchExpressions must hold at the same time. These requirements allow no value of the label, and its absence neither. Lint L-12.',
    example: {
      wrong:
        'matchExpressions:\n  - {key: app, operator: In, values: [web]}\n  - {key: app, operator: In, values: [api]}',
      right: 'matchExpressions:\n  - {key: app, operator: In, values: [web, api]}',
    },
  }),
  NP6015: entry<{ path: string; name: string; protocol: string; all: number; without: string | null }>({
    name: 'NAMED_PORT_UNKNOWN',
    severity: 'warning',
    message: ({ path, name, protocol, all, without }) =>
      without === null
        ? `\`${path}\` matches nothing: none of ${all === 1 ? 'the pod that it is about' : `the ${all} pods that it is about`} declares a ${protocol} port named "${name}"`
        : `\`${path}\` opens nothing on ${without}: there no ${protocol} port is named "${name}"`,
    hint: () => 'names are those of container ports, not of services: correct it, or give the number',
    explanation:
      'A named port is looked up among the ports that the containers of each destination pod declare, with the same protocol. Where no port has the name the entry allows nothing. Lint L-15.',
    example: { wrong: 'ports: [{protocol: TCP, port: htpp}]', right: 'ports: [{protocol: TCP, port: http}]' },
  }),
  NP6019: entry<{ path: string; role: 'subject' | 'peer'; pods: string; count: number }>({
    name: 'HOST_NETWORK_PODS_SELECTED',
    severity: 'warning',
    message: ({ path, role, pods, count }) =>
      `\`${path}\` also describes ${pods}, on the network of ${count === 1 ? 'its node' : 'their nodes'}: no policy ${role === 'subject' ? 'restricts' : 'tells'} ${count === 1 ? 'it' : 'them'}${role === 'subject' ? '' : ' by labels'}`,
    hint: ({ role }) =>
      role === 'subject' ? 'protect them on the node' : 'allow them by the addresses of their nodes, with `ipBlock`',
    explanation:
      'Pods with hostNetwork share the addresses of their node. They are neither subjects of policies nor peers of selectors: their traffic is traffic of the node. Lint L-19.',
    example: {
      wrong: 'from: [{podSelector: {matchLabels: {app: node-exporter}}}]',
      right: 'from: [{ipBlock: {cidr: 192.168.7.0/24}}]',
    },
  }),
  NP6026: entry<{ path: string; direction: 'ingress' | 'egress' }>({
    name: 'EVERY_NAMESPACE',
    severity: 'warning',
    message: ({ path, direction }) =>
      `\`${path}\` is every pod of every namespace, ${direction === 'ingress' ? 'those of strangers' : 'those of the system'} included`,
    hint: () => 'name the namespaces by `kubernetes.io/metadata.name`, or add a podSelector',
    explanation:
      'An empty namespaceSelector matches all namespaces, present and future. Without a podSelector in the same peer, all of their pods are meant. Lint L-26.',
    example: {
      wrong: 'from: [{namespaceSelector: {}}]',
      right: 'from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}]',
    },
  }),
  NP6029: entry<{ path: string; words: string }>({
    name: 'NAMESPACES_BY_EXCLUSION',
    severity: 'warning',
    message: ({ path, words }) =>
      `\`${path}\` takes every namespace with ${words}: those without any label, system namespaces and future ones as well`,
    hint: () => 'list the namespaces that are meant, with `In`',
    explanation:
      'NotIn and DoesNotExist match what lacks the label altogether. A namespace that somebody makes tomorrow is let in without anybody deciding it. Lint L-29.',
    example: {
      wrong: 'namespaceSelector: {matchExpressions: [{key: env, operator: NotIn, values: [prod]}]}',
      right: 'namespaceSelector: {matchExpressions: [{key: env, operator: In, values: [dev, staging]}]}',
    },
  }),
  NP6034: entry<{ path: string; port: number; service: string; target: string }>({
    name: 'SERVICE_PORT_INSTEAD_OF_TARGET',
    severity: 'warning',
    message: ({ path, port, service, target }) =>
      `\`${path}\`: ${port} is the port of service \`${service}\`; its pods get the packets on ${target}`,
    hint: ({ target }) => `write ${target}`,
    explanation:
      'Policies see packets after the address of a service has been translated: with the address of a pod and the target port. A rule for the number of the service does not match them. Lint L-34.',
    example: {
      wrong: 'ports: [{protocol: TCP, port: 80}]     (a service maps 80 to 8080)',
      right: 'ports: [{protocol: TCP, port: 8080}]',
    },
  }),
  NP6035: entry<{ path: string; words: string; namespaces: string }>({
    name: 'PEER_BY_LABELS_OF_STRANGERS',
    severity: 'warning',
    message: ({ path, words, namespaces }) =>
      `\`${path}\` lets in ${words} from ${namespaces}: whoever may create pods in any of them can set that label`,
    hint: () => 'add the namespace by `kubernetes.io/metadata.name` to the same peer',
    explanation:
      'Labels of pods are set by whoever creates them. A peer that is told by labels of pods only, in namespaces that anybody may be in, is as open as the least trusted of those namespaces. Lint L-35.',
    example: {
      wrong: 'from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: prometheus}}}]',
      right:
        'from:\n  - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}\n    podSelector: {matchLabels: {app: prometheus}}',
    },
  }),
};
