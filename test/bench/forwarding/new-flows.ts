// Packets that each begin a connection.
import type { Address } from '../../../src/net/address.ts';
import type { Tuple } from '../../../src/replay/packet.ts';
import { createRandom } from '../../properties/world/random.ts';
import { localPods } from './node-world.ts';

/** One packet a flow: peers at random, as requests come, to every local pod. */
export function newFlows(peers: readonly Address[], destinationPort: number, count = 50_000): readonly Tuple[] {
  const random = createRandom(1);
  return Array.from({ length: count }, (_, index) => ({
    source: random.pick(peers),
    destination: localPods[index % localPods.length] as Address,
    protocol: 'UDP' as const,
    sourcePort: 1024 + (index % 64_000),
    destinationPort,
  }));
}
