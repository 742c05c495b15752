// IR → the contents of all maps. Called by the pipeline; printed by print.ts.
import { diagnose, type Outcome } from '../../src/diagnostics/diagnostic.ts';
import type { Ir } from '../../src/ir/ir.ts';
import type { TargetOptions } from '../../src/target.ts';
import { headerLines } from '../shared/header.ts';
import { createProfileNames } from '../shared/profile-names.ts';
import type { EbpfPlan, MapContent } from './ebpf-plan.ts';
import { generationOf } from './generation.ts';
import { findIdentities } from './identities.ts';
import { legendOf } from './legend.ts';
import { numberThings } from './numbers.ts';
import { originOfMost } from './origin-of-most.ts';
import { configContent, endpointContent, portContent, profileContent } from './own-maps.ts';
import { blockContent, memberContent, singleContent } from './peer-maps.ts';
import { placeIdentities } from './place.ts';

/**
 * Entries of all maps together. A machine holds more, but the text forms would not fit into a string of V8
 * (2²⁹ characters), at up to 217 characters an entry.
 */
const mostEntries = 2_097_152;

/**
 * Decides numbers, identities and every entry. Every IR can be expressed up to a number of entries (NP5001).
 * O(n log k) for n ranges in k address sets, and the entries.
 */
export function planEbpf(ir: Ir, { version }: TargetOptions): Outcome<EbpfPlan> {
  const numbers = numberThings(ir);
  const { lines, memberships, setsByIdentity } = findIdentities(numbers.sets, mostEntries);
  if (setsByIdentity === null) return tooMany(ir, 'members', memberships);
  const four = placeIdentities(lines.IPv4);
  const six = placeIdentities(lines.IPv6);
  const maps: readonly MapContent[] = [
    ...[configContent(ir, numbers), endpointContent('IPv4', numbers), endpointContent('IPv6', numbers)],
    ...[profileContent(ir, numbers), portContent(ir, numbers)],
    ...[singleContent('IPv4', four), singleContent('IPv6', six), blockContent('IPv4', four), blockContent('IPv6', six)],
    memberContent(setsByIdentity, numbers.sets.length, memberships),
  ];
  const entries = maps.reduce((sum, map) => sum + map.entries, 0);
  if (entries > mostEntries) return tooMany(ir, largestOf(maps), entries);
  const plan = {
    header: headerLines(ir, version),
    legend: legendOf(ir, numbers),
    profileNames: [...ir.profileById.values()].map(createProfileNames(ir)),
    generation: generationOf(maps),
    maps,
  };
  return { value: plan, diagnostics: [] };
}

function tooMany(ir: Ir, largest: string, found: number): Outcome<EbpfPlan> {
  const what = `map entries (most of them in \`${largest}\`)`;
  const span = originOfMost(ir)?.span ?? null;
  return { value: null, diagnostics: [diagnose('NP5001', { target: 'ebpf', what, found, limit: mostEntries }, span)] };
}

function largestOf(maps: readonly MapContent[]): string {
  const [largest] = [...maps].sort((a, b) => b.entries - a.entries);
  return largest?.layout.name ?? '';
}
