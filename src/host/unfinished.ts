// What an interrupted program must not leave behind: temporary folders, and files that are not yet in their place.
import { rmSync } from 'node:fs';

const unfinished = new Set<string>();

/** Notes a path that is to be removed when the program is interrupted. */
export function noteUnfinished(path: string): void {
  unfinished.add(path);
}

/** The path is in its place, or gone. */
export function noteFinished(path: string): void {
  unfinished.delete(path);
}

/**
 * Removes what is unfinished when the user or the system ends the program, and then lets the signal do what it does.
 * SIGKILL cannot be met: it may leave a hidden `.NAME.PID-N.tmp` file, never half of a named one.
 */
export function removeUnfinishedWhenInterrupted(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const path of unfinished) rmSync(path, { recursive: true, force: true });
      process.kill(process.pid, signal);
    });
  }
}
