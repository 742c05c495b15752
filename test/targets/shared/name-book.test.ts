import * as assert from 'uvu/assert';
import { createNameBook } from '../../../targets/shared/name-book.ts';
import { describe } from '../../kit/suite.ts';

describe('a name book', (test) => {
  test('a name stands for one content', () => {
    const names = createNameBook();
    assert.is(names.claim('a', 'one'), 'a');
    assert.is(names.claim('a', 'one'), 'a');
    assert.is(names.claim('a', 'two'), null);
    assert.is(names.claim('a', 'one'), 'a');
  });
});
