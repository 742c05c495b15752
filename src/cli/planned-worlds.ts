// Worlds of a repository → worlds ready for questions: pods that do not exist yet stand in, and guesses are refused.
import { createCompiler } from '../compile.ts';
import type { Existence } from '../connectivity/workloads.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { ComparedWorld } from '../diff/diff-worlds.ts';
import type { World } from '../input/world.ts';
import type { Pod } from '../snapshot/snapshot.ts';
import { assumeNamespaces } from '../stand-ins/assume-namespaces.ts';
import { addStandIns } from '../stand-ins/add-stand-ins.ts';
import type { Command } from 'commander';
import { compileOptions, type WorldFlags } from './input-options.ts';

export interface PlannedFlags extends WorldFlags {
  readonly futurePods?: boolean;
}

export interface PlannedWorlds {
  /** In the order given. */
  readonly worlds: readonly ComparedWorld[];
  readonly kindOf: (pod: Pod) => Existence;
  /** Lines for standard error. */
  readonly remarks: readonly string[];
}

/** Adds the options of `PlannedFlags`. */
export function addPlannedOptions(command: Command): Command {
  return command
    .option('--future-pods', 'count in pods that do not exist and that a selector would select; the default without -s')
    .option('--no-future-pods', 'leave them out; the default with -s');
}

/** Compiles worlds with stand-ins. Errors mean none. Source: S-303. */
export function planWorlds(worlds: readonly World[], flags: PlannedFlags): Outcome<PlannedWorlds> {
  const isAlone = flags.snapshot.length === 0;
  const assumed = isAlone && !flags.allowIncomplete ? assumeNamespaces(worlds) : { worlds, names: [] };
  const stood = addStandIns(assumed.worlds, { futurePods: flags.futurePods ?? isAlone });
  const compared = stood.map(({ world }) => ({ world, compiler: createCompiler(world, compileOptions(flags)) }));
  const kindOf = (pod: Pod): Existence => {
    if (stood.some((each) => each.futurePods.has(pod))) return 'future';
    return stood.some(({ standIns }) => standIns.has(pod)) ? 'planned' : 'live';
  };
  const diagnostics = [...new Set(compared.flatMap(({ compiler }) => compiler.diagnostics))];
  return { value: { worlds: compared, kindOf, remarks: assumptions(assumed.names) }, diagnostics };
}

/** How many namespaces are named. */
const mostNames = 5;

function assumptions(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const more = names.length > mostNames ? [`${names.length - mostNames} more`] : [];
  const named = [...names.slice(0, mostNames), ...more].join(', ');
  return [
    `no Namespace object for ${named}: taken to have no labels but its name (give manifests, or a snapshot with -s)`,
  ];
}
