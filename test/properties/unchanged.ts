// Rewrites a world without changing what it means, and finds where the output changes nevertheless. Source: S-509.
import { targets } from '../../targets/index.ts';
import { artifactText, meaningOf } from './meaning.ts';
import { rewrites } from './rewrites.ts';
import { compileWorld, type Subject } from './subject.ts';
import { createRandom } from './world/random.ts';

/** Says which rewrite changed what; null when nothing does. */
export async function findChangedMeaning({ manifests, ir }: Subject): Promise<string | null> {
  const expected = meaningOf(ir);
  const artifacts = targets.map((target) => artifactText(ir, target));
  for (const [index, [name, rewrite]] of Object.entries(rewrites).entries()) {
    const rewritten = rewrite(manifests, createRandom(index));
    const compiled = await compileWorld(rewritten);
    const got = meaningOf(compiled.ir);
    if (got !== expected) return `“${name}” changes the IR: ${firstDifference(expected, got)}`;
    for (const [at, target] of targets.entries()) {
      const [before = '', after] = [artifacts[at], artifactText(compiled.ir, target)];
      if (before !== after) return `“${name}” changes ${target.name}: ${firstDifference(before, after)}`;
    }
  }
  return null;
}

function firstDifference(before: string, after: string): string {
  const [left, right] = [before.split('\n'), after.split('\n')];
  const at = left.findIndex((line, index) => line !== right[index]);
  return `line ${at + 1}: \`${left[at]?.trim() ?? ''}\` becomes \`${right[at]?.trim() ?? ''}\``;
}
