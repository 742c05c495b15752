import * as assert from 'uvu/assert';
import { parseFlows } from '../../src/flows/parse-flows.ts';
import { positionOf, wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const json = '{"from":"a/b","to":"c/d","port":1,"expect":"deny"}';

/** `line:column code` of every problem. */
function problemsOf(name: string, text: string): readonly string[] {
  return parseFlows(wholeSource(name, text)).diagnostics.map(({ code, span }) => {
    const { line, column } = positionOf(must(span));
    return `${line}:${column} ${code}`;
  });
}

describe('flows files', (test) => {
  test('a name that ends in .flows chooses the readable language, any other JSON Lines', () => {
    assert.is(parseFlows(wholeSource('x.flows', 'ask a/b -> c/d:1')).value?.length, 1);
    for (const name of ['x.jsonl', 'x.json', 'flows', '<stdin>']) {
      assert.is(parseFlows(wholeSource(name, json)).value?.length, 1, name);
    }
    assert.equal(problemsOf('x.flows', json), ['1:1 NP1049']);
  });

  test('both languages mean the same', () => {
    const [written] = must(parseFlows(wholeSource('x.flows', 'deny a/b -> c/d:1')).value);
    const [line] = must(parseFlows(wholeSource('x.jsonl', json)).value);
    const meaning = (flow: typeof line): unknown => [flow?.from, flow?.to, flow?.protocol, flow?.port, flow?.expect];
    assert.equal(meaning(written), meaning(line));
    assert.equal(written?.fields, { ...JSON.parse(json), protocol: 'TCP' });
  });

  test('blank lines and either line end are skipped, and lines keep their numbers', () => {
    const flows = must(parseFlows(wholeSource('x.jsonl', `\r\n${json}\r\n \t\n${json}`)).value);
    assert.equal(
      flows.map(({ span }) => positionOf(span).line),
      [2, 4],
    );
    const written = must(parseFlows(wholeSource('x.flows', '# x\r\n\r\nask a/b -> c/d:1,2\r\n')).value);
    assert.equal(
      written.map(({ port, span }) => [port, positionOf(span).line]),
      [
        [1, 3],
        [2, 3],
      ],
    );
  });

  test('a byte-order mark before the first line is no part of it', () => {
    assert.equal(problemsOf('x.flows', '\ufeffask a/b -> c/d:1\nask a/b -> c/d:0'), ['2:16 NP1045']);
    assert.equal(problemsOf('x.jsonl', `\ufeff${json}`), []);
  });

  test('every bad line is reported at its place, and the good ones are kept', () => {
    const text = '# x\nallow a/b c/d:1\nask a/b -> c/d:1\n\nallow api -> c/d:x\n';
    assert.equal(problemsOf('x.flows', text), ['2:11 NP1044', '5:7 NP1045', '5:18 NP1045']);
    assert.is(parseFlows(wholeSource('x.flows', text)).value?.length, 1);
    assert.equal(problemsOf('x.jsonl', `${json}\n# x\n{\n${json}\n{"port":"1"}`), [
      '2:1 NP1049',
      '3:2 NP1007',
      '5:1 NP1047',
      '5:1 NP1047',
      '5:9 NP1045',
    ]);
  });

  for (const [name, text] of [
    ['x.jsonl', ''],
    ['x.jsonl', '\n \n'],
    ['x.flows', '# nothing\n\n'],
  ] as const) {
    test(`${JSON.stringify(text)} in ${name} holds no flow (NP1050)`, () => {
      assert.equal(problemsOf(name, text), ['1:1 NP1050']);
      assert.is(parseFlows(wholeSource(name, text)).value, null);
    });
  }

  test('a file that is something else is not read to its end (NP1051)', () => {
    const problems = problemsOf('x.jsonl', `${'?\n'.repeat(5000)}${json}`);
    assert.is(problems.length, 1001);
    assert.is(problems.at(-1), '1001:1 NP1051');
  });
});
