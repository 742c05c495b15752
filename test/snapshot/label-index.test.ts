// Finding pods by their labels: what the index answers is what asking every pod answers.
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { matches, type Labels, type LabelSelector } from '../../src/policy/label-selector.ts';
import { indexPods, selectGroups, selectsAny } from '../../src/snapshot/label-index.ts';
import { podKey, type Pod } from '../../src/snapshot/snapshot.ts';
import { pod } from '../kit/build.ts';
import { describe } from '../kit/suite.ts';

/** Pods with equal labels share one Map, as decoding sees to. */
const labelSets: readonly Labels[] = [
  new Map(),
  new Map([['k', 'x']]),
  new Map([['k', 'y']]),
  new Map([
    ['k', 'x'],
    ['l', 'x'],
  ]),
];
const pods = fc
  .array(
    fc.record({ namespace: fc.constantFrom('a', 'b', 'c'), labels: fc.constantFrom(...labelSets), live: fc.boolean() }),
  )
  .map((facts) => facts.map((each, index): Pod => ({ ...pod(`a/p${index}`), ...each })));
const requirement = fc.record(
  {
    key: fc.constantFrom('k', 'l', 'm'),
    operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
    values: fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 1, maxLength: 2 }),
  },
  { noNullPrototype: true },
);
const selector: fc.Arbitrary<LabelSelector> = fc
  .array(requirement, { maxLength: 2 })
  .map((requirements) => ({ requirements }));
const namespaces = fc.option(
  fc.array(fc.constantFrom('a', 'b', 'c', 'd')).map((names) => new Set<string>(names)),
  { freq: 3 },
);

describe('the label index', (test) => {
  test('it finds the live pods in the namespaces that match, and knows whether there are any', () => {
    fc.assert(
      fc.property(pods, namespaces, selector, (all, within, wanted) => {
        const index = indexPods(all);
        const expected = all
          .filter(({ live, namespace }) => live && (within === null || within.has(namespace)))
          .filter(({ labels }) => matches(wanted, labels))
          .map(podKey);
        const found = selectGroups(index, within, wanted).flatMap((group) => group.pods.map(podKey));
        assert.equal([...found].sort(), [...expected].sort());
        assert.is(selectsAny(index, within, wanted), expected.length > 0);
      }),
      { numRuns: 2000 },
    );
  });
});
