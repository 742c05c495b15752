import * as assert from 'uvu/assert';
import { codeSpan, linkTo, plainText } from '../../src/report/markdown-text.ts';
import { describe } from '../kit/suite.ts';

describe('text in Markdown', (test) => {
  test('as code is fenced by more backticks than it has', () => {
    assert.is(codeSpan('shop/web'), '`shop/web`');
    assert.is(codeSpan('a`b``c'), '``` a`b``c ```');
    assert.is(codeSpan(''), '');
  });

  test('as code has no pipe, because one ends the cell of a table even there', () => {
    assert.is(codeSpan('a|b'), '<code>a&#124;b</code>');
    assert.is(codeSpan('a\\|@x`*_</code>'), '<code>a&#92;&#124;&#64;x&#96;&#42;&#95;&#60;&#47;code&#62;</code>');
  });

  test('shows what cannot be seen', () => {
    assert.is(codeSpan('a\nb\u202ec'), '`a\\nb<U+202E>c`');
    assert.is(plainText('a\nb\u202ec'), 'a\\\\nb&lt;U+202E&gt;c');
  });

  test('as prose is no Markdown and no HTML', () => {
    assert.is(plainText('*a* _b_ [c](d) `e` ~f~ {g} h|i'), '\\*a\\* \\_b\\_ \\[c\\](d) \\`e\\` \\~f\\~ \\{g\\} h\\|i');
    assert.is(plainText('<img src=x> &amp; <!-- -->'), '&lt;img src=x&gt; &amp;amp; &lt;!-- --&gt;');
  });

  test('mentions nobody, refers to nothing and links nowhere', () => {
    // Code hosts look at the text as it is shown: only something between the letters keeps them from it.
    assert.is(plainText('@octocat'), '@&#8203;octocat');
    assert.is(plainText('o/shop#12 GH-12 gh-x'), 'o/shop\\#&#8203;12 GH&#8203;-12 gh-x');
    assert.is(
      plainText('https://evil.example www.evil.example'),
      'https:&#8203;//evil.example www&#8203;.evil.example',
    );
    assert.is(plainText('fd00::1 TCP 80: all'), 'fd00::1 TCP 80: all');
  });

  test('cannot end a link’s target', () =>
    assert.is(linkTo('`a`', 'https://h/a b(c)|\\<d>'), '[`a`](https://h/a%20b%28c%29%7C%5C%3Cd%3E)'));
});
