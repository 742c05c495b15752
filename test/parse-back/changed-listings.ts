// Listings that no load of the example could leave: one thing is changed, and that must be noticed.
import * as assert from 'uvu/assert';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { exampleIr, readExample } from './example.ts';
import { judgedByIr } from './ir-meaning.ts';
import { compareMeanings } from './meaning.ts';
import { outputOf, type Listing } from './reader.ts';
import { readerByEngine } from './readers.ts';

export interface Change {
  /** What is wrong with the listing. */
  readonly title: string;
  /** The output that is changed. */
  readonly output: string;
  /** Matches exactly once there; expressions are global. */
  readonly find: string | RegExp;
  readonly replace: string;
  /** Part of what the reader of its meaning must say; null when nothing that matters to packets is changed. */
  readonly says: string | null;
}

/** Declares a test for every change, and one for the listing as it was recorded. */
export function describeChanges(engine: string, changes: readonly Change[]): void {
  const reader = must(readerByEngine.get(engine), engine);
  const { artifacts, listing } = readExample(engine);
  const ir = exampleIr();
  const expected = { judged: judgedByIr(ir), facts: reader.factsByIr(ir) };
  const problems = (changed: Listing): readonly string[] => compareMeanings(expected, reader.read(changed));
  describe(`reading back ${engine}`, (test) => {
    test('the recorded listing is what was emitted, and means what the IR means', () => {
      assert.equal(reader.differences(artifacts, listing), []);
      assert.equal(problems(listing), []);
    });
    for (const change of changes) {
      const changed = new Map([...listing, [change.output, changedText(outputOf(listing, change.output), change)]]);
      test(`${change.title}: is not what was emitted`, () => {
        assert.not.equal(
          saidBy(() => reader.differences(artifacts, changed)),
          [],
        );
      });
      test(`${change.title}: ${change.says === null ? 'means the same' : 'means something else'}`, () => {
        const said = saidBy(() => problems(changed)).join('\n');
        if (change.says === null) assert.is(said, '');
        else assert.ok(said.includes(change.says), said === '' ? 'nothing was said' : said);
      });
    }
  });
}

function changedText(text: string, { title, find, replace }: Change): string {
  const count = typeof find === 'string' ? text.split(find).length - 1 : [...text.matchAll(find)].length;
  if (count !== 1) throw new Error(`${title}: ${count} places`);
  return text.replace(find, replace);
}

/** To refuse to read is to say so. */
function saidBy(say: () => readonly string[]): readonly string[] {
  try {
    return say();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
