// What a lane's router has loaded.
import type { PreparedFiles } from '../../../src/replay/prepare-engine.ts';
import type { Artifact, Engine, HostCommand } from '../../../src/target.ts';
import { prepared } from '../machine.ts';

export interface Filter {
  /** Files that its commands find in the folder around theirs. */
  readonly prepared: PreparedFiles;
  readonly load: readonly HostCommand[];
  /** What makes it forget connections that the kernel's own tracking knows nothing of. */
  readonly forget: readonly HostCommand[];
}

/** The router's end of the link to its pods. */
export const podLink = 'out0';

export const noFilter: Filter = { prepared: new Map(), load: [], forget: [] };

export function handMade(load: HostCommand): Filter {
  return { ...noFilter, load: [load] };
}

/** netpolc's output, loaded by an engine. */
export async function filterOf(engine: Engine, artifacts: readonly Artifact[]): Promise<Filter> {
  const load = [...engine.attach([podLink]), ...engine.apply(artifacts)];
  const forget = keepsConnections.has(engine.name) ? [...engine.remove(), ...load] : [];
  return { prepared: await prepared(engine), load, forget };
}

/** Engines that forget connections only when they are loaded anew. */
const keepsConnections: ReadonlySet<string> = new Set(['ebpf']);
