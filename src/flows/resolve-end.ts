// The name of one end → the addresses that it has, and the node that is meant.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Address } from '../net/address.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import type { Span } from '../source/source.ts';
import { formatEndpointName } from './endpoint-name.ts';
import type { EndpointName } from './flow-line.ts';
import { unknownPodHint } from './nearest-pod.ts';
import type { SnapshotNames } from './snapshot-names.ts';

/** One end of a flow, found. */
export interface End {
  /** As people know it: the end's name in the line. */
  readonly name: string;
  /** Of both families, where it has both. */
  readonly addresses: readonly Address[];
  /** The node that this end is, or null. */
  readonly node: string | null;
}

export type FoundEnd =
  { readonly end: End; readonly problem: null } | { readonly end: null; readonly problem: Diagnostic };

/** Finds an end in the snapshot. `hints` false leaves out the search for the nearest name, which looks at all of them. */
export function resolveEnd(names: SnapshotNames, endpoint: EndpointName, span: Span, hints: boolean): FoundEnd {
  const name = formatEndpointName(endpoint);
  switch (endpoint.kind) {
    case 'address':
      return found({ name, addresses: [endpoint.address], node: names.nodeOf(endpoint.address) });
    case 'node':
      return resolveNode(names, endpoint.name, span, hints);
    case 'host':
      return failed(diagnose('NP1054', { host: endpoint.name }, span));
    case 'pod': {
      const pod = names.pod(endpoint.namespace, endpoint.name);
      if (pod !== null) return resolvePod(names, name, pod, span);
      const hint = hints ? unknownPodHint(names, endpoint.namespace, endpoint.name) : null;
      return failed(diagnose('NP1052', { pod: name }, span, { hint }));
    }
  }
}

/** A pod on its node's network is its node; else only a live pod has addresses to speak of. Source: S-320, S-606. */
function resolvePod(names: SnapshotNames, name: string, pod: Pod, span: Span): FoundEnd {
  if (pod.live) return found({ name, addresses: pod.addresses, node: null });
  if (pod.hostNetwork && pod.node !== null) {
    return found({ name, addresses: names.nodeAddresses(pod.node) ?? [], node: pod.node });
  }
  const reason = pod.hostNetwork ? 'not-scheduled' : pod.addresses.length === 0 ? 'no-address' : 'finished';
  return failed(diagnose('NP1055', { pod: name, reason }, span));
}

function resolveNode(names: SnapshotNames, node: string, span: Span, hints: boolean): FoundEnd {
  const addresses = names.nodeAddresses(node);
  if (addresses !== null) return found({ name: `node:${node}`, addresses, node });
  const nodes = names.nodeNames();
  const similar = hints ? nearest(node, nodes) : null;
  const hint = similar !== null ? `did you mean \`node:${similar}\`?` : nodes.length === 0 ? noNodesHint : null;
  return failed(diagnose('NP1053', { node }, span, { hint }));
}

const noNodesHint = 'the snapshot has no nodes: take it with `kubectl get ns,nodes,pods,svc,netpol -A -o json`';

function found(end: End): FoundEnd {
  return { end, problem: null };
}

function failed(problem: Diagnostic): FoundEnd {
  return { end: null, problem };
}
