// Whether a request to GitHub that failed is worth another attempt, and when.

export interface Failure {
  /** 0 when there was no answer at all. */
  readonly status: number;
  readonly message: string;
  readonly header: (name: string) => string | null;
}

/** After so many attempts the answer stands. */
export const mostAttempts = 4;

/** No wait of one request is longer: a job that sleeps costs money. */
const longestWaitSeconds = 60;

/**
 * Seconds until the next attempt; null when there should be none. `attempt` counts from 1. What may have been done, though
 * the answer is lost, is repeated only when doing it twice is doing it once. Source: GitHub, best practices for the REST API.
 */
export function retryDelay(
  failure: Failure,
  {
    attempt,
    isRepeatable,
    nowSeconds,
  }: { readonly attempt: number; readonly isRepeatable: boolean; readonly nowSeconds: number },
): number | null {
  if (attempt >= mostAttempts) return null;
  const seconds = isRateLimit(failure)
    ? limitedDelay(failure, attempt, nowSeconds)
    : isPassing(failure) && isRepeatable
      ? 2 ** (attempt - 1)
      : null;
  return seconds === null || seconds > longestWaitSeconds ? null : seconds;
}

/** Whether the server refused before it did anything, because there were too many requests. */
export function isRateLimit({ status, message, header }: Failure): boolean {
  if (status !== 403 && status !== 429) return false;
  return (
    status === 429 ||
    header('retry-after') !== null ||
    header('x-ratelimit-remaining') === '0' ||
    /secondary rate limit/i.test(message)
  );
}

/** Whether the fault is the server's or the network's. */
export function isPassing({ status }: Pick<Failure, 'status'>): boolean {
  return status === 0 || status >= 500;
}

function limitedDelay({ header }: Failure, attempt: number, nowSeconds: number): number {
  const after = secondsIn(header('retry-after'));
  if (after !== null) return after;
  const reset = header('x-ratelimit-remaining') === '0' ? secondsIn(header('x-ratelimit-reset')) : null;
  return reset === null ? 10 * attempt : Math.max(1, reset - nowSeconds);
}

function secondsIn(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null;
}
