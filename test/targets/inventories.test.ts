// Inventories against the artifacts of the same plans, over random worlds with everything that policies can say.
import * as assert from 'uvu/assert';
import { once } from '../../src/collections/once.ts';
import type { Ir } from '../../src/ir/ir.ts';
import type { Artifact, Inventory, Target } from '../../src/target.ts';
import { ebpf } from '../../targets/ebpf/index.ts';
import { targets } from '../../targets/index.ts';
import { iptables } from '../../targets/iptables/index.ts';
import { nftables } from '../../targets/nftables/index.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { randomWorld } from '../properties/random-world.ts';
import { rewrites } from '../properties/rewrites.ts';
import { compileWorld } from '../properties/subject.ts';
import { createRandom } from '../properties/world/random.ts';

const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

describe('inventories', (test) => {
  test('of nftables have every set and every rule of the file, but for a frame that is always the same', async () => {
    const frames = await forEachWorld((ir) => {
      const { inventory, text } = both(nftables, ir);
      assert.is(inventory.sets.length, count(text, /^ {2}(?:set|map) /gm));
      const chains = text.match(/^ {2}chain [^]*?^ {2}\}$/gm)?.join('\n') ?? '';
      return count(chains, /^ {4}(?!type )[^\s#}]/gm) - inventory.rules.length;
    });
    assert.is(new Set(frames).size, 1);
  });
  test('of iptables have every ipset and its elements, and every rule, of the files', async () => {
    await forEachWorld((ir) => {
      for (const switches of [[], ['no-ipset']]) {
        const { inventory, text } = both(iptables, ir, ...switches);
        assert.is(inventory.sets.length, count(text, /^create /gm));
        assert.is(inventory.rules.length, count(text, /^-A NPC1-/gm));
        assert.is(inventory.elements.filter((element) => !element.startsWith('IPv')).length, count(text, /^add /gm));
      }
    });
  });
  test('of eBPF have every entry of every map', async () => {
    await forEachWorld((ir) => {
      const { inventory, text } = both(ebpf, ir);
      assert.is(inventory.elements.length + inventory.rules.length, count(text, /^ +\{"key":/gm));
      assert.is(inventory.sets.length, 10);
    });
  });
  test('are the same for the same meaning, however policies are called and written', async () => {
    for (const seed of seeds.slice(0, 10)) {
      const world = randomWorld(seed);
      const rewritten = must(rewrites['other policy names'])(
        must(rewrites['rules in policies of their own'])(world, createRandom(seed)),
        createRandom(seed),
      );
      const [one, other] = [(await compileWorld(world)).ir, (await compileWorld(rewritten)).ir];
      for (const target of targets) assert.equal(both(target, other).inventory, both(target, one).inventory);
    }
  });
});

async function forEachWorld<T>(look: (ir: Ir) => T): Promise<readonly T[]> {
  return (await irs()).map(look);
}

const irs = once(() => Promise.all(seeds.map(async (seed) => (await compileWorld(randomWorld(seed))).ir)));

function both<Plan>(target: Target<Plan>, ir: Ir, ...switches: readonly string[]): Both {
  const plan = must(target.plan(ir, { version: 'test', switches: new Set(switches) }).value);
  return { inventory: target.inventory(plan), text: target.print(plan).map(textOf).join('') };
}

interface Both {
  readonly inventory: Inventory;
  /** Of all files that are no scripts. */
  readonly text: string;
}

function textOf({ content, isScript }: Artifact): string {
  return typeof content === 'string' && isScript !== true ? content : '';
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
