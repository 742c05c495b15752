// Counterexamples in words. Raw text: whoever prints it escapes it.
import type { Origin } from '../ir/ir.ts';
import { formatAddress } from '../net/address.ts';
import { shortPlace } from '../source/source.ts';
import type { Claim } from './claim.ts';
import type { Counterexample } from './counterexample.ts';
import type { Party, Reason } from './judge.ts';

type Connection = Pick<Counterexample, 'source' | 'destination' | 'transport' | 'port'>;

/** `shop/web-0 (10.244.1.4) -> shop/db-0 (10.244.1.7) TCP 5432`. */
export function connectionText({ source, destination, transport, port }: Connection): string {
  const asked = transport === 'OTHER' ? 'in protocols other than TCP, UDP and SCTP' : `${transport} ${port ?? ''}`;
  return `${partyText(source)} -> ${partyText(destination)} ${asked}`;
}

/** `2 pairs break it`; of `allow` and `deny` flows are counted. */
export function brokenText(kind: Claim['kind'], count: number): string {
  const what = kind === 'allow' || kind === 'deny' ? 'flow' : 'pair';
  return count === 1 ? `1 ${what} breaks it` : `${count} ${what}s break it`;
}

/** What one side says and which policies are behind it, on one line. */
export function reasonText(reason: Reason, { source, destination }: Connection): string {
  const { direction, verdict, why } = reason;
  const own = nameOf(direction === 'egress' ? source : destination);
  const says = `${own} ${verbs[direction][verdict]}`;
  switch (why) {
    case 'no-pod':
      return `${own} is no pod: no policy limits ${direction === 'egress' ? 'what it sends' : 'what reaches it'}`;
    case 'itself':
      return `${own} may always talk to itself`;
    case 'own-node':
      return `${says}: the other end is its own node`;
    case 'open':
      return `${says}: no policy isolates it for ${direction}`;
    case 'policies':
      return `${says}: ${policiesText(reason)}`;
  }
}

const verbs = {
  egress: { allow: 'may send this', deny: 'may not send this' },
  ingress: { allow: 'accepts this', deny: 'refuses this' },
} as const;

/** How many pieces of policies are named before the rest is counted. */
const most = 5;

function policiesText({ verdict, origins }: Reason): string {
  const named = origins.slice(0, most).map((origin) => originText(origin));
  const more = origins.length > most ? [`${origins.length - most} more`] : [];
  const list = [...named, ...more].join(', ');
  // Behind what a tier lets through stand its rules, those that deny as well: they say why it is no more than that.
  const hasTiers = origins.some(({ policy }) => isClusterPolicy(policy));
  if (verdict === 'allow') return `${hasTiers ? 'accepted, or left over,' : 'allowed'} by ${list}`;
  return `nothing allows it, and it is ${hasTiers ? 'limited' : 'isolated'} by ${list}`;
}

/** `Kind/name`; the others are `namespace/name`, and a namespace has no capitals. */
function isClusterPolicy(policy: string): boolean {
  return /^[A-Z]/.test(policy);
}

/** `shop/db ingress[0] (policies.yaml:68)`; that which selects goes by the policy's name alone. */
function originText({ policy, path, span }: Origin): string {
  const piece = path.replace(/^spec\.?/, '');
  const isWhole = piece === '' || piece === 'podSelector' || piece === 'subject';
  return `${policy}${isWhole ? '' : ` ${piece}`} (${shortPlace(span)})`;
}

function partyText(party: Party): string {
  const [name, address] = [nameOf(party), formatAddress(party.address)];
  return name === address ? name : `${name} (${address})`;
}

function nameOf({ unit, address, node }: Party): string {
  return unit?.subject.name ?? (node === null ? formatAddress(address) : `node:${node}`);
}
