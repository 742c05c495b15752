// Switches that targets bring along: `--no-ipset`.
import type { Command } from 'commander';
import { targets } from '../../targets/index.ts';
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import { joinOr } from '../diagnostics/join-or.ts';
import type { Target } from '../target.ts';
import { fine } from './and-then.ts';

/** Adds the switches of every target; `switchesOf` refuses those of another one. */
export function addTargetSwitches(command: Command): Command {
  for (const { name, description } of allSwitches()) command.option(`--${name}`, description);
  return command;
}

/** The target's switches that the flags turn on. */
export function switchesOf(target: Target, flags: object): Outcome<ReadonlySet<string>> {
  const on = allSwitches().filter(({ name }) => isOn(name, flags));
  const foreign = on.find(({ name }) => !target.switches.some((own) => own.name === name));
  if (foreign === undefined) return fine(new Set(on.map(({ name }) => name)));
  const owners = targets.filter(({ switches }) => switches.some(({ name }) => name === foreign.name));
  const problem = `\`--${foreign.name}\` means nothing to target \`${target.name}\``;
  const hint = `it belongs to ${joinOr(owners.map(({ name }) => `\`--target ${name}\``))}`;
  return { value: null, diagnostics: [diagnose('NP7005', { problem }, null, { hint })] };
}

function allSwitches(): Target['switches'] {
  return targets.flatMap(({ switches }) => switches);
}

/** Commander stores `--no-x` as `x: false`, and any other `--a-b` as `aB: true`. */
function isOn(name: string, flags: object): boolean {
  const negative = name.startsWith('no-');
  const key = name.replace(/^no-/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return new Map(Object.entries(flags)).get(key) === !negative;
}
