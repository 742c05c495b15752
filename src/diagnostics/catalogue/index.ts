// Every code netpolc can report, in blocks. Codes are never renumbered and never reused.
import { action } from './action.ts';
import { ir } from './ir.ts';
import { bug } from './bug.ts';
import { claims } from './claims.ts';
import { comparison } from './comparison.ts';
import { clusterPolicy } from './cluster-policy.ts';
import { config } from './config.ts';
import { flows } from './flows.ts';
import { git } from './git.ts';
import { host } from './host.ts';
import { lintSelectors } from './lint-selectors.ts';
import { lintSuppression } from './lint-suppression.ts';
import { lintTraffic } from './lint-traffic.ts';
import { lintWriting } from './lint-writing.ts';
import { policy } from './policy.ts';
import { reading } from './reading.ts';
import { replay } from './replay.ts';
import { snapshot } from './snapshot.ts';
import { targets } from './targets.ts';

export const catalogue = {
  ...reading,
  ...flows,
  ...config,
  ...git,
  ...claims,
  ...policy,
  ...clusterPolicy,
  ...snapshot,
  ...ir,
  ...targets,
  ...lintWriting,
  ...lintSelectors,
  ...lintTraffic,
  ...lintSuppression,
  ...host,
  ...action,
  ...comparison,
  ...replay,
  ...bug,
};

/** A diagnostic's code, `NP` and four digits. */
export type Code = keyof typeof catalogue;

/** The named parameters that the message of a code takes. */
export type ParametersOf<C extends Code> = Parameters<(typeof catalogue)[C]['message']>[0];
