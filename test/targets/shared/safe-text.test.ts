import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { safeText } from '../../../targets/shared/safe-text.ts';
import { describe } from '../../kit/suite.ts';

describe('safe text', (test) => {
  test('keeps names, paths and places as they are', () => {
    for (const text of ['prod/db-policy ingress[0] policies/db.yaml:11', 'a_b.c~d@e+f,g=h', '']) {
      assert.is(safeText(text, 120), text);
    }
  });
  test('nothing that ends a string, a comment, a line or a block gets through (TH-01)', () => {
    assert.is(safeText('a"; add chain x { } #\n\r\\$`\'é\u0000\u2028', 120), 'a__ add chain x _ _ __________');
  });
  test('is cut with dots at exactly the limit, in bytes', () => {
    assert.is(safeText('x'.repeat(10), 10), 'x'.repeat(10));
    assert.is(safeText('x'.repeat(11), 10), `${'x'.repeat(8)}..`);
    assert.is(Buffer.byteLength(safeText('ü'.repeat(500), 120)), 120);
  });
  test('any text becomes printable ASCII of one line, no longer than the limit', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 200 }), (given, limit) => {
        const made = safeText(given, limit);
        assert.ok(made.length <= limit);
        assert.ok(/^[ -~]*$/.test(made));
        assert.not.ok(/["'\\{};#$`]/.test(made));
      }),
      { numRuns: 300 },
    );
  });
});
