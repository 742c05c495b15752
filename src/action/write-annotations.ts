// Findings into the log of a step.
import type { Host } from '../host/host.ts';
import { printAnnotations, type PlacedIn } from './annotations.ts';
import type { SarifLog } from './sarif-log.ts';

/** Prints annotations, and how many findings got none. */
export async function writeAnnotations(log: SarifLog, place: PlacedIn, host: Host): Promise<void> {
  const { text, left } = printAnnotations(log, place);
  await host.writeOut(text);
  if (left === 0) return;
  await host.writeOut(`${left} more without an annotation: GitHub shows ten of a kind. The summary has them all.\n`);
}
