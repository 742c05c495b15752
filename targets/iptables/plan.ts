// IR → the files as data. Called by the pipeline; printed by print.ts.
import { diagnose, type Outcome } from '../../src/diagnostics/diagnostic.ts';
import type { Ir, Origin, Profile } from '../../src/ir/ir.ts';
import { families, type Family } from '../../src/net/address.ts';
import type { TargetOptions } from '../../src/target.ts';
import { headerLines } from '../shared/header.ts';
import { isolationByProfile } from '../shared/isolation.ts';
import { createNameBook, type NameBook } from '../shared/name-book.ts';
import { createProfileNames } from '../shared/profile-names.ts';
import type { SafeText } from '../shared/safe-text.ts';
import { createIpsetMatches, createRangeMatches, type AddressSets } from './address-sets.ts';
import { createChainBook } from './chain-book.ts';
import type { FamilyRules, IptablesPlan } from './iptables-plan.ts';
import { createLimits } from './limits.ts';
import type { HashedName } from './names.ts';
import { planEndpoints } from './plan-endpoints.ts';
import { planForward, planInput } from './plan-hooks.ts';
import { planProfile } from './plan-profile.ts';

/** The switch that does without ipset. */
export const noIpset = 'no-ipset';

/**
 * Decides chains, rules and sets. Errors: NP5001 for what is too much (limits.ts), and NP5002, which takes a collision of
 * 110-bit hashes. O(addresses + rows + prefixes).
 */
export function planIptables(
  ir: Ir,
  { version, switches }: TargetOptions,
  names: NameBook = createNameBook(),
): Outcome<IptablesPlan> {
  const collisions: string[] = [];
  const claim = ({ name, hash }: HashedName): string => {
    if (names.claim(name, hash) === null) collisions.push(name);
    return name;
  };
  const limits = createLimits();
  const sets = switches.has(noIpset) ? createRangeMatches(ir, limits) : createIpsetMatches(ir, limits, claim);
  const isolation = isolationByProfile(ir);
  const nameOf = createProfileNames(ir);
  const rules = families.map((family) => planFamily(ir, family, { sets, isolation, claim, nameOf }));
  for (const each of rules) limits.checkRules(each, mostInvolved(ir));
  const diagnostics = [
    ...limits.exceeded(),
    ...collisions.slice(0, 1).map((name) => diagnose('NP5002', { name }, null)),
  ];
  if (diagnostics.length > 0) return { value: null, diagnostics };
  return { value: { header: headerLines(ir, version), rules, sets: sets.used() }, diagnostics };
}

interface FamilyContext {
  readonly sets: AddressSets;
  readonly isolation: ReadonlyMap<string, readonly Origin[]>;
  readonly claim: (name: HashedName) => string;
  readonly nameOf: (profile: Profile) => SafeText;
}

function planFamily(ir: Ir, family: Family, { sets, isolation, claim, nameOf }: FamilyContext): FamilyRules {
  const chains = createChainBook(family, claim);
  const chainByProfile = new Map(
    [...ir.profileById.values()].map((profile) => [
      profile.id,
      planProfile(profile, isolation.get(profile.id) ?? [], { family, sets, chains, nameOf }),
    ]),
  );
  const trees = {
    egress: planEndpoints(ir, 'egress', family, { chains, chainByProfile }),
    ingress: planEndpoints(ir, 'ingress', family, { chains, chainByProfile }),
  };
  const forward = planForward(ir, family, trees, chains);
  const input = planInput(ir, family, trees, chains);
  return { family, chains: chains.from([forward, input]), forward, input };
}

/** The policies behind the profile with the most rows. */
function mostInvolved(ir: Ir): readonly Origin[] {
  const [first, ...others] = ir.profileById.values();
  if (first === undefined) return [];
  const largest = others.reduce((most, profile) => (profile.rows.length > most.rows.length ? profile : most), first);
  const own = largest.rows[0]?.origins ?? largest.origins;
  return own.length > 0 ? own : (isolationByProfile(ir).get(largest.id) ?? []);
}
