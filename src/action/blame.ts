// Whose mistakes they are: those of the base, which a pull request may be about to mend, or those that it brings.
import { fileOf, type SarifLog } from './sarif-log.ts';

/** Whether an error stands anywhere but in files of the base; one without a place does. */
export function hasPlaceInHead({ runs }: SarifLog, base: string): boolean {
  const errors = runs.flatMap(({ results }) => results).filter(({ level }) => level === 'error');
  return errors.some(
    ({ locations = [] }) => !locations.some((location) => fileOf(location).startsWith(`git:${base}:`)),
  );
}
