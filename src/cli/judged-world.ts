// The world as commands need it that answer questions about connections.
import { hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { World } from '../input/world.ts';
import { indexCluster } from '../resolve/cluster.ts';
import { checkCompleteness } from '../resolve/completeness.ts';
import { andThen } from './and-then.ts';
import type { InputFlags } from './input-options.ts';
import { loadWorld } from './load-world.ts';

/** Reads a world and refuses one whose answers would be guesses, as compiling does. Source: S-303. */
export async function loadJudgedWorld(
  policies: readonly string[],
  flags: InputFlags,
  host: Host,
): Promise<Outcome<World>> {
  return andThen(await loadWorld(policies, flags, host), (world) => {
    const diagnostics = checkCompleteness(indexCluster(world.snapshot), world.policies, flags.allowIncomplete);
    return { value: hasErrors(diagnostics) ? null : world, diagnostics };
  });
}
