// Random claims about a random world, with ends of every form.
import { formatAddress, type Address } from '../../src/net/address.ts';
import { contains, cidrSet } from '../../src/net/address-set.ts';
import { parseCidr } from '../../src/net/cidr.ts';
import { protocols } from '../../src/net/protocol.ts';
import type { Labels } from '../../src/policy/label-selector.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { must } from '../kit/must.ts';
import type { Random } from '../properties/world/random.ts';
import type { Answer, TestClaim, TestDestination, TestEnd, TestPorts } from './meaning-of-claims.ts';

export function randomClaim(snapshot: Snapshot, random: Random): TestClaim {
  const ends = (): readonly TestEnd[] => some(random, () => randomEnd(snapshot, random));
  return {
    kind: random.pick(['never', 'always', 'only']),
    sources: ends(),
    destinations: ends().map((end): TestDestination => ({ ...inBrackets(end), ports: randomPorts(random) })),
    family: random.chance(0.2) ? random.pick(['IPv4', 'IPv6']) : null,
  };
}

function some<T>(random: Random, make: () => T): readonly T[] {
  return Array.from({ length: random.chance(0.7) ? 1 : 2 }, make);
}

function inBrackets(end: TestEnd): TestEnd {
  return /^[0-9a-f]*:[0-9a-f:]*(?:\/[0-9]+)?$/.test(end.text) ? { ...end, text: `[${end.text}]` } : end;
}

function randomPorts(random: Random): readonly TestPorts[] | null {
  if (random.chance(0.3)) return null;
  return some(random, () => {
    const [first, last] = random.pick<readonly [number, number]>([
      [80, 80],
      [81, 81],
      [443, 443],
      [79, 82],
      [1, 65535],
      [65535, 65535],
    ]);
    return { protocol: random.pick(protocols), first, last };
  });
}

/** All pods stand at both ends as often as single ones: what is open everywhere, or nowhere, is easily got wrong. */
function randomEnd(snapshot: Snapshot, random: Random): TestEnd {
  const forms = [
    named,
    ofLabels,
    ofLabels,
    inNamespace,
    ofNamespaces,
    inNamespaces,
    block,
    address,
    node,
    outside,
    any,
  ];
  return random.pick(forms)(snapshot, random);
}

function named({ pods }: Snapshot, random: Random): TestEnd {
  const known = pods.filter(({ live, hostNetwork, node: on }) => live || (hostNetwork && on !== null));
  if (known.length === 0) return any();
  const pod = random.pick(known);
  const own = { text: `${pod.namespace}/${pod.name}` };
  return pod.live
    ? { ...own, ofPod: (each) => yesOrNo(each === pod) }
    : { ...own, nodes: pod.node === null ? [] : [pod.node] };
}

interface Chosen {
  readonly text: string;
  readonly holds: (labels: Labels) => boolean;
}

function selector(random: Random): Chosen {
  const key = random.pick(['a', 'b']);
  return random.pick<Chosen>([
    { text: '', holds: () => true },
    { text: `${key}=x`, holds: (labels) => labels.get(key) === 'x' },
    { text: `${key} in (x,y)`, holds: (labels) => labels.get(key) === 'x' || labels.get(key) === 'y' },
    { text: `!${key}`, holds: (labels) => !labels.has(key) },
    { text: `a=x,b`, holds: (labels) => labels.get('a') === 'x' && labels.has('b') },
  ]);
}

function ofLabels(_: Snapshot, random: Random): TestEnd {
  const { text, holds } = selector(random);
  return { text: `pods(${text})`, ofPod: (pod) => yesOrNo(holds(pod.labels)) };
}

function inNamespace({ pods }: Snapshot, random: Random): TestEnd {
  if (pods.length === 0) return any();
  const { text, holds } = selector(random);
  const { namespace } = random.pick(pods);
  return {
    text: `pods(${text})@${namespace}`,
    ofPod: (pod) => yesOrNo(pod.namespace === namespace && holds(pod.labels)),
  };
}

function ofNamespaces(snapshot: Snapshot, random: Random): TestEnd {
  const { text, holds } = selector(random);
  return { text: `ns(${text})`, ofPod: (pod) => ofNamespace(snapshot, pod.namespace, text, holds) };
}

function inNamespaces(snapshot: Snapshot, random: Random): TestEnd {
  const [own, other] = [selector(random), selector(random)];
  return {
    text: `pods(${own.text})@ns(${other.text})`,
    ofPod: (pod) => (own.holds(pod.labels) ? ofNamespace(snapshot, pod.namespace, other.text, other.holds) : 'no'),
  };
}

/** Without its object nothing is known of a namespace but its name: only "all namespaces" means it for sure. */
function ofNamespace({ namespaceByName }: Snapshot, name: string, text: string, holds: Chosen['holds']): Answer {
  const object = namespaceByName.get(name);
  if (object === undefined) return text === '' ? 'yes' : 'maybe';
  return yesOrNo(holds(object.labels));
}

function block(_: Snapshot, random: Random): TestEnd {
  const text = random.pick([
    '10.0.0.0/30',
    '10.0.0.0/24',
    '10.0.0.254/31',
    '0.0.0.0/0',
    '203.0.113.0/24',
    'fd00::/126',
    'fd00::/112',
    '::/0',
  ]);
  const set = cidrSet(must(parseCidr(text).cidr));
  return { text, ofAddress: (each) => contains(set, each) };
}

function address({ pods, nodeByName }: Snapshot, random: Random): TestEnd {
  const known = [...pods.filter(({ live }) => live).flatMap(({ addresses }) => addresses)].map(formatAddress);
  const ofNodes = new Map(
    [...nodeByName.values()].flatMap((each) => each.addresses.map((one) => [formatAddress(one), each.name])),
  );
  const text = random.pick(['203.0.113.5', '2001:db8::5', ...known, ...ofNodes.keys()]);
  const owner = ofNodes.get(text);
  const isIt = (each: Address): boolean => formatAddress(each) === text;
  return owner === undefined ? { text, ofAddress: isIt } : { text, ofAddress: isIt, nodes: [owner] };
}

function node({ nodeByName }: Snapshot, random: Random): TestEnd {
  const names = [...nodeByName.keys()];
  if (names.length === 0) return outside();
  const name = random.pick(names);
  return { text: `node:${name}`, nodes: [name] };
}

function outside(): TestEnd {
  return { text: 'outside', ofAddress: (_, isPod) => !isPod };
}

function any(): TestEnd {
  return { text: 'any', ofAddress: () => true };
}

function yesOrNo(holds: boolean): Answer {
  return holds ? 'yes' : 'no';
}
