// L-18: one family of addresses allowed where pods have both. Source: S-426, S-427.
import { addressKey, formatAddress, type Family } from '../../net/address.ts';
import { contains } from '../../net/address-set.ts';
import { blockText } from '../../trace/words.ts';
import { podKey, type Pod } from '../../snapshot/snapshot.ts';
import { firstAddress, isDualStack } from '../address-facts.ts';
import { found, type Found, type Lint } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';
import type { BlockInPolicy } from '../policy-rules.ts';

/** Asked of blocks for everyone, where the subject has both families, and of blocks that hold one address of a pod. */
export const oneFamilyOnly: Lint = {
  id: 'L-18',
  code: 'NP6018',
  severity: 'warning',
  needs: ['pods'],
  check,
};

function check(context: LintContext): readonly Found[] {
  return context.blocks.flatMap((each) =>
    each.block.cidr.prefixLength === 0 ? checkEveryone(context, each) : checkPods(context, each),
  );
}

function otherFamily({ block }: BlockInPolicy): Family {
  return block.cidr.base.family === 'IPv4' ? 'IPv6' : 'IPv4';
}

function checkEveryone(context: LintContext, each: BlockInPolicy): readonly Found[] {
  const { policy, key, direction, block } = each;
  const other = otherFamily(each);
  const rules = policy[direction] ?? [];
  const isBoth = rules.some(
    ({ peers }) =>
      peers === null ||
      peers.some((peer) => peer.kind === 'ipBlock' && peer.cidr.prefixLength === 0 && peer.cidr.base.family === other),
  );
  const pod = isBoth ? null : dualStackSubject(context, each);
  return pod === null ? [] : [tell(key, block, { pod, other, isPeer: false })];
}

function dualStackSubject({ groupsOf }: LintContext, { policy }: BlockInPolicy): Pod | null {
  const { namespace, subject: podSelector, subjectOrigin: origin } = policy;
  for (const { pods } of groupsOf({
    peer: { kind: 'pods', namespaceSelector: null, podSelector, origin },
    namespace,
  })) {
    const pod = pods.find(({ addresses }) => isDualStack(addresses));
    if (pod !== undefined) return pod;
  }
  return null;
}

/** The first pod in the block stands for all. */
function checkPods(context: LintContext, each: BlockInPolicy): readonly Found[] {
  const { policy, key, direction, block } = each;
  const { addresses, cluster, resolver } = context;
  if (!addresses.overlaps(block, 'dualStack')) return [];
  const first = firstAddress(addresses.held(block, 'dualStack'));
  const pod = first === null ? undefined : cluster.podByAddress.get(addressKey(first));
  const other = otherFamily(each);
  const others = pod?.addresses.filter(({ family }) => family === other) ?? [];
  const allowed = (policy[direction] ?? []).map(({ peers }) => resolver.addresses(peers, policy.namespace));
  if (pod === undefined || others.some((address) => allowed.some((set) => contains(set, address)))) return [];
  return [tell(key, block, { pod, other, isPeer: true })];
}

function tell(
  key: string,
  block: BlockInPolicy['block'],
  { pod, other, isPeer }: { readonly pod: Pod; readonly other: Family; readonly isPeer: boolean },
): Found {
  const { path, span } = block.origin;
  const addresses = pod.addresses.map(formatAddress).join(', ');
  const notes = [{ message: `\`${podKey(pod)}\` has ${addresses}`, span: null }];
  const parameters = { path, block: blockText(block.cidr), pod: podKey(pod), other, isPeer };
  return found('NP6018', parameters, span, { policy: key, notes });
}
