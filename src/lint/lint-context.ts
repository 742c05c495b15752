// What lints look at: the world, what was written, and answers that several of them ask for, each worked out once.
import { getOrMake, groupBy } from '../collections/get-or-make.ts';
import { unlessTooLarge } from '../compile.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { World } from '../input/world.ts';
import { createEnforcementOf, type EnforcementOf } from '../lower/enforcement.ts';
import { checkTies } from '../lower/ties.ts';
import { createTiersOf } from '../lower/tiers.ts';
import type { MappingNode } from '../parse/node.ts';
import type { ClusterPolicy } from '../policy/cluster-policy.ts';
import type { NetworkPolicy } from '../policy/network-policy.ts';
import { indexCluster, type Cluster } from '../resolve/cluster.ts';
import { checkCompleteness } from '../resolve/completeness.ts';
import { createPeerResolver, peerKey, peerNamespaces, type PeerResolver } from '../resolve/peers.ts';
import { selectGroups, type LabelGroup } from '../snapshot/label-index.ts';
import type { Source, Span } from '../source/source.ts';
import { createAddressFacts, type AddressFacts } from './address-facts.ts';
import { createDestinationsOf, type DestinationsOf } from './destinations.ts';
import type { LintOptions } from './lint.ts';
import { listBlocks, listRules, type BlockInPolicy, type RuleInPolicy } from './policy-rules.ts';
import { isGuess } from './reported-lints.ts';
import { listSelections, type Selection } from './selections.ts';

export interface LintContext {
  readonly world: World;
  readonly cluster: Cluster;
  /** What a policy was decoded from; null when it was not kept. */
  readonly documentOf: (policy: NetworkPolicy | ClusterPolicy) => MappingNode | null;
  /** What reading reported, and what is to say about the world before it is compiled. */
  readonly reported: readonly Diagnostic[];
  /** Where reading tolerated an error, so that what is around it is a guess. */
  readonly guesses: ReadonlyMap<Source, readonly Span[]>;
  /** Policies with such a place: what they mean is not certain. */
  readonly guessed: ReadonlySet<NetworkPolicy | ClusterPolicy>;
  /** The namespace that the user gave for policies without one; null when it is only the default. */
  readonly givenNamespace: string | null;
  readonly selections: readonly Selection[];
  readonly rules: readonly RuleInPolicy[];
  readonly blocks: readonly BlockInPolicy[];
  readonly resolver: PeerResolver;
  /** Live pods that a selection certainly matches (S-303). */
  readonly groupsOf: (selection: Pick<Selection, 'peer' | 'namespace'>) => readonly LabelGroup[];
  /** Whose ports a rule is about. */
  readonly destinationsOf: DestinationsOf;
  /** What is enforced for a pod, tiers included. */
  readonly enforcementOf: EnforcementOf;
  /** What NetworkPolicies alone allow a pod. */
  readonly policiesAlone: EnforcementOf;
  readonly addresses: AddressFacts;
  /** Policies that isolate for egress, by namespace, those with the fewest requirements for their subject first. */
  readonly egressPolicies: ReadonlyMap<string, readonly NetworkPolicy[]>;
}

/** Prepares the answers. O(pods + labels + policies). */
export function createLintContext(world: World, options: LintOptions): LintContext {
  const cluster = indexCluster(world.snapshot);
  const resolver = createPeerResolver(cluster);
  const tiersOf = createTiersOf(cluster, world.clusterPolicies);
  const ties = unlessTooLarge(() => checkTies(cluster, world.clusterPolicies, tiersOf));
  const completeness = checkCompleteness(cluster, world, options.allowIncomplete);
  const rules = listRules(world.policies);
  const guesses = groupBy(spansOf(options.reported.filter(isGuess)), ({ source }) => source);
  const groupsByKey = new Map<string, readonly LabelGroup[]>();
  const groupsOf: LintContext['groupsOf'] = ({ peer, namespace }) =>
    getOrMake(groupsByKey, peerKey(peer, namespace), () =>
      selectGroups(cluster.index, peerNamespaces(cluster, peer, namespace, 'certain'), peer.podSelector),
    );
  const policiesAlone = createEnforcementOf(cluster, world.policies, () => null);
  // Tiers that are too large have been reported; what is left of the questions is about NetworkPolicies.
  const hasTiers = world.clusterPolicies.length > 0 && ties.value !== null;
  const enforcementOf = hasTiers ? createEnforcementOf(cluster, world.policies, tiersOf) : policiesAlone;
  return {
    world,
    cluster,
    documentOf: (policy) => world.documentByPolicy.get(policy) ?? null,
    reported: [...options.reported, ...completeness, ...ties.diagnostics, ...(ties.value ?? [])],
    guesses,
    guessed: guessedPolicies(world, guesses),
    givenNamespace: options.givenNamespace,
    selections: listSelections(world),
    rules,
    blocks: listBlocks(rules),
    resolver,
    groupsOf,
    destinationsOf: createDestinationsOf(groupsOf, cluster.index.groups),
    enforcementOf,
    policiesAlone,
    addresses: createAddressFacts(cluster),
    egressPolicies: groupBy(widestFirst(world.policies), ({ namespace }) => namespace),
  };
}

function spansOf(diagnostics: readonly Diagnostic[]): readonly Span[] {
  return diagnostics.flatMap(({ span }) => span ?? []);
}

function widestFirst(policies: readonly NetworkPolicy[]): readonly NetworkPolicy[] {
  const size = ({ subject }: NetworkPolicy): number => subject.requirements.length;
  return policies.filter(({ egress }) => egress !== null).sort((a, b) => size(a) - size(b));
}

function guessedPolicies(
  { documentByPolicy }: World,
  guesses: ReadonlyMap<Source, readonly Span[]>,
): ReadonlySet<NetworkPolicy | ClusterPolicy> {
  const guessed = [...documentByPolicy].filter(([, { span }]) =>
    guesses.get(span.source)?.some((each) => span.start <= each.start && each.end <= span.end),
  );
  return new Set(guessed.map(([policy]) => policy));
}
