// Block 3: the snapshot and the resolution of selectors against it.
import { entry } from './entry.ts';

export const snapshot = {
  NP3001: entry<{ address: string; first: string; second: string }>({
    name: 'DUPLICATE_POD_IP',
    severity: 'error',
    message: ({ address, first, second }) => `pods \`${first}\` and \`${second}\` both claim address ${address}`,
    hint: () => 'take the snapshot again, or pass --allow-incomplete to allow only what both may do',
    explanation:
      'Two live pods show the same address. One of the two entries is stale, and rules written for one would apply to the other.',
    example: {
      wrong:
        '- metadata: {name: old}\n  status: {phase: Running, podIP: 10.244.1.7}\n- metadata: {name: new}\n  status: {phase: Running, podIP: 10.244.1.7}',
      right:
        '- metadata: {name: old}\n  status: {phase: Succeeded, podIP: 10.244.1.7}\n- metadata: {name: new}\n  status: {phase: Running, podIP: 10.244.1.7}',
    },
  }),
  NP3002: entry<{ namespace: string; selector: string }>({
    name: 'INCOMPLETE_SNAPSHOT',
    severity: 'error',
    message: ({ namespace, selector }) =>
      `INCOMPLETE_SNAPSHOT: \`${selector}\` cannot be decided for namespace \`${namespace}\`, whose object is missing`,
    hint: () => 'add namespaces to the snapshot (kubectl get ns,nodes,pods,svc -A -o json), or pass --allow-incomplete',
    explanation:
      'The snapshot has pods in a namespace but no Namespace object, so its labels are not known. Taking it for a namespace without labels would make NotIn and DoesNotExist match and silently widen the policy. With --allow-incomplete what is not known does not match.',
    example: {
      wrong: 'kubectl get pods -A -o json > cluster.json',
      right: 'kubectl get namespaces,nodes,pods,services,networkpolicies -A -o json > cluster.json',
    },
  }),
  NP3003: entry<{ namespace: string; value: string }>({
    name: 'NAMESPACE_NAME_LABEL',
    severity: 'warning',
    message: ({ namespace, value }) =>
      `namespace \`${namespace}\` carries \`kubernetes.io/metadata.name: ${value}\`; \`${namespace}\` is used instead`,
    hint: () => 'remove the label: the API server sets it',
    explanation:
      'The API server writes the label kubernetes.io/metadata.name with the name of the namespace on every write, so that no other value can exist in a cluster. A snapshot that holds one was edited.',
    example: {
      wrong: 'metadata: {name: prod, labels: {kubernetes.io/metadata.name: test}}',
      right: 'metadata: {name: prod}',
    },
  }),
  NP3004: entry<{ path: string; address: string }>({
    name: 'INVALID_ADDRESS',
    severity: 'error',
    message: ({ path, address }) => `\`${path}\`: "${address}" is no IP address in standard form`,
    hint: () => 'write IPv4 without leading zeros, IPv6 in hexadecimal groups; no prefix length, no zone',
    explanation:
      'Leading zeros and IPv4-mapped IPv6 addresses mean different addresses to different programs, so that a firewall could protect another address than the one in use.',
    example: { wrong: 'podIP: 10.244.01.7', right: 'podIP: 10.244.1.7' },
  }),
  NP3005: entry<{ path: string; name: string; problem: string }>({
    name: 'INVALID_CONTAINER_PORT_NAME',
    severity: 'error',
    message: ({ path, name, problem }) => `\`${path}\` "${name}": ${problem}`,
    hint: () => null,
    explanation:
      'Names of container ports are at most 15 characters of a–z, 0–9 and `-` with a letter among them; names of service ports are DNS labels.',
    example: { wrong: 'ports: [{name: HTTP, containerPort: 80}]', right: 'ports: [{name: http, containerPort: 80}]' },
  }),
  NP3006: entry<{ path: string; found: number }>({
    name: 'INVALID_PORT_NUMBER',
    severity: 'error',
    message: ({ path, found }) => `\`${path}\` must be between 1 and 65535, not ${found}`,
    hint: () => null,
    explanation: 'A port of a container or service is a number from 1 to 65535.',
    example: { wrong: 'ports: [{name: http, containerPort: 0}]', right: 'ports: [{name: http, containerPort: 80}]' },
  }),
  NP3007: entry<{ path: string; found: string; choices: readonly string[] }>({
    name: 'UNKNOWN_VALUE',
    severity: 'error',
    message: ({ path, found, choices }) => `\`${path}\` must be ${orList(choices)}, not "${found}"`,
    hint: () => null,
    explanation:
      'The field holds one of a few words, spelt exactly as the API spells them. What another word would mean is not guessed: a pod whose phase is `succeeded` would be taken for a running one.',
    example: { wrong: 'status: {phase: succeeded}', right: 'status: {phase: Succeeded}' },
  }),
  NP3008: entry<{ name: string }>({
    name: 'DUPLICATE_PORT_NAME',
    severity: 'error',
    message: ({ name }) => `port name \`${name}\` is given twice in one container`,
    hint: () => 'give one of the ports another name',
    explanation:
      'Within a container every port name may be used once, whatever the protocol; the API server refuses such a pod. Several containers of a pod may use the same name.',
    example: {
      wrong: 'ports: [{name: dns, containerPort: 53}, {name: dns, containerPort: 53, protocol: UDP}]',
      right: 'ports: [{name: dns-tcp, containerPort: 53}, {name: dns, containerPort: 53, protocol: UDP}]',
    },
  }),
  NP3009: entry<{ path: string; name: string; problem: string }>({
    name: 'INVALID_REFERENCE',
    severity: 'error',
    message: ({ path, name, problem }) => `\`${path}\` "${name}": ${problem}`,
    hint: () => null,
    explanation: 'The field names another object, and no object can have that name.',
    example: { wrong: 'spec: {nodeName: Worker_1}', right: 'spec: {nodeName: worker-1}' },
  }),
  NP3010: entry<{ path: string; address: string }>({
    name: 'POD_IP_NOT_AMONG_POD_IPS',
    severity: 'warning',
    message: ({ path, address }) => `\`${path}\` ${address} is not among \`status.podIPs\`, which counts`,
    hint: () => 'take the snapshot again, or remove `podIP`',
    explanation:
      'A server keeps podIP equal to the first of podIPs. A snapshot in which they differ was edited or is damaged; podIPs is used.',
    example: {
      wrong: 'status: {podIP: 10.0.0.9, podIPs: [{ip: 10.0.0.7}]}',
      right: 'status: {podIP: 10.0.0.7, podIPs: [{ip: 10.0.0.7}]}',
    },
  }),
  NP3011: entry<{ path: string; cidr: string }>({
    name: 'INVALID_POD_CIDR',
    severity: 'error',
    message: ({ path, cidr }) => `\`${path}\`: "${cidr}" is no prefix in standard form`,
    hint: () => 'write an address without leading zeros or host bits, a slash and a length',
    explanation: 'The pod range of a node is a prefix such as 10.244.1.0/24.',
    example: { wrong: 'podCIDR: 10.244.1.7/24', right: 'podCIDR: 10.244.1.0/24' },
  }),
  NP3020: entry<{ pod: string; address: string; node: string }>({
    name: 'POD_HAS_NODE_ADDRESS',
    severity: 'warning',
    message: ({ pod, address, node }) => `pod \`${pod}\` has ${address}, which is the address of node \`${node}\``,
    hint: () => "take the snapshot again; a pod on its node's network has `hostNetwork: true`",
    explanation:
      "A live pod that is not on its node's network shows the address of a node. Whatever that node itself sends then counts as the pod's, and a node does not forward what is sent to its own address, so no rule there judges what reaches the pod. Nodes that lend their address to a single pod look like this; otherwise the snapshot is stale.",
    example: {
      wrong: 'spec: {nodeName: worker-1}\nstatus: {podIP: 192.168.1.1}     (the address of worker-1)',
      right: 'spec: {nodeName: worker-1, hostNetwork: true}\nstatus: {podIP: 192.168.1.1}',
    },
  }),
  NP3021: entry<{ path: string; found: string }>({
    name: 'INVALID_TIME',
    severity: 'error',
    message: ({ path, found }) => `\`${path}\`: "${found}" is no time`,
    hint: () => 'write it as RFC 3339 does, such as 2026-11-25T12:00:00Z, in quotes',
    explanation:
      'A DNSSnapshot says when it was taken and when each record expires. A record that had expired by then does not count.',
    example: { wrong: "takenAt: '25.11.2026 12:00'", right: "takenAt: '2026-11-25T12:00:00Z'" },
  }),
  NP3022: entry<{ path: string }>({
    name: 'NO_DNS_SNAPSHOT',
    severity: 'warning',
    message: ({ path }) => `\`${path}\`: no DNSSnapshot says what these names resolve to, so nothing matches`,
    hint: () => 'add an object of kind DNSSnapshot (netpolc.dev/v1alpha1) to the snapshot',
    explanation:
      'Which addresses a name has is known to the resolvers of the cluster only. Without a DNSSnapshot the rule accepts nothing; the pods can still be let out by networks.',
    example: {
      wrong: 'to: [{domainNames: [api.example.com]}]     (and no DNSSnapshot)',
      right:
        'apiVersion: netpolc.dev/v1alpha1\nkind: DNSSnapshot\nmetadata: {name: resolver}\nrecords: [{name: api.example.com, addresses: [192.0.2.7]}]',
    },
  }),
  NP3023: entry<{ first: string; second: string; tier: string; priority: number }>({
    name: 'EQUAL_PRIORITIES',
    severity: 'warning',
    message: ({ first, second, tier, priority }) =>
      `\`${first}\` and \`${second}\` have priority ${priority} in the ${tier} tier and decide differently about the same connections`,
    hint: () => 'give them different priorities',
    explanation:
      'Which of two policies of equal priority is asked first is left open by the API: another implementation may do it the other way round. netpolc takes them by name. Lint L-37.',
    example: { wrong: 'priority: 10     (twice, one Accept, one Deny)', right: 'priority: 10 and priority: 20' },
  }),
};

function orList(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1) ?? ''}`;
}
