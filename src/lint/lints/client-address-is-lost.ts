// L-21: blocks of clients that come in with the address of a node. Source: S-423.
import { groupBy } from '../../collections/get-or-make.ts';
import { isEmpty, isSubset, union } from '../../net/address-set.ts';
import type { Service } from '../../snapshot/snapshot.ts';
import { isBehind } from '../cluster-dns.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import type { BlockInPolicy } from '../policy-rules.ts';

/** Silent where the rule allows every node as well, unless exceptions are to keep some clients out. */
export const clientAddressIsLost: Lint = {
  id: 'L-21',
  code: 'NP6021',
  severity: 'warning',
  needs: ['pods', 'services'],
  check,
};

function check(context: LintContext): readonly Found[] {
  const exposed = groupBy(context.world.snapshot.services.filter(isExposed), ({ namespace }) => namespace);
  return context.blocks.flatMap((each) => {
    const { block, direction, policy, key } = each;
    if (direction !== 'ingress' || isWithinPods(context, each)) return [];
    const excepts = block.except.length > 0;
    if (!excepts && allowsNodes(context, each)) return [];
    const service = (exposed.get(policy.namespace) ?? []).find((one) => leadsTo(context, one, each));
    if (service === undefined) return [];
    const parameters = { path: block.origin.path, service: nameOf(service), type: service.type, excepts };
    return [found('NP6021', parameters, block.origin.span, { policy: key })];
  });
}

function isExposed({ type, externalTrafficPolicy }: Service): boolean {
  return (type === 'NodePort' || type === 'LoadBalancer') && externalTrafficPolicy === 'Cluster';
}

/** Such a block is not about clients of services. */
function isWithinPods({ addresses }: LintContext, { block }: BlockInPolicy): boolean {
  return isSubset(addresses.inBlock(block), union([addresses.all('podRanges'), addresses.all('pods')]));
}

function allowsNodes({ addresses, resolver }: LintContext, { rule, policy }: BlockInPolicy): boolean {
  const nodes = addresses.all('nodes');
  return !isEmpty(nodes) && isSubset(nodes, resolver.addresses(rule.peers, policy.namespace));
}

/** Whether pods behind the service are subjects of the policy. */
function leadsTo({ groupsOf }: LintContext, service: Service, { policy }: BlockInPolicy): boolean {
  const { namespace, subject: podSelector, subjectOrigin: origin } = policy;
  const groups = groupsOf({ peer: { kind: 'pods', namespaceSelector: null, podSelector, origin }, namespace });
  return groups.some(({ pods }) => pods[0] !== undefined && isBehind(pods[0], service));
}

function nameOf({ namespace, name }: Service): string {
  return `${namespace}/${name}`;
}
