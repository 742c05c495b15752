// Broken JSON: one fault, at its place, and nothing of the file is used.
import * as assert from 'uvu/assert';
import { inputFile, readDiagnostics, readProblems, summary } from '../kit/files.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const pod = (name: string, more: object = {}): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, ...more });
const [a, b] = [pod('a'), pod('b')];

/** The one problem, whatever the size of the chunks. */
async function fault(text: string): Promise<string> {
  const found = new Set<string>();
  for (const size of [1, 5, 64, 65536]) {
    const diagnostics = await readDiagnostics([inputFile('c.json', text, 'snapshot', size)]);
    found.add(diagnostics.map((each) => `${summary(each)} ${each.message}`).join('; '));
  }
  return [...found].join(' | ');
}

describe('broken JSON', (test) => {
  test('a fault in an item is told at its place', async () => {
    const text = `{"apiVersion":"v1","kind":"List","items":[\n${a},\n  {"apiVersion":"v1" "kind":"Pod"}\n]}`;
    assert.is(await fault(text), 'c.json:3:22 NP1007 this is not JSON: expected `,` or `}`');
  });

  test('columns count characters, not bytes', async () => {
    const noted = pod('a', { note: 'é😀' });
    assert.is(noted.length, a.length + '"note":"é😀",'.length);
    const text = `{"apiVersion":"v1","kind":"List","items":[${noted},${noted},{]]}`;
    const column = 43 + 2 * (noted.length + 1) + 1;
    assert.is(await fault(text), `c.json:1:${column} NP1007 this is not JSON: expected a key in double quotes`);
  });

  test('what is missing or too much between items is told', async () => {
    const list = (items: string): string => `{"apiVersion":"v1","kind":"List","items":[\n${items}`;
    assert.is(
      await fault(list(`${a} ${b}]}`)),
      `c.json:2:${a.length + 2} NP1007 this is not JSON: expected \`,\` or \`]\``,
    );
    assert.is(await fault(list(`${a},,${b}]}`)), `c.json:2:${a.length + 2} NP1007 this is not JSON: expected a value`);
    assert.is(await fault(list(`${a},]}`)), `c.json:2:${a.length + 2} NP1007 this is not JSON: expected a value`);
    assert.is(await fault(list(`,${a}]}`)), 'c.json:2:1 NP1007 this is not JSON: expected a value');
    assert.is(
      await fault(list(`${a}}]}`)),
      `c.json:2:${a.length + 1} NP1007 this is not JSON: expected \`,\` or \`]\``,
    );
    assert.is(await fault(list('nil]}')), 'c.json:2:1 NP1007 this is not JSON: expected a value');
    assert.is(await fault(list('7 8]}')), 'c.json:2:3 NP1007 this is not JSON: expected `,` or `]`');
  });

  test('what is wrong around the items is told', async () => {
    assert.is(
      await fault(`{"kind":"List",,"items":[]}`),
      'c.json:1:16 NP1007 this is not JSON: expected a key in double quotes',
    );
    assert.is(await fault(`{"kind":tru,"items":[]}`), 'c.json:1:9 NP1007 this is not JSON: expected a value');
    assert.is(await fault(`{"items":[]\n"kind":"List"}`), 'c.json:2:1 NP1007 this is not JSON: expected `,` or `}`');
    assert.is(await fault(`{"items":[],\n"kind":List}`), 'c.json:2:8 NP1007 this is not JSON: expected a value');
    assert.is(await fault(`{"items":[],\n}`), 'c.json:2:1 NP1007 this is not JSON: expected a key in double quotes');
    assert.is(await fault(`{"kind" "List"}`), 'c.json:1:9 NP1007 this is not JSON: expected `:` after the key');
    assert.is(await fault(`${a}\nnull`), 'c.json:2:1 NP1007 this is not JSON: expected `{`');
    assert.is(await fault(`${a}}`), `c.json:1:${a.length + 1} NP1007 this is not JSON: expected \`{\``);
  });

  test('a file that is cut off anywhere has a fault at its end, and no world', async () => {
    const whole = `{"apiVersion":"v1","items":[${a},${b}],"kind":"List","metadata":{}}`;
    for (let length = 1; length < whole.length; length++) {
      const [problem, ...others] = await readDiagnostics([inputFile('c.json', whole.slice(0, length), 'snapshot', 7)]);
      assert.is(problem?.code, 'NP1007', whole.slice(0, length));
      assert.is(others.length, 0);
      const column = Number(/:(\d+) /.exec(summary(must(problem)))?.[1]);
      assert.ok(column <= length + 1, `column ${column} of ${length}`);
    }
  });

  test('duplicate keys are found in objects, lists and around lists', async () => {
    assert.is((await fault('{"kind":"Pod","kind":"NetworkPolicy"}')).slice(0, 20), 'c.json:1:15 NP1008 k');
    assert.is((await fault(`{"kind":"List","items":[],"kind":"Foo"}`)).slice(0, 20), 'c.json:1:27 NP1008 k');
    assert.is(
      (await fault(`{"kind":"List","apiVersion":"v1","items":[],\n"items":[${a}]}`)).slice(0, 19),
      'c.json:2:1 NP1008 k',
    );
    const item = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","name":"b"}}';
    assert.is(
      (await fault(`{"kind":"List","apiVersion":"v1","items":[\n${item}]}`)).slice(0, 20),
      'c.json:2:56 NP1008 k',
    );
  });

  test('control characters are refused in JSON as in YAML', async () => {
    const list = (item: string): string => `{"kind":"List","apiVersion":"v1","items":[\n${item}]}`;
    for (const character of ['\u0000', '\u007f', '\u202e', '\u0008']) {
      const text = list(pod('a', { note: '#' }).replace('#', character));
      assert.match(await fault(text), /^c\.json:2:\d+ NP1006 the text holds the control character U\+[0-9A-F]{4}$/);
    }
  });

  test('nesting without end is refused, and costs nothing', async () => {
    const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const nested = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":${deep(200)}}`;
    assert.match(await fault(nested), 'NP1011');
    assert.match(await fault(`{"apiVersion":"v1","kind":"List","items":[${nested}]}`), 'NP1011');
    const hostile = await readProblems([inputFile('c.json', `{"a":${'['.repeat(2_000_000)}`)]);
    assert.is(hostile.length, 1);
    assert.match(hostile[0] ?? '', 'NP1011');
  });

  test('an object without end is given up, with the place where it went wrong if there is one', async () => {
    const filler = `"${'x'.repeat(1000)}",`.repeat(17 * 1024);
    const open = `{"apiVersion":"v1","kind":"List","items":[\n{"a":[${filler}`;
    assert.equal(await readProblems([inputFile('c.json', open)]), ['c.json:2:1 NP1019']);
    const unquoted = `{"apiVersion":"v1","kind":"List","items":[\n{"a":b",${filler}`;
    assert.equal(await readProblems([inputFile('c.json', unquoted)]), ['c.json:2:6 NP1007']);
  });
});
