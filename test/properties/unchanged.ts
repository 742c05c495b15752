// Rewrites a world without changing what it means, and finds where the output changes nevertheless. Source: S-509.
import { targets } from '../../targets/index.ts';
import { artifactText, meaningOf } from './meaning.ts';
import { rewrites, type Rewrite } from './rewrites.ts';
import { compileWorld, type Subject } from './subject.ts';
import { createRandom } from './world/random.ts';

/**
 * Says which rewrite changed what; null when nothing does. Several rewrites on top of each other are one question; only
 * when the answer is bad is each asked about alone.
 */
export async function findChangedMeaning({ manifests, ir }: Subject): Promise<string | null> {
  const expected = meaningOf(ir);
  const artifacts = targets.map((target) => artifactText(ir, target));
  const changed = async (name: string, chosen: readonly Rewrite[]): Promise<string | null> => {
    const random = createRandom(expected.length);
    const rewritten = chosen.reduce((world, rewrite) => rewrite(world, random), manifests);
    const compiled = await compileWorld(rewritten);
    const got = meaningOf(compiled.ir);
    if (got !== expected) return `“${name}” changes the IR: ${firstDifference(expected, got)}`;
    for (const [at, target] of targets.entries()) {
      const [before = '', after] = [artifacts[at], artifactText(compiled.ir, target)];
      if (before !== after) return `“${name}” changes ${target.name}: ${firstDifference(before, after)}`;
    }
    return null;
  };
  const some = createRandom(expected.length).shuffle(Object.entries(rewrites)).slice(0, 4);
  const together = await changed(
    some.map(([name]) => name).join(' + '),
    some.map(([, rewrite]) => rewrite),
  );
  if (together === null) return null;
  for (const [name, rewrite] of some) {
    const alone = await changed(name, [rewrite]);
    if (alone !== null) return alone;
  }
  return together;
}

function firstDifference(before: string, after: string): string {
  const [left, right] = [before.split('\n'), after.split('\n')];
  const at = left.findIndex((line, index) => line !== right[index]);
  return `line ${at + 1}: \`${left[at]?.trim() ?? ''}\` becomes \`${right[at]?.trim() ?? ''}\``;
}
