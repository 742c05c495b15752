// The command lines by which the action asks netpolc.
import type { ComparedPaths } from './compared-paths.ts';
import type { ActionInputs } from './inputs.ts';

/** What stands for a side without policies. netpolc takes an input without any object for a mistake. */
export const nothing = 'apiVersion: netpolc.dev/v1alpha1\nkind: Nothing\nmetadata: { name: nothing }\n';

export interface Asked {
  readonly inputs: Pick<ActionInputs, 'snapshots' | 'targets' | 'args' | 'failOn'>;
  readonly paths: ComparedPaths;
  /** A file that holds `nothing`. */
  readonly nothingPath: string;
}

/** `netpolc diff`: our own options behind the user's, so that they hold. Paths never stand among options. */
export function diffWords({ inputs, paths, nothingPath }: Asked, own: readonly string[]): readonly string[] {
  const [base = nothingPath, ...moreBase] = paths.base;
  const [head = nothingPath, ...moreHead] = paths.head;
  return [
    'diff',
    ...inputs.args,
    ...inputs.snapshots.map((path) => `--snapshot=${path}`),
    ...inputs.targets.map((target) => `--target=${target}`),
    ...(inputs.failOn === 'none' ? [] : [`--fail-on=${inputs.failOn}`]),
    ...moreBase.map((path) => `--base=${path}`),
    ...moreHead.map((path) => `--head=${path}`),
    ...own,
    '--',
    base,
    head,
  ];
}

/** `netpolc lint` over the head. */
export function lintWords({ inputs, paths }: Pick<Asked, 'inputs' | 'paths'>): readonly string[] {
  const snapshots = inputs.snapshots.map((path) => `--snapshot=${path}`);
  return ['lint', ...snapshots, '--format=sarif', '--', ...paths.head];
}
