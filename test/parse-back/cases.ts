// IRs to load and read back.
import type { Compiler } from '../../src/compile.ts';
import type { Scope } from '../../src/ir/ir.ts';
import { caseNames, loadCase } from '../golden/cases.ts';
import { compileCase } from '../golden/expected-files.ts';
import { must } from '../kit/must.ts';
import { randomWorld } from '../properties/random-world.ts';
import { compileWorld } from '../properties/subject.ts';
import type { NamedIr } from './examine.ts';

/** Every golden case that compiles: for the whole snapshot, and for each of its nodes. */
export async function goldenIrs(): Promise<readonly NamedIr[]> {
  const cases = await Promise.all(caseNames().map(loadCase));
  return cases.flatMap((each) => {
    const { whole, irByNode } = compileCase(each);
    if (whole === null) return [];
    return [
      { name: each.name, ir: whole },
      ...[...irByNode].map(([node, ir]) => ({ name: `${each.name}, node ${node}`, ir })),
    ];
  });
}

/** Random worlds of consecutive seeds, as one gateway and, for every other seed, as one of its nodes. */
export async function randomIrs(firstSeed: number, count: number): Promise<readonly NamedIr[]> {
  const seeds = Array.from({ length: count }, (_, index) => firstSeed + index);
  const worlds = await Promise.all(seeds.map(async (seed) => ({ seed, ...(await compileWorld(randomWorld(seed))) })));
  return worlds.map(({ seed, compiler, ir }) => {
    const [node] = compiler.nodes;
    if (seed % 2 === 1 || node === undefined) return { name: `seed ${seed}`, ir };
    return { name: `seed ${seed}, node ${node}`, ir: irOf(compiler, { kind: 'node', name: node }) };
  });
}

export function irOf(compiler: Compiler, scope: Scope): NamedIr['ir'] {
  return must(compiler.ir(scope).value, JSON.stringify(scope));
}
