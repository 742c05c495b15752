// Long lists of alternatives as trees: a packet is compared with a few ranges on each level instead of with everything.

/** Nodes have at most this many children, unless there are so many items that the tree would get too deep. */
const usualFanOut = 8;

/** How the nodes of a tree are made. */
export interface TreeNodes<Item, Node> {
  readonly bottom: (items: readonly Item[]) => Node;
  readonly inner: (children: readonly Node[]) => Node;
}

/**
 * The root of a balanced tree over sorted items, at least one, of at most `levels` levels. Nodes of one level differ in
 * size by one at most, so equal items give an equal tree.
 */
export function buildTree<Item, Node>(items: readonly Item[], levels: number, nodes: TreeNodes<Item, Node>): Node {
  const fanOut = fanOutFor(items.length, levels);
  let row = evenGroups(items, fanOut).map(nodes.bottom);
  while (row.length > 1) row = evenGroups(row, fanOut).map(nodes.inner);
  const [root] = row;
  if (root === undefined) throw new Error('a tree of nothing');
  return root;
}

function fanOutFor(count: number, levels: number): number {
  let fanOut = usualFanOut;
  while (fanOut ** levels < count) fanOut++;
  return fanOut;
}

/** Neighbours in as few groups as possible of at most `size`. */
function evenGroups<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / size);
  const start = (group: number): number => Math.floor((group * items.length) / count);
  return Array.from({ length: count }, (_, group) => items.slice(start(group), start(group + 1)));
}
