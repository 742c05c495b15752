// A counterexample as a golden case: the files to drop into golden/, once somebody has decided who is right.
import { stringify } from 'yaml';
import { formatAddress, type Address } from '../../src/net/address.ts';
import type { Flow } from '../../src/net/flow.ts';
import { podKey, type Snapshot } from '../../src/snapshot/snapshot.ts';
import type { Mismatch } from './properties.ts';
import type { RandomWorld } from './random-world.ts';
import { yamlDocuments } from './world/render.ts';

/** Text by file name. Without a flow there is no truth to state: the property itself is what must hold. */
export function goldenCase(
  { property, detail, flow, expected }: Mismatch,
  { policies, clusterPolicies, cluster, readOptions, semantics }: RandomWorld,
  snapshot: Snapshot | null,
): ReadonlyMap<string, string> {
  const head = {
    title: detail,
    why: `property ${property} failed; decide by the semantics page who is right, then say here what would go wrong`,
    rules: ['P-3'],
    options: { ...readOptions, semantics },
  };
  const files = new Map([
    ['case.yaml', stringify(head)],
    ['policies.yaml', yamlDocuments([...policies, ...clusterPolicies])],
    ['snapshot.yaml', yamlDocuments(cluster)],
  ]);
  if (flow !== null && snapshot !== null) {
    const line = { ...flowFields(flow, snapshot), expect: expected, why: 'what the oracle says' };
    files.set('flows.jsonl', `${JSON.stringify(line)}\n`);
  }
  return files;
}

function flowFields(flow: Flow, snapshot: Snapshot): object {
  const { protocol, port, source } = flow;
  const from = endpointText(flow.source, flow.sourceNode, snapshot);
  const to = endpointText(flow.destination, flow.destinationNode, snapshot);
  return { from, to, protocol, port, family: source.family };
}

function endpointText(address: Address, node: string | null, snapshot: Snapshot): string {
  if (node !== null) return `node:${node}`;
  const text = formatAddress(address);
  const owners = snapshot.pods.filter((pod) => pod.live && pod.addresses.some((each) => formatAddress(each) === text));
  return owners.length === 1 && owners[0] !== undefined ? podKey(owners[0]) : text;
}
