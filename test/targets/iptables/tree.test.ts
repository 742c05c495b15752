import * as assert from 'uvu/assert';
import { buildTree } from '../../../targets/iptables/tree.ts';
import { describe } from '../../kit/suite.ts';

type Node = readonly (number | Node)[];

const tree = (count: number, levels: number): Node =>
  buildTree<number, Node>(
    Array.from({ length: count }, (_, index) => index),
    levels,
    { bottom: (items) => items, inner: (children) => children },
  );
const depth = (node: Node): number =>
  1 + Math.max(0, ...node.map((each) => (typeof each === 'number' ? 0 : depth(each))));
const itemsOf = (node: Node): readonly number[] =>
  node.flatMap((each) => (typeof each === 'number' ? [each] : itemsOf(each)));
const widest = (node: Node): number =>
  Math.max(node.length, ...node.map((each) => (typeof each === 'number' ? 0 : widest(each))));

describe('trees', (test) => {
  test('eight items are one node, nine are two under a third', () => {
    assert.equal(tree(1, 4), [0]);
    assert.equal(tree(8, 4), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert.equal(tree(9, 4), [
      [0, 1, 2, 3],
      [4, 5, 6, 7, 8],
    ]);
  });
  test('every item is in it once, in order', () => {
    for (const count of [1, 7, 8, 9, 64, 65, 110, 513, 4096, 4097, 10_000]) {
      assert.equal(
        itemsOf(tree(count, 4)),
        Array.from({ length: count }, (_, index) => index),
      );
    }
  });
  test('nodes have at most eight children until that takes more levels than there may be', () => {
    assert.equal([depth(tree(64, 3)), widest(tree(64, 3))], [2, 8]);
    assert.equal([depth(tree(65, 3)), widest(tree(65, 3))], [3, 8]);
    assert.equal([depth(tree(512, 3)), widest(tree(512, 3))], [3, 8]);
    assert.equal([depth(tree(513, 3)), widest(tree(513, 3))], [3, 9]);
    assert.equal([depth(tree(65_536, 3)), widest(tree(65_536, 3))], [3, 41]);
  });
  test('a tree of nothing is a bug', () => {
    assert.throws(() => tree(0, 4), /a tree of nothing/);
  });
});
