// What numbers stand for, for people who read a batch file or a dump. No program reads it.
import type { Ir, Origin, Profile } from '../../src/ir/ir.ts';
import { noteLength } from '../shared/header.ts';
import { isolationByProfile } from '../shared/isolation.ts';
import { originNotes } from '../shared/origin-notes.ts';
import { safeText, type SafeText } from '../shared/safe-text.ts';
import type { Numbers } from './numbers.ts';

/** One line for each number, and for each origin behind a profile. */
export function legendOf(ir: Ir, numbers: Numbers): readonly SafeText[] {
  const endpoints = numbers.endpoints.map(
    ({ namespace, name }, index) => `endpoint ${index + 1} = ${namespace}/${name}`,
  );
  const isolating = isolationByProfile(ir);
  const profiles = [...ir.profileById.values()].flatMap((profile, index) =>
    profileLines(profile, index + 1, isolating.get(profile.id) ?? [], numbers),
  );
  const sets = [...ir.addressSetById.values()].flatMap(({ id, label }) =>
    numbers.set(id) === 0 ? [] : [`set ${numbers.set(id)} = ${label}`],
  );
  return [...endpoints, ...profiles, ...sets].map((line) => safeText(line, noteLength));
}

function profileLines(
  { direction, every, rows, origins }: Profile,
  number: number,
  isolating: readonly Origin[],
  { set }: Numbers,
): readonly string[] {
  const line = (what: string, peers: number, from: readonly Origin[]): readonly string[] =>
    originNotes(from).map((note) => `profile ${number} ${what} from set ${peers}: ${note}`);
  return [
    ...originNotes(isolating).map((note) => `profile ${number} = ${direction}, isolated by ${note}`),
    ...line('everything', set(every), origins),
    ...rows.flatMap(({ transport, first, last, peers, origins: from }) =>
      line(`${transport} ${first === last ? first : `${first}-${last}`}`, set(peers), from),
    ),
  ];
}
