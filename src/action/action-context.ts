// What the steps of the action need of the world.
import type { Host } from '../host/host.ts';
import type { GithubApi } from './github-api.ts';
import type { RunNetpolc } from './run-netpolc.ts';

export interface ActionContext {
  readonly host: Host;
  readonly netpolc: RunNetpolc;
  /** With the token of the input. */
  readonly api: GithubApi;
  /** A word that nobody can guess. */
  readonly secret: () => string;
  /** Waits for seconds. */
  readonly sleep: (seconds: number) => Promise<void>;
}

/** A variable that GitHub's runner sets; empty outside of a workflow. */
export function runnerVariable(name: string, { host }: Pick<ActionContext, 'host'>): string {
  return host.env(name) ?? '';
}
