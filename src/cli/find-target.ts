// `--target` and `--engine`: names and the nearest of them.
import { targetByName, targets } from '../../targets/index.ts';
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { joinOr } from '../diagnostics/join-or.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Target } from '../target.ts';

/** The target of a name. Others, and none, are an error that says what there is. */
export function findTarget(name: string | null): Outcome<Target> {
  const names = targets.map((target) => target.name);
  if (name === null) {
    const hint = `add ${joinOr(names.map((each) => `\`--target ${each}\``))}`;
    return { value: null, diagnostics: [diagnose('NP7005', { problem: '`--target` is missing' }, null, { hint })] };
  }
  const value = targetByName(name);
  return { value, diagnostics: value === null ? [unknownName(name, names, 'target')] : [] };
}

/** Says that a name is not among `names`. */
export function unknownName(what: string, names: readonly string[], kind: 'target' | 'engine'): Diagnostic {
  const list = `there are ${names.map((name) => `\`${name}\``).join(', ')}`;
  const guess = nearest(what, names);
  return diagnose('NP7007', { what, kind }, null, { hint: guess === null ? list : `did you mean \`${guess}\`?` });
}
