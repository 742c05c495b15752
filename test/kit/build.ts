// Typed worlds written by hand, for tests of the phases behind the decoders.
import { hostCidr, parseCidr, type Cidr } from '../../src/net/cidr.ts';
import { parseAddress } from '../../src/net/address.ts';
import type { Protocol } from '../../src/net/protocol.ts';
import { everything, type LabelSelector } from '../../src/policy/label-selector.ts';
import type {
  Field,
  IpBlockPeer,
  NetworkPolicy,
  PodPeer,
  PolicyPort,
  PolicyRule,
} from '../../src/policy/network-policy.ts';
import type { Namespace, Node, Pod, Snapshot } from '../../src/snapshot/snapshot.ts';
import { wholeSource, type Source } from '../../src/source/source.ts';
import { must } from './must.ts';

const nowhere: Source = wholeSource('test.yaml', '');

/** A field at a line of `test.yaml` whose text is not kept. */
export function field(path: string, line = 1): Field {
  return { path, span: { source: { ...nowhere, text: null, line }, start: 0, end: 0 } };
}

/** `{k: v}` as a selector of In requirements. */
export function labels(pairs: Readonly<Record<string, string>>): LabelSelector {
  return { requirements: Object.entries(pairs).map(([key, value]) => ({ key, operator: 'In', values: [value] })) };
}

export interface PodFacts {
  readonly labels?: Readonly<Record<string, string>>;
  readonly ips?: readonly string[];
  readonly node?: string;
  readonly live?: boolean;
  readonly ports?: readonly (readonly [name: string, protocol: Protocol, port: number])[];
  readonly workload?: string;
}

/** A live pod on node `n1`, unless said otherwise; `key` is `namespace/name`. */
export function pod(key: string, facts: PodFacts = {}): Pod {
  const [namespace = '', name = ''] = key.split('/');
  return {
    namespace,
    name,
    labels: new Map(Object.entries(facts.labels ?? {})),
    addresses: (facts.ips ?? []).map((ip) => must(parseAddress(ip), ip)),
    node: facts.node ?? 'n1',
    hostNetwork: false,
    live: facts.live ?? true,
    namedPorts: (facts.ports ?? []).map(([portName, protocol, port]) => ({ name: portName, protocol, port })),
    unnamedPorts: [],
    workload: facts.workload ?? name,
    source: nowhere,
  };
}

/** A snapshot; namespaces by name with their labels (the name label is added). */
export function snapshot(
  pods: readonly Pod[],
  namespaces: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
  nodes: Readonly<Record<string, readonly string[]>> = {},
): Snapshot {
  return {
    pods,
    namespaceByName: new Map(Object.entries(namespaces).map(([name, pairs]) => [name, namespace(name, pairs)])),
    nodeByName: new Map(Object.entries(nodes).map(([name, ips]) => [name, node(name, ips)])),
    services: [],
    dnsSnapshots: [],
    podTemplates: [],
  };
}

/** A policy in `key`'s namespace; a direction that is not given is not among its types. */
export function policy(
  key: string,
  spec: {
    readonly subject?: LabelSelector;
    readonly ingress?: readonly PolicyRule[];
    readonly egress?: readonly PolicyRule[];
    readonly line?: number;
  },
): NetworkPolicy {
  const [namespace_ = '', name = ''] = key.split('/');
  return {
    kind: 'NetworkPolicy',
    namespace: namespace_,
    name,
    subject: spec.subject ?? everything,
    ingress: spec.ingress ?? null,
    egress: spec.egress ?? null,
    origin: field('', spec.line),
    subjectOrigin: field('spec.podSelector', spec.line),
  };
}

/** A policy rule; null peers or ports mean everyone and everything. */
export function rule(
  peers: readonly (PodPeer | IpBlockPeer)[] | null,
  ports: readonly PolicyPort[] | null,
  at: Field = field('spec.ingress[0]'),
): PolicyRule {
  return { peers, ports, origin: at };
}

export function podPeer(podSelector: LabelSelector, namespaceSelector: LabelSelector | null = null): PodPeer {
  return { kind: 'pods', podSelector, namespaceSelector, origin: field('spec.ingress[0].from[0]') };
}

export function ipBlock(cidr: string, ...except: readonly string[]): IpBlockPeer {
  return { kind: 'ipBlock', cidr: prefix(cidr), except: except.map(prefix), origin: field('spec.ingress[0].from[0]') };
}

export function port(protocol: Protocol, first: number, last = first): PolicyPort {
  return { kind: 'range', protocol, range: { first, last }, origin: field('spec.ingress[0].ports[0]') };
}

export function namedPort(protocol: Protocol, name: string): PolicyPort {
  return { kind: 'named', protocol, name, origin: field('spec.ingress[0].ports[0]') };
}

function prefix(text: string): Cidr {
  const address = parseAddress(text);
  return address === null ? must(parseCidr(text).cidr, text) : hostCidr(address);
}

function namespace(name: string, pairs: Readonly<Record<string, string>>): Namespace {
  const all = new Map([...Object.entries(pairs), ['kubernetes.io/metadata.name', name] as const]);
  return { name, labels: all, source: nowhere };
}

function node(name: string, ips: readonly string[]): Node {
  return { name, labels: new Map(), addresses: ips.map((ip) => must(parseAddress(ip))), podCidrs: [], source: nowhere };
}
