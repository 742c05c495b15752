// Text from the input in HTML and SVG: nothing of it is markup.
import * as assert from 'uvu/assert';
import { embeddedJson } from '../../../src/report/html/embedded-json.ts';
import { joinContent, markup, trusted } from '../../../src/report/html/markup.ts';
import { describe } from '../../kit/suite.ts';
import { hostileTexts } from './hostile.ts';

describe('markup', (test) => {
  test('escapes what is put in, and not what it made itself', () => {
    const inner = markup`<b>${'<i>'}</b>`;
    assert.is(
      markup`<p title="${`"'`}">${inner}${['&', 7]}</p>`.text,
      '<p title="&quot;&#39;"><b>&lt;i&gt;</b>&amp;7</p>',
    );
  });
  test('writes out what cannot be seen', () => {
    assert.is(markup`${'a\u202eb\u0000\n'}`.text, 'a&lt;U+202E&gt;b&lt;U+0000&gt;\\n');
  });
  test('lets nothing of a hostile text end an element or an attribute', () => {
    for (const text of hostileTexts) assert.not.match(markup`${text}`.text, /[<>"'\0-\x1f\u2028\u2029\u202e\ud800]/u);
  });
  test('puts something between contents', () => {
    assert.is(markup`${joinContent(['a', '<', trusted('<br>')], ', ')}`.text, 'a, &lt;, <br>');
  });
});

describe('embedded JSON', (test) => {
  test('has no character that means anything to HTML, and means the same', () => {
    const { text } = embeddedJson(hostileTexts);
    assert.not.match(text, /[<>&\u2028\u2029\0\u202e]/);
    assert.equal(JSON.parse(text), hostileTexts);
  });
});
