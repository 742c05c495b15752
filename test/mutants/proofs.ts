// The proofs that mutants name.
import type { LoaderTask } from './ask-loader.ts';
import type { Proof, Protocol } from './mutant.ts';

/** `npm test -- PATTERN` */
function tests(protocol: Protocol, pattern: string): Proof {
  const argv = ['test/kit/run.ts', pattern] as const;
  return { protocol, command: `npm test -- ${pattern}`, argv, inKernel: false, about: '' };
}

/** `npm run test:kernel -- PATTERN` */
function kernelTests(protocol: Protocol, pattern: string, about: string): Proof {
  const argv = ['test/kit/run.ts', '--kernel', pattern] as const;
  return { protocol, command: `npm run test:kernel -- ${pattern}`, argv, inKernel: true, about };
}

/** Every golden case, by the IR of the snapshot and by those of its nodes. What `expected/` holds does not count. */
export const golden = tests('golden', 'golden/golden.test');

/** Two hundred random worlds, with everything that must hold in each. */
export const randomWorlds = tests('random', 'random-worlds.test');

/** The maps of the eBPF target, read by a test of their meaning: golden cases and random worlds, against the IR. */
export const evaluatedMaps = tests('evaluated', 'ebpf/verdicts');

export const byHand = (pattern: string): Proof => tests('by hand', pattern);

/** Some golden cases, by one engine in every setting that it has. */
export function inKernel(engine: string, ...cases: readonly [string, ...string[]]): Proof {
  const argv = ['scripts/mutants.ts', '--ask', engine, ...cases] as const;
  return {
    protocol: 'kernel',
    command: `npm run mutants -- --ask ${engine} ${cases.join(' ')}`,
    argv,
    inKernel: true,
    about: engine,
  };
}

/** Control messages by every engine; what the others say does not count. */
export const controlTraffic = (engine: string): Proof => kernelTests('traffic', 'control-traffic', engine);

/** What the kernel lists, for golden cases, random worlds and large ones; what other engines list does not count. */
export const parseBack = (engine: string): Proof => kernelTests('parse-back', 'parse-back/', engine);

/** Packets that a target's own tests send. */
export const traffic = (pattern: string): Proof => kernelTests('traffic', pattern, '');

export const loading = (pattern: string): Proof => kernelTests('loading', pattern, '');

/** Rules replaced under traffic, or loaders that are killed, with one engine. */
export function loads(engine: string, task: LoaderTask): Proof {
  const argv = ['scripts/mutants.ts', '--load', engine, task] as const;
  return {
    protocol: 'loading',
    command: `npm run mutants -- --load ${engine} ${task}`,
    argv,
    inKernel: true,
    about: '',
  };
}
