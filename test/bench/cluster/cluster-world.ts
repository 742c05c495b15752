// A planned cluster as netpolc reads it.
import { readWorld } from '../../../src/input/read-world.ts';
import { defaultReadOptions, type InputFile, type World } from '../../../src/input/world.ts';
import { must } from '../../kit/must.ts';
import { clusterManifests } from './manifests.ts';
import { planCluster, type ClusterSize } from './plan.ts';

export async function clusterWorld(size: ClusterSize): Promise<World> {
  const items = [...clusterManifests(planCluster(size))];
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const file: InputFile = {
    name: 'cluster.json',
    role: 'snapshot',
    async *chunks() {
      yield new TextEncoder().encode(text);
    },
  };
  return must((await readWorld([file], defaultReadOptions)).value);
}
