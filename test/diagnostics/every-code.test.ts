// Every code that can be reported is brought up by some test. Whoever adds a code adds its test: there are no exceptions.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as assert from 'uvu/assert';
import { catalogue } from '../../src/diagnostics/catalogue/index.ts';
import { describe } from '../kit/suite.ts';

const tests = (readdirSync('test', { recursive: true }) as string[])
  .filter((file) => /\.(?:test|kernel)\.ts$/.test(file) && basename(file) !== 'every-code.test.ts')
  .map((file) => readFileSync(join('test', file), 'utf8'));

describe('every code of the catalogue is named in a test', (test) => {
  for (const code of Object.keys(catalogue)) {
    test(code, () =>
      assert.ok(
        tests.some((text) => text.includes(code)),
        `no file test/**/*.test.ts brings up ${code}`,
      ),
    );
  }
});
