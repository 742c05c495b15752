import * as assert from 'uvu/assert';
import { nextPage } from '../../src/action/next-page.ts';
import { describe } from '../kit/suite.ts';

const url = 'https://api.example/list?page=1';

describe('the next page', (test) => {
  test('is what rel="next" names', () => {
    const header = '<https://api.example/list?page=9>; rel="last", <https://api.example/list?page=2>; rel="next"';
    assert.is(nextPage(header, url), 'https://api.example/list?page=2');
    assert.is(nextPage('</list?page=2>; title="a"; rel=next', url), 'https://api.example/list?page=2');
  });
  test('is none at the end, and none on another server', () => {
    assert.is(nextPage(null, url), null);
    assert.is(nextPage('<https://api.example/list?page=1>; rel="prev"', url), null);
    assert.is(nextPage('<https://evil.example/list?page=2>; rel="next"', url), null);
    assert.is(nextPage('<http://api.example/list?page=2>; rel="next"', url), null);
  });
});
