// Block 6, lints about addresses, and about what several policies mean together.
import { entry } from './entry.ts';

export const lintTraffic = {
  NP6016: entry<{ path: string; block: string; pods: string }>({
    name: 'BLOCK_HOLDS_PODS',
    severity: 'warning',
    message: ({ path, block, pods }) => `\`${path}\`: ${block} holds addresses of pods, such as ${pods}`,
    hint: () => 'take the addresses of pods out with `except`, and name pods by labels',
    explanation:
      'Blocks are meant for what is outside the cluster. Some network plugins match them against pods, as netpolc does, others never do: the same policy then means two things. And addresses of pods change. Lint L-16.',
    example: {
      wrong: 'ipBlock: {cidr: 0.0.0.0/0}',
      right: 'ipBlock: {cidr: 0.0.0.0/0, except: [10.244.0.0/16]}',
    },
  }),
  NP6017: entry<{ path: string; block: string; service: string; direction: 'ingress' | 'egress' }>({
    name: 'BLOCK_OF_SERVICES',
    severity: 'error',
    message: ({ path, block, service, direction }) =>
      direction === 'egress'
        ? `\`${path}\`: ${block} means addresses of services, such as that of \`${service}\`, which no packet has any more when policies are asked`
        : `\`${path}\`: ${block} means addresses of services, such as that of \`${service}\`, which nothing ever comes from`,
    hint: () => 'name the pods behind the service by their labels',
    explanation:
      'The address of a service is translated to that of a pod before policies see the packet, so a block of such addresses allows nothing. Lint L-17.',
    example: {
      wrong: 'to: [{ipBlock: {cidr: 10.96.0.10/32}}]',
      right:
        'to:\n  - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}\n    podSelector: {matchLabels: {k8s-app: kube-dns}}',
    },
  }),
  NP6018: entry<{ path: string; block: string; pod: string; other: string; isPeer: boolean }>({
    name: 'ONE_FAMILY_ONLY',
    severity: 'warning',
    message: ({ path, block, pod, other, isPeer }) =>
      isPeer
        ? `\`${path}\`: ${block} holds one address of \`${pod}\`, and its ${other} address is not allowed`
        : `\`${path}\`: ${block} says nothing about ${other}, and \`${pod}\` has addresses of both families`,
    hint: ({ other, isPeer }) =>
      isPeer ? 'name the pod by its labels' : `add ${other === 'IPv6' ? '::/0' : '0.0.0.0/0'} if everyone is meant`,
    explanation:
      'A block speaks of one family of addresses. Pods with both are isolated in both, so connections over the other family are denied, and which family a client tries first is not in your hands. Lint L-18.',
    example: {
      wrong: 'from: [{ipBlock: {cidr: 0.0.0.0/0}}]',
      right: "from: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: '::/0'}}]",
    },
  }),
  NP6020: entry<{ pods: string; protocols: string; isolated: string; names: boolean }>({
    name: 'DNS_NOT_REACHABLE',
    severity: 'warning',
    message: ({ pods, protocols, isolated, names }) =>
      `${pods}, isolated for egress by ${isolated}, cannot ask the DNS of the cluster over ${protocols}${names ? ': no name will be found there' : ''}`,
    hint: () => 'allow UDP and TCP 53 to pods with k8s-app=kube-dns in kube-system',
    explanation:
      'Egress of these pods is isolated and something is allowed, but no DNS server of the cluster on port 53. Nearly every program asks for a name before it connects. Lint L-20.',
    example: {
      wrong: 'egress:\n  - to: [{podSelector: {matchLabels: {app: db}}}]',
      right:
        'egress:\n  - to: [{podSelector: {matchLabels: {app: db}}}]\n  - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]\n    ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]',
    },
  }),
  NP6021: entry<{ path: string; service: string; type: string; excepts: boolean }>({
    name: 'CLIENT_ADDRESS_IS_LOST',
    severity: 'warning',
    message: ({ path, service, type, excepts }) =>
      excepts
        ? `\`${path}\`: through ${type} service \`${service}\` clients may arrive with the address of a node, also those in \`except\``
        : `\`${path}\`: through ${type} service \`${service}\` clients may arrive with the address of a node, which is not allowed`,
    hint: () => 'set `externalTrafficPolicy: Local` for the service',
    explanation:
      'With externalTrafficPolicy Cluster, a node that sends a connection on to a pod on another node replaces the address of the client by its own. The same client is then let in or not, depending on the replica that was chosen. Lint L-21.',
    example: {
      wrong: 'spec: {type: LoadBalancer, externalTrafficPolicy: Cluster}',
      right: 'spec: {type: LoadBalancer, externalTrafficPolicy: Local}',
    },
  }),
  NP6022: entry<{ path: string; except: string | null }>({
    name: 'POINTLESS_EXCEPT',
    severity: 'warning',
    message: ({ path, except }) =>
      except === null
        ? `\`${path}\`: the exceptions cover the whole block, so the peer is nobody`
        : `\`${path}\`: nobody has an address in ${except}, so the exception excludes nothing`,
    hint: () => 'remove the peer, or correct the exceptions',
    explanation:
      'Exceptions are subtracted from their own block only. Here nothing is left of it, or what is subtracted are addresses that no packet between hosts can have. Lint L-22.',
    example: {
      wrong: 'ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/9, 10.128.0.0/9]}',
      right: 'ipBlock: {cidr: 10.0.0.0/8, except: [10.128.0.0/9]}',
    },
  }),
  NP6023: entry<{ what: string; by: string; isolatedBy: string; always: boolean }>({
    name: 'REDUNDANT',
    severity: 'info',
    message: ({ what, by, isolatedBy, always }) => {
      const why = by === '' ? `its pods are isolated by ${isolatedBy}` : `what it allows is allowed by ${by}`;
      return `${what} adds nothing${always ? '' : ' at present'}: ${why}`;
    },
    hint: ({ always }) => (always ? 'remove it' : 'remove it, unless pods to come will need it'),
    explanation:
      'Taking it away would change neither which pods are isolated nor what they are allowed. It was proved by comparing the exact sets, for the pods of the snapshot or, where nothing else is said, for any. Lint L-23.',
    example: {
      wrong: '- from: [{podSelector: {}}]\n- from: [{podSelector: {matchLabels: {app: web}}}]',
      right: '- from: [{podSelector: {}}]',
    },
  }),
  NP6024: entry<{ path: string; direction: 'ingress' | 'egress'; others: string; by: string }>({
    name: 'ONE_SIDED_ALLOW',
    severity: 'warning',
    message: ({ path, direction, others, by }) =>
      direction === 'ingress'
        ? `\`${path}\` lets ${others} in, but none of them may send here: isolated for egress by ${by}`
        : `\`${path}\` lets pods reach ${others}, but none of them lets these in: isolated for ingress by ${by}`,
    hint: ({ direction }) =>
      `allow it on the other side, too: by a rule for ${direction === 'ingress' ? 'egress' : 'ingress'} of those pods`,
    explanation:
      'A connection needs the consent of both ends: egress of the source and ingress of the destination. One of them is given here, the other is not, for every pair of pods that is meant. Lint L-24.',
    example: {
      wrong: '# a/api may send to b/db, and b/db is isolated for ingress without a rule for a/api',
      right: '# a policy in b lets a/api in',
    },
  }),
  NP6030: entry<{ namespace: string; missing: string; others: string }>({
    name: 'NO_DEFAULT_DENY',
    severity: 'info',
    message: ({ namespace, missing, others }) =>
      `no policy isolates every pod of \`${namespace}\` for ${missing}, as there is in ${others}`,
    hint: () => 'add a policy with `podSelector: {}`, these policyTypes and no rules',
    explanation:
      'Pods that no policy selects are open. Other namespaces have a policy for all of their pods, so that new ones are closed until somebody opens them; this one has not. Lint L-30.',
    example: {
      wrong: '# namespace with policies for single workloads only',
      right: 'spec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]',
    },
  }),
  NP6031: entry<{ path: string; block: string; address: string }>({
    name: 'METADATA_SERVICE_REACHABLE',
    severity: 'warning',
    message: ({ path, block, address }) =>
      `\`${path}\`: ${block} holds ${address}, where clouds hand out credentials of the node`,
    hint: ({ address }) => `add \`except: [${address}/${address.includes(':') ? 128 : 32}]\``,
    explanation:
      'The metadata service of a cloud gives whoever asks it the credentials of the machine. A pod that may open any address can be made to ask it. Lint L-31.',
    example: {
      wrong: 'to: [{ipBlock: {cidr: 0.0.0.0/0}}]',
      right: 'to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}]',
    },
  }),
  NP6032: entry<{ path: string; block: string; node: string; ports: string }>({
    name: 'NODES_REACHABLE',
    severity: 'warning',
    message: ({ path, block, node, ports }) =>
      `\`${path}\`: ${block} holds addresses of nodes, such as ${node}, and ${ports}`,
    hint: () => 'take the addresses of nodes out with `except`, or name the ports that are needed',
    explanation:
      'On the addresses of nodes listen the kubelet and, on some, the API server. A broad block opens them to pods that were to reach the world outside. Lint L-32.',
    example: {
      wrong: 'to: [{ipBlock: {cidr: 0.0.0.0/0}}]',
      right: 'to: [{ipBlock: {cidr: 0.0.0.0/0, except: [192.168.0.0/16]}}]',
    },
  }),
};
