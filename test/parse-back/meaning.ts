// What a filter means to packets, however it came to be known: read back from a kernel, or expected by the IR.
import type { Direction } from '../../src/ir/ir.ts';
import { formatAddress, parseAddress } from '../../src/net/address.ts';
import { wholeFamily } from '../../src/net/address-set.ts';
import { must } from '../kit/must.ts';
import { findDifference, sameEverywhere, type Judgement } from './peer-table.ts';

export type Hook = 'forward' | 'input';

/** Where packets are judged by addresses: what is sent on by both sides' rules, what is for the node by the sender's. */
export type JudgedAt = `${Hook} ${Direction}`;

export interface Meaning {
  /** By local address: the peers that pass. Whatever concerns an address that is not there passes. */
  readonly judged: Readonly<Record<JudgedAt, ReadonlyMap<string, Judgement>>>;
  /** Everything around that, one line a fact: `forward IPv6 new ipv6-icmp` → `0-132 judged, 133 passes, …`. */
  readonly facts: ReadonlyMap<string, string>;
}

export const places: readonly JudgedAt[] = ['forward egress', 'forward ingress', 'input egress', 'input ingress'];

/** Everything in which two meanings differ, a sentence each, with a packet that shows it; none when they are equal. */
export function compareMeanings(expected: Meaning, found: Meaning): readonly string[] {
  return [...places.flatMap((place) => compareJudged(place, expected, found)), ...compareFacts(expected, found)];
}

function compareJudged(place: JudgedAt, expected: Meaning, found: Meaning): readonly string[] {
  const [wanted, got] = [expected.judged[place], found.judged[place]];
  return [...new Set([...wanted.keys(), ...got.keys()])].sort().flatMap((text) => {
    const { family } = must(parseAddress(text), text);
    const everything: Judgement = { table: sameEverywhere(wholeFamily(family)), self: wholeFamily(family) };
    const difference = findDifference(wanted.get(text) ?? everything, got.get(text) ?? everything);
    if (difference === null) return [];
    const { peer, transport, port, passes } = difference;
    const [from, to] = place.endsWith('egress') ? [text, formatAddress(peer)] : [formatAddress(peer), text];
    const ports = transport === 'OTHER' ? 'a protocol other than TCP, UDP and SCTP' : `${transport} port ${port}`;
    return [`${place}: ${from} → ${to}, ${ports}: ${passes ? 'passes but must not' : 'is dropped but must pass'}`];
  });
}

function compareFacts(expected: Meaning, found: Meaning): readonly string[] {
  return [...new Set([...expected.facts.keys(), ...found.facts.keys()])].flatMap((fact) => {
    const [wanted = 'nothing', got = 'nothing'] = [expected.facts.get(fact), found.facts.get(fact)];
    return wanted === got ? [] : [`${fact}: ${got}, but must be: ${wanted}`];
  });
}
