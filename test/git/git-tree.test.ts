import * as assert from 'uvu/assert';
import { findEntry, type Found } from '../../src/git/find-entry.ts';
import { decodeName, parseTree } from '../../src/git/git-tree.ts';
import { describe } from '../kit/suite.ts';

/** A listing as `git ls-tree -r -z` prints it; each line is `MODE OID PATH`. */
function listing(...lines: readonly string[]): Uint8Array {
  const texts = lines.map((line) => {
    const [, mode = '', oid = '', path = ''] = /^(\S+) (\S+) (.*)$/s.exec(line) ?? [];
    return `${mode} ${mode === '160000' ? 'commit' : 'blob'} ${oid}\t${path}\0`;
  });
  return Buffer.from(texts.join(''));
}

function find(path: string, lines: readonly string[], links: Readonly<Record<string, string>> = {}): Found {
  const steps = path === '' ? [] : path.split('/');
  return findEntry(parseTree(listing(...lines)), steps, new Map(Object.entries(links)));
}

describe('the tree of a revision', (test) => {
  test('has folders for the paths of its files, and an empty one is a folder', () => {
    const root = parseTree(listing('100644 1 a/b/c.yaml', '100755 2 a/x', '100644 3 z'));
    assert.equal([...root.entryByName.keys()], ['a', 'z']);
    assert.equal(root.entryByName.get('z'), { kind: 'file', oid: '3' });
    assert.equal(parseTree(new Uint8Array()), { kind: 'folder', entryByName: new Map() });
  });

  test('loses nothing when one name stands for two things, in whatever order', () => {
    for (const lines of [
      ['100644 1 a', '100644 2 a'],
      ['100644 1 a', '100644 2 a/b'],
      ['100644 1 a/b', '100644 2 a'],
      ['120000 1 a', '100644 2 a/b', '100644 3 a/c'],
    ])
      assert.equal(find('a', lines), { kind: 'stopped', why: 'twice', at: 'a' });
  });

  test('keeps names apart that are not UTF-8', () => {
    assert.is(decodeName(Buffer.from('caf\xe9', 'latin1')), 'caf\\xE9');
    assert.is(decodeName(Buffer.from('café')), 'café');
    assert.is(decodeName(Buffer.from('\ufeffx')), '\ufeffx');
  });

  test('knows names that every object has in JavaScript only when they are there', () => {
    assert.equal(find('constructor', ['100644 1 a']), { kind: 'missing' });
    assert.equal(find('__proto__', ['100644 1 __proto__']), { kind: 'file', oid: '1' });
  });
});

describe('finding a path', (test) => {
  const tree = ['100644 1 a/b.yaml', '120000 L1 l', '120000 L2 a/m', '160000 s a/sub'];

  test('takes steps from the root as names, dots too', () => {
    assert.equal(find('a/b.yaml', tree), { kind: 'file', oid: '1' });
    for (const path of ['a/../a', './a', 'a//b.yaml', 'a/b.yaml/c', 'x'])
      assert.equal(find(path, tree), { kind: 'missing' });
  });

  test('follows the text of links from where they stand', () => {
    assert.equal(find('l', tree, { L1: 'a/m', L2: './../a//b.yaml' }), { kind: 'file', oid: '1' });
    const found = find('l', tree, { L1: 'a/.' });
    assert.is(found.kind === 'folder' && found.realPath, 'a');
  });

  test('stops where a link leads out, nowhere or in a circle, or has no known text', () => {
    const stopAt = (text: string): Found => find('l', tree, { L1: text, L2: 'm' });
    assert.equal(stopAt('..'), { kind: 'stopped', why: 'outside', at: '..' });
    assert.equal(stopAt('/etc'), { kind: 'stopped', why: 'outside', at: '/etc' });
    assert.equal(stopAt('a/none'), { kind: 'stopped', why: 'nowhere', at: 'a/none' });
    assert.equal(stopAt(''), { kind: 'stopped', why: 'nowhere', at: '' });
    assert.equal(stopAt('a/b.yaml/'), { kind: 'stopped', why: 'nowhere', at: 'a/b.yaml/' });
    assert.equal(stopAt('a/m'), { kind: 'stopped', why: 'circle', at: 'a/m' });
    assert.equal(stopAt('a/sub/x'), { kind: 'stopped', why: 'submodule', at: 'a/sub' });
    assert.equal(find('l', tree), { kind: 'stopped', why: 'unread', at: 'l' });
  });

  test('a file that is missing behind a link is missing, and no fault of the link', () => {
    assert.equal(find('l/none', tree, { L1: 'a' }), { kind: 'missing' });
  });

  test('forty links are followed, and not one more', () => {
    const chain = (length: number): Found => {
      const numbers = Array.from({ length }, (_, index) => index);
      const lines = [...numbers.map((index) => `120000 L${index} l${index}`), `100644 1 l${length}`];
      return find('l0', lines, Object.fromEntries(numbers.map((index) => [`L${index}`, `l${index + 1}`])));
    };
    assert.equal(chain(40), { kind: 'file', oid: '1' });
    assert.equal(chain(41), { kind: 'stopped', why: 'circle', at: 'l40' });
  });
});
