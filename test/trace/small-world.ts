// Random small worlds and flows of them, for what must hold of every explanation: few names, so that much collides.
import fc from 'fast-check';
import { parseAddress } from '../../src/net/address.ts';
import type { Flow } from '../../src/net/flow.ts';
import { protocols } from '../../src/net/protocol.ts';
import type { LabelSelector } from '../../src/policy/label-selector.ts';
import type { NetworkPolicy, Peer, PolicyPort, PolicyRule } from '../../src/policy/network-policy.ts';
import type { Pod } from '../../src/snapshot/snapshot.ts';
import type { OracleWorld } from '../../src/trace/oracle.ts';
import { field, ipBlock, namedPort, pod, podPeer, policy, port, rule, snapshot } from '../kit/build.ts';
import { must } from '../kit/must.ts';

const namespaces = ['a', 'b'];
const addresses = ['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '203.0.113.9'];
const addresses6 = ['fd00::', 'fd00::1', 'fd00::2', 'fd00::3', '2001:db8::9'];
const ports = [79, 80, 81, 443];

const namespace = fc.constantFrom(...namespaces);
const protocol = fc.constantFrom(...protocols);
const nullable = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 2 });
const few = <T>(arbitrary: fc.Arbitrary<T>, least = 0, most = 2): fc.Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength: least, maxLength: most });
const labelPairs = few(fc.tuple(fc.constantFrom('k', 'l'), fc.constantFrom('x', 'y', ''))).map(
  (pairs) => Object.fromEntries(pairs) as Record<string, string>,
);

const requirement = fc.record(
  {
    key: fc.constantFrom('k', 'l', 'kubernetes.io/metadata.name'),
    operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
    values: few(fc.constantFrom('x', 'y', '', 'a'), 1),
  },
  { noNullPrototype: true },
);
const selector: fc.Arbitrary<LabelSelector> = few(requirement, 0, 2).map((requirements) => ({ requirements }));
const block = fc.constantFrom(
  ipBlock('0.0.0.0/0', '10.0.0.0/30'),
  ipBlock('10.0.0.0/30', '10.0.0.1'),
  ipBlock('10.0.0.2/31'),
  ipBlock('::/0', 'fd00::1'),
  ipBlock('fd00::/127'),
);
const peer: fc.Arbitrary<Peer> = fc.oneof(
  { arbitrary: fc.tuple(selector, nullable(selector)).map(([pods, where]) => podPeer(pods, where)), weight: 3 },
  { arbitrary: block, weight: 1 },
);
const portEntry: fc.Arbitrary<PolicyPort> = fc.oneof(
  fc
    .tuple(protocol, fc.constantFrom(...ports), fc.nat(2))
    .map(([name, first, more]) => port(name, first, first + more)),
  fc.tuple(protocol, fc.constantFrom('http', 'dns')).map(([name, called]) => namedPort(name, called)),
);
const rules = (direction: string): fc.Arbitrary<PolicyRule[]> =>
  few(fc.tuple(nullable(few(peer, 1, 3)), nullable(few(portEntry, 1)))).map((pairs) =>
    pairs.map(([peers, entries], index) => rule(peers, entries, field(`spec.${direction}[${index}]`))),
  );
const networkPolicy: fc.Arbitrary<NetworkPolicy> = fc
  .record({
    namespace,
    name: fc.constantFrom('p', 'q', 'r', 's'),
    subject: selector,
    ingress: nullable(rules('ingress')),
    egress: nullable(rules('egress')),
  })
  .map(({ namespace: where, name, subject, ingress, egress }) =>
    policy(`${where}/${name}`, {
      subject,
      ...(ingress === null ? {} : { ingress }),
      ...(egress === null ? {} : { egress }),
    }),
  );
const livePod: fc.Arbitrary<Pod> = fc
  .record({
    namespace,
    name: fc.constantFrom('p', 'q', 'r', 's', 't'),
    labels: labelPairs,
    ip: fc.constantFrom(...addresses.slice(0, 4)),
    ip6: nullable(fc.constantFrom(...addresses6.slice(0, 4))),
    node: fc.constantFrom('n1', 'n2'),
    live: fc.integer({ min: 0, max: 9 }).map((number) => number > 0),
    declared: few(fc.tuple(fc.constantFrom('http', 'dns'), protocol, fc.constantFrom(...ports)), 0, 3),
  })
  .map(({ namespace: where, name, labels, ip, ip6, node, live, declared }) =>
    pod(`${where}/${name}`, { labels, ips: ip6 === null ? [ip] : [ip, ip6], node, live, ports: declared }),
  );

/** A world; now and then with contested addresses and namespaces without an object. */
export const smallWorld: fc.Arbitrary<OracleWorld> = fc
  .record({
    pods: fc.uniqueArray(livePod, { maxLength: 5, selector: (each) => `${each.namespace}/${each.name}` }),
    policies: fc.uniqueArray(networkPolicy, { maxLength: 5, selector: (each) => `${each.namespace}/${each.name}` }),
    a: labelPairs,
    b: nullable(labelPairs),
  })
  .map(({ pods, policies, a, b }) => ({
    policies,
    clusterPolicies: [],
    snapshot: snapshot(pods, b === null ? { a } : { a, b }),
  }));

const node = fc.option(fc.constantFrom('n1', 'n2'), { freq: 1 });

/** A flow of one family between addresses that worlds use. */
export const smallFlow: fc.Arbitrary<Flow> = fc
  .record({
    ends: fc.oneof(
      fc.tuple(fc.constantFrom(...addresses), fc.constantFrom(...addresses)),
      fc.tuple(fc.constantFrom(...addresses6), fc.constantFrom(...addresses6)),
    ),
    protocol,
    port: fc.constantFrom(...ports),
    sourceNode: node,
    destinationNode: node,
  })
  .map(({ ends: [source, destination], ...rest }) => ({
    source: must(parseAddress(source)),
    destination: must(parseAddress(destination)),
    ...rest,
  }));
