// What the objects of a snapshot have in common is kept once: names, sets of labels. Checked once, too.
import type { Labels } from '../policy/label-selector.ts';

/** Shared by all objects of one input. Holds valid texts only, so that what is found here needs no check. */
export interface Pool {
  readonly dnsLabels: Map<string, string>;
  readonly subdomains: Map<string, string>;
  readonly portNames: Map<string, string>;
  /** By the JSON text of the labels, as written and with sorted keys. */
  readonly labels: Map<string, Labels>;
}

export function createPool(): Pool {
  return { dnsLabels: new Map(), subdomains: new Map(), portNames: new Map(), labels: new Map() };
}
