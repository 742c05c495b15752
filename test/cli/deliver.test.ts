import * as assert from 'uvu/assert';
import { deliver } from '../../src/cli/deliver.ts';
import { placeOf } from '../../src/cli/place.ts';
import { printFilesAsText } from '../../src/cli/print-files.ts';
import { createFakeHost, type FakeHost } from '../../src/host/fake-host.ts';
import type { Artifact } from '../../src/target.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const artifacts: readonly Artifact[] = [
  { suffix: 'v4.rules', text: 'four' },
  { suffix: 'v6.rules', text: 'six' },
];

const deliverTo = async (output: string, host: FakeHost) =>
  deliver([{ kind: 'node', name: 'n1' }], async () => ({ value: artifacts, diagnostics: [] }), {
    place: must((await placeOf({ output }, host)).value),
    print: () => '',
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
    const three = [...artifacts, { suffix: 'ipset', text: 'set' }];
    const result = await deliver([{ kind: 'node', name: 'n1' }], async () => ({ value: three, diagnostics: [] }), {
      place: must((await placeOf({ output: 'rules' }, host)).value),
      print: () => '',
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
      { name: 'n1.v4.rules', text: '*filter\nCOMMIT\n' },
      { name: 'n1.v6.rules', text: 'COMMIT' },
    ];
    assert.is(printFilesAsText([four]), '*filter\nCOMMIT\n');
    assert.is(printFilesAsText([four, six]), '# file: n1.v4.rules\n*filter\nCOMMIT\n# file: n1.v6.rules\nCOMMIT\n');
  });
});
