// The rules of a base chain that look addresses up, which are its last ones.
import type { Family } from '../../../src/net/address.ts';
import type { Step } from '../hook-facts.ts';
import { unexpected } from '../strict-json.ts';
import type { NftChain, NftRule } from './listing.ts';
import { familyOfHeader } from './words.ts';

/** One of them: where it leads, when it judges, says a map. */
export interface Lookup {
  readonly family: Family;
  readonly step: Step;
  readonly map: string | null;
}

/** A rule about addresses begins with one. */
export function looksAtAddresses({ statements: [first = ''] }: NftRule): boolean {
  return /^ip6? [sd]addr/.test(typeof first === 'object' ? first.vmap : first);
}

/** Once a rule looks at an address, all others must. */
export function readLookups({ rules }: NftChain): readonly Lookup[] {
  const start = rules.findIndex(looksAtAddresses);
  return start === -1 ? [] : rules.slice(start).map(readLookup);
}

function readLookup({ statements, comment }: NftRule): Lookup {
  const [first = '', second, ...rest] = statements;
  if (comment !== null || rest.length > 0) throw unexpected('a lookup', statements);
  if (typeof first === 'string') {
    if (second !== 'drop') throw unexpected('drop', statements);
    return { family: 'IPv6', step: linkLocalStep(first), map: null };
  }
  const [, header, side] = /^(ip6?) ([sd]addr)$/.exec(first.vmap) ?? [];
  const name = typeof first.elements === 'string' ? /^@(\S+)$/.exec(first.elements)?.[1] : undefined;
  if (name === undefined || second !== undefined) throw unexpected('a named map', statements);
  return { family: familyOfHeader(header), step: side === 'saddr' ? 'egress' : 'ingress', map: name };
}

function linkLocalStep(match: string): Step {
  switch (match) {
    case 'ip6 saddr fe80::/10':
      return 'drop from link-local';
    case 'ip6 daddr fe80::/10':
      return 'drop to link-local';
    default:
      throw unexpected('link-local addresses', match);
  }
}
