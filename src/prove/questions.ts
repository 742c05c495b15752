// A claim about sets → what it asks of a world, or why it asks nothing.
import type { Unit } from '../connectivity/endpoints.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { families, type Family } from '../net/address.ts';
import { subtract } from '../net/address-set.ts';
import type { ClaimEnd, Destination, SetClaim } from './claim.ts';
import { everybodyBut, findMembers, uniteMembers } from './find-members.ts';
import { isNobody, ofFamily, type Found, type Members } from './members.ts';
import { isExempt } from './outside-cells.ts';
import type { Question } from './question.ts';
import { smallestAddress } from './smallest-address.ts';
import type { Terrain } from './terrain.ts';

/** All questions of one claim. */
export interface Asked {
  readonly questions: readonly Question[];
  /** Why the claim, or one of its ends, is about no connection; null when all of it means something. */
  readonly emptiness: string | null;
}

export interface AskedOutcome {
  readonly asked: Asked;
  readonly problems: readonly Diagnostic[];
}

/** Finds out who is meant. One question for each destination and family. O(pods) for each end. */
export function askClaim(terrain: Terrain, claim: SetClaim): AskedOutcome {
  const sources = claim.sources.map((end) => ({ end, found: findMembers(terrain, end) }));
  const destinations = claim.destinations.map((end) => ({ end, found: findMembers(terrain, end) }));
  const problems = [...sources, ...destinations].flatMap(({ found }) => found.problems);
  const from = sourcesOf(
    terrain,
    claim,
    sources.map(({ found }) => found),
  );
  const asked = claim.family === null ? families : [claim.family];
  const questions = destinations.flatMap(({ end, found }) =>
    asked.map((family) => questionOf(claim, from, found.possible, end, family)),
  );
  const ends = [...(claim.kind === 'only' ? [] : sources), ...destinations];
  const emptiness =
    meansNobody(ends) ?? meansNoPod(claim, from, { sources, destinations }) ?? asksNothing(terrain, from, questions);
  return { asked: { questions, emptiness }, problems };
}

interface FoundEnd<E extends ClaimEnd> {
  readonly end: E;
  readonly found: Found;
}

/** For `only` the others: whoever may be one of them is one. */
function sourcesOf(terrain: Terrain, { kind }: SetClaim, found: readonly Found[]): Members {
  if (kind !== 'only')
    return uniteMembers(
      terrain,
      found.map(({ possible }) => possible),
    );
  return everybodyBut(
    terrain,
    uniteMembers(
      terrain,
      found.map(({ certain }) => certain),
    ),
  );
}

function questionOf(
  { kind }: SetClaim,
  sources: Members,
  to: Members,
  { ports }: Destination,
  family: Family,
): Question {
  const wanted = kind === 'always' ? 'everything' : 'nothing';
  return { sources: ofFamily(sources, family), destinations: ofFamily(to, family), ports, wanted };
}

function meansNobody(ends: readonly FoundEnd<ClaimEnd>[]): string | null {
  const empty = ends.find(({ found }) => isNobody(found.possible));
  if (empty === undefined) return null;
  const { name, text } = empty.end;
  return name.kind === 'node' ? `\`${text}\` has no address` : `\`${text}\` selects no pod`;
}

/** An end without any pod against one without any: no policy judges that. */
function meansNoPod(
  { kind }: SetClaim,
  from: Members,
  {
    sources,
    destinations,
  }: { readonly sources: readonly FoundEnd<ClaimEnd>[]; readonly destinations: readonly FoundEnd<Destination>[] },
): string | null {
  const hasPods = ({ units }: Members): boolean => units.length > 0;
  const isReached = destinations.some(({ found }) => hasPods(found.possible));
  const idle =
    (hasPods(from) ? undefined : destinations.find(({ found }) => !hasPods(found.possible))) ??
    (isReached || kind === 'only' ? undefined : sources.find(({ found }) => !hasPods(found.possible)));
  return idle === undefined
    ? null
    : `\`${idle.end.text}\` is no pod, and neither is the other end: no policy judges what passes between them`;
}

function asksNothing(terrain: Terrain, from: Members, questions: readonly Question[]): string | null {
  if (isNobody(from)) return 'everybody may connect, so nobody is left who must not';
  if (questions.some((question) => meansAnything(terrain, question))) return null;
  const both = questions.filter(({ sources, destinations }) => !isNobody(sources) && !isNobody(destinations));
  if (both.length === 0) return 'its ends have no address family in common';
  return 'a pod and itself, or a pod and its own node, is all that is left of it';
}

/** Whether there is a connection that policies judge. */
function meansAnything(terrain: Terrain, { sources, destinations }: Question): boolean {
  const [from, to] = [sources.units, destinations.units];
  return (
    (from.length > 0 && to.length > 0 && !isOnePod(from, to)) ||
    meansOutside(terrain, from, destinations, 'egress') ||
    meansOutside(terrain, to, sources, 'ingress')
  );
}

function isOnePod([first, ...rest]: readonly Unit[], others: readonly Unit[]): boolean {
  return [rest, others].every((some) => some.every(({ subject }) => subject === first?.subject));
}

function meansOutside(
  terrain: Terrain,
  pods: readonly Unit[],
  { outside, nodes }: Members,
  direction: 'egress' | 'ingress',
): boolean {
  if (pods.length === 0) return false;
  if (nodes.length > 0) return true;
  if (terrain.isInside(outside)) return false;
  if (!isExempt(terrain, direction)) return true;
  const exact = subtract(outside, terrain.podAddresses());
  return pods.some(({ subject }) => smallestAddress(exact, terrain.ownNodeAddresses(subject)) !== null);
}
