// What the decoders of snapshot objects need besides the object.
import type { Pool } from './pool.ts';

export interface SnapshotOptions {
  /** For objects without `metadata.namespace`. Source: S-111. */
  readonly namespace: string;
  /** Container ports that count for named ports. Source: S-254. */
  readonly namedPortsInit: 'sidecars' | 'all';
  readonly pool: Pool;
}
