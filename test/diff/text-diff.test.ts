import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { mostEdits, textDiff, type TextDiff } from '../../src/diff/text-diff.ts';
import { describe } from '../kit/suite.ts';

const diffOf = (base: string, head: string): TextDiff =>
  textDiff({ label: 'base/n1.nft', text: base }, { label: 'head/n1.nft', text: head });
const labels = '--- base/n1.nft\n+++ head/n1.nft\n';
const lines = (first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, index) => `${first + index}\n`).join('');

describe('a text diff', (test) => {
  test('says nothing about equal texts', () => {
    assert.equal(diffOf('a\n', 'a\n'), { kind: 'equal', text: '' });
    assert.equal(diffOf('', ''), { kind: 'equal', text: '' });
  });
  test('shows three lines around a change', () => {
    assert.equal(diffOf(lines(1, 9), `${lines(1, 4)}five\n${lines(6, 9)}`), {
      kind: 'different',
      text: `${labels}@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n`,
    });
  });
  test('joins changes with six lines between them, and parts those with seven', () => {
    const between = (count: number): string => diffOf(`a\n${lines(1, count)}b\n`, `A\n${lines(1, count)}B\n`).text;
    assert.is(between(6), `${labels}@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n`);
    assert.is(between(7), `${labels}@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n`);
  });
  test('counts a single line by its number alone, and no lines from the line before', () => {
    assert.is(diffOf('a\n', 'b\n').text, `${labels}@@ -1 +1 @@\n-a\n+b\n`);
    assert.is(diffOf('', 'a\nb\n').text, `${labels}@@ -0,0 +1,2 @@\n+a\n+b\n`);
    assert.is(diffOf('a\nb\n', '').text, `${labels}@@ -1,2 +0,0 @@\n-a\n-b\n`);
  });
  test('tells a last line that does not end from one that does', () => {
    const mark = '\\ No newline at end of file\n';
    assert.is(diffOf('a\nb', 'a\nb\n').text, `${labels}@@ -1,2 +1,2 @@\n a\n-b\n${mark}+b\n`);
    assert.is(diffOf('a\nb', 'c\nb').text, `${labels}@@ -1,2 +1,2 @@\n-a\n+c\n b\n${mark}`);
  });
  test('leads from one text to the other, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '', '-', '+x', 'd\r'), { maxLength: 30 });
    const pair = fc.tuple(text, text, fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(pair, ([base, head, baseEnds, headEnds]) => {
        const [from, to] = [textOf(base, baseEnds), textOf(head, headEnds)];
        assert.is(follow(diffOf(from, to).text, from), to);
      }),
      { numRuns: 2000, seed: 20 },
    );
  });
  test('shows as many lines as it may, and says so when there are more', () => {
    assert.is(diffOf('', lines(1, mostEdits)).kind, 'different');
    assert.equal(diffOf('', lines(1, mostEdits + 1)), {
      kind: 'too-different',
      text: `${labels}too different to show: more than 2000 lines come and go\n`,
    });
  });
  test('finds one line among two hundred thousand', () => {
    const [base, head] = [lines(1, 200_000), `${lines(1, 99_999)}new\n${lines(100_000, 200_000)}`];
    assert.is(
      diffOf(base, head).text,
      `${labels}@@ -99997,6 +99997,7 @@\n 99997\n 99998\n 99999\n+new\n 100000\n 100001\n 100002\n`,
    );
  });
});

function textOf(some: readonly string[], ends: boolean): string {
  return some.join('\n') + (ends && some.length > 0 ? '\n' : '');
}

/** What a reader makes of a base text who does what a diff says, and checks that it speaks of this text. */
function follow(diff: string, base: string): string {
  if (diff === '') return base;
  const old = base.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const out: string[] = [];
  let at = 0;
  // A line without an end is told by the line behind it.
  for (const line of diff
    .replaceAll(/\n\\ No newline at end of file\n/g, '\0\n')
    .split('\n')
    .slice(2, -1)) {
    const start = /^@@ -(\d+)(,0)?/.exec(line);
    const content = line.slice(1).endsWith('\0') ? line.slice(1, -1) : `${line.slice(1)}\n`;
    if (start !== null) {
      const first = Number(start[1]) - (start[2] === undefined ? 1 : 0);
      while (at < first) out.push(old[at++] ?? '');
      continue;
    }
    if (!line.startsWith('+')) assert.is(old[at++], content);
    if (!line.startsWith('-')) out.push(content);
  }
  return [...out, ...old.slice(at)].join('');
}
