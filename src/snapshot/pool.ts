// What the objects of a snapshot have in common is kept once: names, sets of labels. Checked once, too.
import type { Labels } from '../policy/label-selector.ts';
import type { Fields } from './cluster-object.ts';
import type { NamedPort } from './snapshot.ts';

/** Shared by all objects of one input. Holds what is valid only, so that what is found here needs no check. */
export interface Pool {
  readonly dnsLabels: Map<string, string>;
  readonly subdomains: Map<string, string>;
  readonly portNames: Map<string, string>;
  /** By the JSON text of the sorted labels. */
  readonly labels: Map<string, Labels>;
  /** The labels that were decoded last. */
  last: { readonly fields: Fields; readonly labels: Labels };
  /** The named ports that were decoded last. */
  lastPorts: readonly NamedPort[];
}

/** The one empty set of labels. */
export const noLabels: Labels = new Map();

export function createPool(): Pool {
  return {
    dnsLabels: new Map(),
    subdomains: new Map(),
    portNames: new Map(),
    labels: new Map(),
    last: { fields: {}, labels: noLabels },
    lastPorts: [],
  };
}
