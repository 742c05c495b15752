// Several things at once, but not too many.

/** Returns a function that starts what it is given when fewer than `limit` others are under way, in order. */
export function limited(limit: number): <T>(start: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (start) => {
    if (running >= limit) await new Promise<void>((go) => waiting.push(go));
    running++;
    try {
      return await start();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}
