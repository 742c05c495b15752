// Flows written by hand, for tests of the oracle and of what it explains.
import { parseAddress } from '../../src/net/address.ts';
import type { Flow } from '../../src/net/flow.ts';
import { isProtocol } from '../../src/net/protocol.ts';
import { must } from '../kit/must.ts';

/** `question('10.0.0.1', '10.0.0.2', 'UDP 53')`; the nodes are those of the source and the destination. */
export function question(
  from: string,
  to: string,
  what = 'TCP 80',
  nodes: { readonly source?: string; readonly destination?: string } = {},
): Flow {
  const [protocol = '', port] = what.split(' ');
  if (!isProtocol(protocol)) throw new Error(`${protocol} is no protocol`);
  return {
    source: must(parseAddress(from), from),
    destination: must(parseAddress(to), to),
    protocol,
    port: Number(port),
    sourceNode: nodes.source ?? null,
    destinationNode: nodes.destination ?? null,
  };
}
