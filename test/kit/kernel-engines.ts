// Every engine of every target: what kernel tests loop over.
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
