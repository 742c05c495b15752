// L-20: pods that may send somewhere and cannot ask for any name. Source: the most common outage; S-502.
import { getOrMake } from '../../collections/get-or-make.ts';
import { contains } from '../../net/address-set.ts';
import type { Address } from '../../net/address.ts';
import { allowedOn, isEmptyTable, type AllowTable } from '../../net/allow-table.ts';
import { matches } from '../../policy/label-selector.ts';
import { policyKey, type NetworkPolicy } from '../../policy/network-policy.ts';
import type { LabelGroup } from '../../snapshot/label-index.ts';
import { findDns, nodeLocalDns, type DnsServer } from '../cluster-dns.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import { countOf, someOf } from '../words.ts';

/** Silent about pods that may reach nothing at all: they are meant to be alone. */
export const dnsNotReachable: Lint = {
  id: 'L-20',
  code: 'NP6020',
  severity: 'warning',
  needs: ['pods', 'dns'],
  check,
};

/** Pods that the same policy isolates and that lack the same protocols. */
interface Cut {
  readonly policy: NetworkPolicy;
  readonly protocols: string;
  readonly groups: Set<LabelGroup>;
}

function check(context: LintContext): readonly Found[] {
  const servers = findDns(context.cluster);
  const missingByTable = new Map<AllowTable, string>();
  const cuts = new Map<string, Cut>();
  for (const group of context.cluster.index.groups) {
    const policy = isolating(context, group);
    const [pod] = group.pods;
    if (policy === null || pod === undefined) continue;
    const table = context.enforcementOf(pod, 'egress')?.table;
    if (table === undefined || isServer(group, servers)) continue;
    const protocols = getOrMake(missingByTable, table, () => missingProtocols(table, servers));
    if (protocols === '') continue;
    const cut = (): Cut => ({ policy, protocols, groups: new Set() });
    getOrMake(cuts, `${policyKey(policy)} ${protocols}`, cut).groups.add(group);
  }
  return [...cuts.values()].map(tell);
}

/** The policy that isolates the pods for egress: the one with the widest subject stands for all. */
function isolating({ egressPolicies }: LintContext, { namespace, labels }: LabelGroup): NetworkPolicy | null {
  const isolating = (egressPolicies.get(namespace) ?? []).filter(({ subject }) => matches(subject, labels));
  const [first = null] = isolating;
  return first;
}

function isServer({ pods }: LabelGroup, servers: readonly DnsServer[]): boolean {
  const own = new Set(pods.map(({ addresses }) => addresses));
  return servers.some(({ addresses }) => own.has(addresses));
}

function missingProtocols(table: AllowTable, servers: readonly DnsServer[]): string {
  if (isEmptyTable(table)) return '';
  const reaches = (protocol: 'UDP' | 'TCP'): boolean =>
    [...servers, nodeLocalDns].some(({ addresses, udp, tcp }) =>
      (protocol === 'UDP' ? udp : tcp).some((port) => {
        const allowed = allowedOn(table, protocol, port);
        return addresses.some((address: Address) => contains(allowed, address));
      }),
    );
  return (['UDP', 'TCP'] as const).filter((protocol) => !reaches(protocol)).join(' and ');
}

function tell({ policy, protocols, groups }: Cut): Found {
  const pods = [...groups].flatMap((group) => group.pods);
  const workloads = [...new Set(pods.map((pod) => `\`${pod.namespace}/${pod.workload}\``))].sort();
  const parameters = {
    pods: `${countOf(pods.length, 'pod')} of ${someOf(workloads)}`,
    names: protocols.startsWith('UDP'),
    protocols,
    isolated: `\`${policyKey(policy)}\``,
  };
  return found('NP6020', parameters, policy.origin.span, { policy: policyKey(policy) });
}
