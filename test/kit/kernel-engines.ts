// Every engine of every target: what kernel tests loop over.
import { topologies, type Topology } from '../../src/replay/topology.ts';
import type { Engine, Target } from '../../src/target.ts';
import { targets } from '../../targets/index.ts';

/** An engine, and the target whose artifacts it loads. */
export interface KernelEngine {
  readonly target: Target;
  readonly engine: Engine;
}

/** In the order in which they are listed to people. */
export const kernelEngines: readonly KernelEngine[] = targets.flatMap((target) =>
  target.engines.map((engine) => ({ target, engine })),
);

/** How an engine is asked: by packets through wired pods, or about captures, without links. */
export type Setting = Topology | 'test-run';

/** Every engine in every setting that it has. */
export const engineSettings: readonly { readonly by: KernelEngine; readonly setting: Setting }[] =
  kernelEngines.flatMap((by) => {
    const settings: readonly Setting[] =
      by.engine.judgeCapture === undefined ? topologies : [...topologies, 'test-run'];
    return settings.map((setting) => ({ by, setting }));
  });
