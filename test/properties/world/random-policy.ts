// NetworkPolicies: every way to write each field, over the addresses and names of the small cluster.
import { families, type Address, type Family } from '../../../src/net/address.ts';
import { address, bitsOf, neighbour, prefixEnds, prefixText } from './address-arithmetic.ts';
import { listField, manifest, nil, several, type Dial, type Json, type Manifest } from './manifest.ts';
import type { Random } from './random.ts';
import { externalAddresses, nodeAddresses, podAddresses } from './random-cluster.ts';
import { randomSelector } from './random-selector.ts';

export interface PolicyOptions {
  readonly name: string;
  readonly namespaces: readonly string[];
  /** May be left out of `metadata` (S-111). */
  readonly defaultNamespace: string;
  readonly dial: Dial;
}

/** A valid policy in one of the namespaces. Source: P-1 of the reliability study. */
export function randomPolicy(random: Random, options: PolicyOptions): Manifest {
  const { name, namespaces, defaultNamespace, dial } = options;
  const namespace = random.pick(namespaces);
  const rules = (peers: 'from' | 'to'): Json | undefined =>
    listField(random, dial, [{}, null], () => several(random, 1, 3, () => randomRule(random, options, peers)));
  const metadata = { name, namespace: namespace === defaultNamespace && random.chance(0.4) ? nil(random) : namespace };
  const spec = manifest({
    podSelector: random.chance(0.25) ? nil(random) : randomSelector(random, dial, null),
    policyTypes: randomTypes(random),
    ingress: rules('from'),
    egress: random.chance(0.15) ? nil(random) : rules('to'),
  });
  const bare = random.chance(0.02);
  const head = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: manifest(metadata) };
  return bare ? head : { ...head, spec };
}

function randomTypes(random: Random): Json | undefined {
  const listed: readonly Json[] = [['Ingress'], ['Egress'], ['Ingress', 'Egress'], ['Egress', 'Ingress']];
  if (random.chance(0.2)) return nil(random);
  if (random.chance(0.2)) return [];
  return random.chance(0.05) ? ['Ingress', 'Ingress'] : random.pick(listed);
}

function randomRule(random: Random, options: PolicyOptions, peers: 'from' | 'to'): Manifest {
  const { dial } = options;
  return manifest({
    [peers]: listField(random, dial, null, () => several(random, 1, 3, () => randomPeer(random, options))),
    ports: listField(random, dial, [{}], () => several(random, 1, 3, () => randomPort(random))),
  });
}

function randomPeer(random: Random, { namespaces, dial }: PolicyOptions): Manifest {
  if (random.chance(0.4)) return { ipBlock: randomIpBlock(random) };
  const podSelector = random.chance(0.7) ? randomSelector(random, dial, null) : undefined;
  const withNamespaces = podSelector === undefined || random.chance(0.5);
  const others = [...namespaces, 'nowhere'];
  return manifest({
    podSelector: podSelector ?? nil(random),
    namespaceSelector: withNamespaces ? randomSelector(random, dial, others) : nil(random),
  });
}

/** Numbers at the ends of what the pods use; names; ranges; nothing but a protocol. */
function randomPort(random: Random): Manifest {
  const protocol = random.pick(['TCP', 'TCP', 'UDP', 'SCTP', null, undefined]);
  const kind = random.below(10);
  if (kind === 0) return manifest({ protocol, port: nil(random) });
  if (kind < 4) return manifest({ protocol, port: random.pick(['http', 'dns']) });
  const first = random.pick([1, 80, 81, 443, 65535]);
  if (kind < 7) return manifest({ protocol, port: first, endPort: nil(random) });
  const ends = [1, 79, 80, 81, 82, 443, 65534, 65535].filter((end) => end >= first);
  return manifest({ protocol, port: first, endPort: random.pick(ends) });
}

function randomIpBlock(random: Random): Manifest {
  const family = random.pick(families);
  const anchor = randomAnchor(random, family);
  const length = randomLength(random, family, 0);
  const except = random.chance(0.5) ? randomExcepts(random, anchor, length) : random.pick([nil(random), []]);
  return manifest({ cidr: prefixText(anchor, length), except });
}

/** A pod's, a node's or an outside address, or the one before or after it. */
function randomAnchor(random: Random, family: Family): Address {
  const nodes = Object.values(nodeAddresses).map((node) => node[family]);
  const pool = random.chance(0.7) ? podAddresses[family] : [...nodes, ...externalAddresses[family]];
  const exact = address(random.pick(pool));
  return neighbour(exact, random.pick([0, 0, 0, -1, 1])) ?? exact;
}

function randomLength(random: Random, family: Family, least: number): number {
  const bits = bitsOf(family);
  const lengths = [0, 1, 8, bits - 32, bits - 16, bits - 8, bits - 3, bits - 2, bits - 1, bits, bits].filter(
    (length) => length >= least,
  );
  return random.pick(lengths.length === 0 ? [bits] : lengths);
}

/** Nested, adjacent, repeated, covering everything, or at an edge of the block. Source: S-247. */
function randomExcepts(random: Random, anchor: Address, length: number): readonly string[] {
  const bits = bitsOf(anchor.family);
  if (length >= bits) return [];
  const [first, last] = prefixEnds(anchor, length);
  const longer = (): number => randomLength(random, anchor.family, length + 1);
  const halves = [prefixText(first, length + 1), prefixText(last, length + 1)];
  switch (random.below(6)) {
    case 0:
      return halves;
    case 1:
      return [prefixText(anchor, length + 1), prefixText(anchor, longer()), prefixText(anchor, bits)];
    case 2:
      return [prefixText(random.pick([first, last]), bits)];
    case 3:
      return [prefixText(anchor, bits), prefixText(anchor, bits)];
    case 4:
      return [
        prefixText(anchor, bits - 1 > length ? bits - 1 : bits),
        prefixText(neighbourWithin(anchor, first, last), bits),
      ];
    default:
      return [prefixText(anchor, longer()), prefixText(random.pick([first, last]), longer())];
  }
}

/** The next address inside the block, or the one before where the block ends. */
function neighbourWithin(anchor: Address, first: Address, last: Address): Address {
  const isLast = anchor.words.every((word, index) => word === last.words[index]);
  return (isLast ? neighbour(anchor, -1) : neighbour(anchor, 1)) ?? first;
}
