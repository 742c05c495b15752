// What a file may look like: YAML, JSON, lists, streams, encodings.
import * as assert from 'uvu/assert';
import { policyKey } from '../../src/policy/network-policy.ts';
import { podKey } from '../../src/snapshot/snapshot.ts';
import { inputFile, readDiagnostics, readProblems, readSound } from '../kit/files.ts';
import { describe } from '../kit/suite.ts';

const policyYaml = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: prod}
spec: {podSelector: {}}
`;
const podYaml = `apiVersion: v1
kind: Pod
metadata: {name: api, namespace: prod}
`;
const pod = (name: string): object => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'prod' } });
const list = (...items: readonly unknown[]): object => ({ apiVersion: 'v1', kind: 'List', items });

async function podsOf(text: string, name = 'cluster.json', chunkSize = 65536): Promise<readonly string[]> {
  return (await readSound([inputFile(name, text, 'snapshot', chunkSize)])).snapshot.pods.map(podKey);
}

describe('formats of input', (test) => {
  test('documents of a YAML file are read one by one', async () => {
    const world = await readSound([inputFile('all.yaml', `${policyYaml}---\n${podYaml}`, 'policies')]);
    assert.equal(world.policies.map(policyKey), ['prod/db']);
    assert.equal(world.snapshot.pods.map(podKey), ['prod/api']);
  });

  test('what Helm leaves over counts for nothing: comments, empty documents, source lines', async () => {
    const text = `---\n# Source: chart/templates/a.yaml\n---\n---\n# Source: chart/templates/b.yaml\n${policyYaml}---\n# the end\n---\n`;
    const world = await readSound([inputFile('helm.yaml', text, 'policies')]);
    assert.equal(world.policies.map(policyKey), ['prod/db']);
    assert.is(world.skippedByKind.size, 0);
  });

  test('a JSON object, a JSON list and a JSON stream are read alike', async () => {
    const one = JSON.stringify(pod('a'));
    assert.equal(await podsOf(one), ['prod/a']);
    assert.equal(await podsOf(JSON.stringify(list(pod('a'), pod('b')))), ['prod/a', 'prod/b']);
    assert.equal(await podsOf(`${one}\n${JSON.stringify(pod('b'), null, 2)}${JSON.stringify(list(pod('c')))}`), [
      'prod/a',
      'prod/b',
      'prod/c',
    ]);
  });

  test('JSON needs no name to be known, whatever blanks it begins with', async () => {
    assert.equal(await podsOf(` \n\t${JSON.stringify(pod('a'))}`, 'cluster.yaml'), ['prod/a']);
    assert.equal(await podsOf(JSON.stringify(pod('a')), '-'), ['prod/a']);
  });

  test('a list reads the same in every layout, chunk size and order of its fields', async () => {
    const items = [pod('a'), { ...pod('b'), note: 'quote " bracket ] } backslash \\ ümlaut 😀' }, pod('c')];
    const orders = [
      { apiVersion: 'v1', kind: 'List', metadata: { note: 'items' }, items },
      { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } },
      { items, metadata: {}, kind: 'List', apiVersion: 'v1' },
    ];
    for (const order of orders) {
      for (const text of [JSON.stringify(order), JSON.stringify(order, null, 4)]) {
        for (const size of [1, 2, 3, 7, 64, 65536]) {
          assert.equal(await podsOf(text, 'cluster.json', size), ['prod/a', 'prod/b', 'prod/c'], `${size} ${text}`);
        }
      }
    }
  });

  test('items of a PodList take their type from the list, before or behind it', async () => {
    const { apiVersion: _, kind: __, ...bare } = pod('a') as Record<string, unknown>;
    const first = { kind: 'PodList', apiVersion: 'v1', items: [bare] };
    const last = { apiVersion: 'v1', items: [bare, pod('b')], kind: 'PodList' };
    assert.equal(await podsOf(JSON.stringify(first)), ['prod/a']);
    assert.equal(await podsOf(JSON.stringify(last)), ['prod/a', 'prod/b']);
    assert.equal(await podsOf('{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"a"}}]}'), [
      'default/a',
    ]);
    assert.equal(await podsOf(`kind: PodList\napiVersion: v1\nitems: [{metadata: {name: a}}]`, 'a.yaml'), [
      'default/a',
    ]);
  });

  test('lists in lists are flattened', async () => {
    const inner = { apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'b' } }] };
    const text = JSON.stringify(list(list(pod('a'), inner), list(), list(list(pod('c')))));
    assert.equal(await podsOf(text), ['default/b', 'prod/a', 'prod/c']);
    assert.equal(await podsOf(text, 'cluster.yaml'), ['default/b', 'prod/a', 'prod/c']);
  });

  test('an escaped key is the same key', async () => {
    const text = JSON.stringify(list(pod('a'))).replace('"items"', '"\\u0069tems"');
    assert.equal(await podsOf(text), ['prod/a']);
  });

  test('a list without items is an empty one', async () => {
    assert.equal(await podsOf('{"apiVersion":"v1","kind":"List","items":null}'), []);
    assert.equal(await podsOf('{"apiVersion":"v1","kind":"PodList","items":[]}'), []);
    assert.equal(await readProblems([inputFile('a.json', '{"apiVersion":"v1","kind":"List","items":{"a":1}}')]), [
      'a.json:1:42 NP2002',
    ]);
  });

  test('objects of other kinds keep what is in their `items` to themselves', async () => {
    const other = {
      apiVersion: 'example.com/v1',
      items: [{ x: 1 }, 7, { kind: 'Pod', apiVersion: 'v1' }],
      kind: 'Menu',
    };
    const world = await readSound([
      inputFile('a.json', JSON.stringify(list(other))),
      inputFile('b.json', JSON.stringify(other)),
    ]);
    assert.equal([...world.skippedByKind], [['example.com/v1/Menu', 2]]);
    assert.is(world.snapshot.pods.length, 0);
  });

  test('a kind that ends in List and has no items is a kind like any other', async () => {
    const world = await readSound([inputFile('a.yaml', 'apiVersion: example.com/v1\nkind: AllowList\nspec: {}\n')]);
    assert.equal([...world.skippedByKind], [['example.com/v1/AllowList', 1]]);
  });

  test('flow style begins like JSON and is YAML all the same', async () => {
    assert.equal(await podsOf('{apiVersion: v1, kind: Pod, metadata: {name: a}}', 'a.yaml'), ['default/a']);
    assert.equal(await podsOf('{apiVersion: v1, kind: Pod, metadata: {name: a}}', 'a.yml.gz'), ['default/a']);
    assert.equal(await podsOf(`${JSON.stringify(pod('a'))}\n---\n${JSON.stringify(pod('b'))}\n`, 'a.yaml'), [
      'prod/a',
      'prod/b',
    ]);
    assert.equal(await readProblems([inputFile('a.json', '{apiVersion: v1, kind: Pod}')]), ['a.json:1:2 NP1007']);
  });

  test('a byte-order mark is passed over, at the beginning only', async () => {
    assert.equal(await podsOf(`\ufeff${JSON.stringify(pod('a'))}`), ['prod/a']);
    assert.equal(await podsOf(`\ufeff${podYaml}`, 'a.yaml'), ['prod/api']);
    const mark = `${JSON.stringify(pod('a'))}\n\ufeff${JSON.stringify(pod('b'))}`;
    assert.equal(await readProblems([inputFile('a.json', mark)]), ['a.json:2:1 NP1007']);
    assert.equal(await readProblems([inputFile('a.yaml', '\ufeff- a')]), ['a.yaml:1:1 NP1015']);
  });

  test('text that is not UTF-8 is refused where it stops being so', async () => {
    const latin1 = new Uint8Array([...new TextEncoder().encode('# a\n# caf'), 0xe9, 0x0a]);
    assert.equal(await readProblems([inputFile('a.yaml', latin1)]), ['a.yaml:2:6 NP1005']);
    const json = new TextEncoder().encode('{"apiVersion":"v1",\n"kind":"Pod","x":"ä#"}');
    json[json.indexOf(0x23)] = 0xff;
    assert.equal(await readProblems([inputFile('a.json', json)]), ['a.json:2:20 NP1005']);
    const cut = new TextEncoder().encode('# é').slice(0, 3);
    assert.equal(await readProblems([inputFile('cut.yaml', cut)]), ['cut.yaml:1:3 NP1005']);
  });

  test('UTF-16 is named', async () => {
    for (const bytes of [
      [0xff, 0xfe, 0x61, 0],
      [0xfe, 0xff, 0, 0x61],
    ]) {
      const [problem] = await readDiagnostics([inputFile('a.yaml', new Uint8Array(bytes))]);
      assert.is(problem?.code, 'NP1005');
      assert.match(problem?.message ?? '', 'UTF-16');
    }
  });

  test('what is no object is told apart from an object', async () => {
    const problems = async (text: string): Promise<readonly string[]> => readProblems([inputFile('a.yaml', text)]);
    assert.equal(await problems('hello'), ['a.yaml:1:1 NP1015']);
    assert.equal(await problems('- a\n- b'), ['a.yaml:1:1 NP1015']);
    assert.equal(await problems('kind: Pod'), ['a.yaml:1:1 NP1015']);
    assert.equal(await problems('apiVersion: 1\nkind: Pod'), ['a.yaml:1:1 NP1015']);
    assert.equal(await problems('apiVersion: v1\nkind: List\nitems: [7, {kind: Pod}]'), [
      'a.yaml:3:9 NP1015',
      'a.yaml:3:12 NP1015',
    ]);
    assert.equal(await readProblems([inputFile('a.json', '[{"apiVersion":"v1","kind":"Pod"}]')]), [
      'a.json:1:1 NP1015',
    ]);
    assert.equal(await readProblems([inputFile('a.json', '{"items":[{"apiVersion":"v1","kind":"Pod"}]}')]), [
      'a.json:1:1 NP1015',
    ]);
    assert.equal(await readProblems([inputFile('a.json', '{"apiVersion":"v1","kind":"List","items":[1,"a",null]}')]), [
      'a.json:1:43 NP1015',
      'a.json:1:45 NP1015',
      'a.json:1:49 NP1015',
    ]);
  });
});
