// The one way to write a test: `describe` builds a uvu suite and never forgets to run it.
import { suite, type Test } from 'uvu';

/** Declares a suite. `name` says what is tested; each test's name says what holds. */
export function describe(name: string, build: (test: Test) => void): void {
  const test = suite(name);
  build(test);
  test.run();
}
