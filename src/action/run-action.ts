// The steps of action.yml, by name.
import type { ActionContext } from './action-context.ts';
import { runnerVariable } from './action-context.ts';
import { compare } from './compare.ts';
import { lint } from './lint.ts';
import { publish } from './publish.ts';

/** Runs a step and gives its exit code. Steps behind the first find its files by NETPOLC_FOLDER. */
export async function runAction(step: string, context: ActionContext): Promise<number> {
  const folder = runnerVariable('NETPOLC_FOLDER', context);
  switch (step) {
    case 'compare':
      return compare(context);
    case 'lint':
      return lint(folder, context);
    case 'publish':
      return publish(folder, context);
    default:
      throw new Error(`no step ${step}`);
  }
}
