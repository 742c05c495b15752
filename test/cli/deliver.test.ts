import * as assert from 'uvu/assert';
import { deliver } from '../../src/cli/deliver.ts';
import { placeOf } from '../../src/cli/place.ts';
import { printFilesAsJson, printFilesAsText } from '../../src/cli/print-files.ts';
import { createFakeHost, type FakeHost } from '../../src/host/fake-host.ts';
import type { Artifact } from '../../src/target.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const artifacts: readonly Artifact[] = [
  { suffix: 'v4.rules', content: 'four' },
  { suffix: 'v6.rules', content: 'six' },
];

const deliverTo = async (output: string | null, host: FakeHost, files = artifacts) =>
  deliver([{ kind: 'node', name: 'n1' }], async () => ({ value: files, diagnostics: [] }), {
    place: must((await placeOf(output === null ? {} : { output }, host)).value),
    print: printFilesAsText,
    host,
  });

describe('delivering several files', (test) => {
  test('a folder gets them all, called after the node', async () => {
    const host = createFakeHost();
    await deliverTo('rules', host);
    assert.equal(host.paths(), ['/here/rules/n1.v4.rules', '/here/rules/n1.v6.rules']);
  });

  test('a path that could be a file becomes a folder', async () => {
    const host = createFakeHost();
    await deliverTo('rules.out', host);
    assert.equal(host.paths(), ['/here/rules.out/n1.v4.rules', '/here/rules.out/n1.v6.rules']);
  });

  test('a file that exists is wrong usage and stays', async () => {
    const host = createFakeHost({ files: { rules: 'old' } });
    const { diagnostics } = await deliverTo('rules', host);
    assert.equal(
      diagnostics.map(({ code }) => code),
      ['NP7005'],
    );
    assert.equal([host.paths(), host.text('rules')], [['/here/rules'], 'old']);
  });
});

describe('delivering scripts', (test) => {
  const script: Artifact = { suffix: 'load.sh', content: 'echo\n', isScript: true };
  const one: readonly Artifact[] = [{ suffix: 'nft', content: 'table' }, script];

  test('a folder gets them beside the files that they load', async () => {
    const host = createFakeHost();
    await deliverTo('rules', host, one);
    assert.equal(host.paths(), ['/here/rules/n1.load.sh', '/here/rules/n1.nft']);
  });

  test('a path that becomes a folder for several files gets them too', async () => {
    const host = createFakeHost();
    await deliverTo('rules.out', host, [...artifacts, script]);
    assert.equal(
      host.paths(),
      ['load.sh', 'v4.rules', 'v6.rules'].map((suffix) => `/here/rules.out/n1.${suffix}`),
    );
  });

  test('the one file that is not a script is what a file name and standard output get', async () => {
    const host = createFakeHost();
    await deliverTo('n1.nft', host, one);
    assert.equal([host.paths(), host.text('n1.nft')], [['/here/n1.nft'], 'table']);
    assert.equal((await deliverTo(null, host, one)).output, ['table']);
  });
});

describe('a file that cannot be put in its place', (test) => {
  test('is told of (NP7004), and nothing that was staged stays behind', async () => {
    const calls: string[] = [];
    const fake = createFakeHost();
    const host: FakeHost = {
      ...fake,
      stage: async (path) => ({
        commit: async () => {
          calls.push(`commit ${path}`);
          if (path.includes('v6')) throw Object.assign(new Error('EISDIR'), { code: 'EISDIR', syscall: 'rename' });
        },
        discard: async () => void calls.push(`discard ${path}`),
      }),
    };
    const three = [...artifacts, { suffix: 'ipset', content: 'set' }];
    const result = await deliver([{ kind: 'node', name: 'n1' }], async () => ({ value: three, diagnostics: [] }), {
      place: must((await placeOf({ output: 'rules' }, host)).value),
      print: () => ({ text: '', remarks: [] }),
      host,
    });
    assert.equal(
      result.diagnostics.map(({ code }) => code),
      ['NP7004'],
    );
    assert.equal(calls, [
      'commit rules/n1.v4.rules',
      'commit rules/n1.v6.rules',
      'discard rules/n1.v6.rules',
      'discard rules/n1.ipset',
    ]);
  });
});

describe('files on standard output', (test) => {
  test('one stands alone, several have their names before them', () => {
    const [four, six] = [
      { name: 'n1.v4.rules', content: '*filter\nCOMMIT\n' },
      { name: 'n1.v6.rules', content: 'COMMIT' },
    ];
    assert.is(printFilesAsText([four]).text, '*filter\nCOMMIT\n');
    assert.is(
      printFilesAsText([four, six]).text,
      '# file: n1.v4.rules\n*filter\nCOMMIT\n# file: n1.v6.rules\nCOMMIT\n',
    );
  });
  test('bytes are left out of text, named, and base64 in JSON', () => {
    const files = [
      { name: 'n1.manifest', content: 'one\n' },
      { name: 'n1.peers4.keys', content: Uint8Array.of(10, 0, 0, 255) },
      { name: 'n1.peers4.values', content: Uint8Array.of(0) },
    ];
    const { text, remarks } = printFilesAsText(files);
    assert.is(text, 'one\n');
    assert.equal(remarks, ['left out, as they are no text: n1.peers4.keys and 1 more (-o DIR writes them)']);
    const json: unknown = JSON.parse(printFilesAsJson(files).text);
    assert.equal(json, {
      schemaVersion: 1,
      artifacts: [
        { name: 'n1.manifest', text: 'one\n' },
        { name: 'n1.peers4.keys', base64: 'CgAA/w==' },
        { name: 'n1.peers4.values', base64: 'AA==' },
      ],
    });
  });
});
