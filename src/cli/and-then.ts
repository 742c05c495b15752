// Steps in a row, each an outcome.
import { hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';

/** Goes on with what a step gave, keeping what it reported. Stops at a step that gave nothing or reported an error. */
export async function andThen<A, B>(
  step: Outcome<A>,
  next: (value: A) => Outcome<B> | Promise<Outcome<B>>,
): Promise<Outcome<B>> {
  if (step.value === null || hasErrors(step.diagnostics)) return { value: null, diagnostics: step.diagnostics };
  const { value, diagnostics } = await next(step.value);
  return { value, diagnostics: [...step.diagnostics, ...diagnostics] };
}

/** An outcome with nothing to report. */
export function fine<T>(value: T): Outcome<T> {
  return { value, diagnostics: [] };
}
