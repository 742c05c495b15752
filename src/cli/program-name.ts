// What the program calls itself.
import { basename } from 'node:path';

/** `kubectl netpolc` when it was started as the kubectl plug-in `kubectl-netpolc`, else `netpolc`. `path` is `argv[1]`. */
export function programName(path: string): string {
  return basename(path) === 'kubectl-netpolc' ? 'kubectl netpolc' : 'netpolc';
}
