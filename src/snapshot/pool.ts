// What the objects of a snapshot have in common is kept once: names, sets of labels. Checked once, too.
import type { Labels } from '../policy/label-selector.ts';
import type { Fields } from './cluster-object.ts';
import type { DeclaredPorts } from './decode-container-ports.ts';

/** Shared by all objects of one input. Holds what is valid only, so that what is found here needs no check. */
export interface Pool {
  readonly dnsLabels: Map<string, string>;
  readonly subdomains: Map<string, string>;
  readonly portNames: Map<string, string>;
  /** By the JSON text of the sorted labels. */
  readonly labels: Map<string, Labels>;
  /** By the very object they were decoded from: readers give the same one for equal text. */
  readonly labelsByFields: Map<Fields, Labels>;
  /** The same for the ports of a container. */
  readonly portsByList: Map<object, DeclaredPorts>;
  /** The same for a pod's owners and its labels. */
  readonly workloadByOwners: Map<object, { readonly labels: Labels; readonly workload: string | null }>;
}

/** Remembers what was made of an object. Forgets everything now and then: most objects never come again. */
export function remember<K extends object, V>(known: Map<K, V>, key: K, value: V): V {
  if (known.size >= 4096) known.clear();
  known.set(key, value);
  return value;
}

/** The one empty set of labels. */
export const noLabels: Labels = new Map();

export function createPool(): Pool {
  return {
    dnsLabels: new Map(),
    subdomains: new Map(),
    portNames: new Map(),
    labels: new Map(),
    labelsByFields: new Map(),
    portsByList: new Map(),
    workloadByOwners: new Map(),
  };
}
