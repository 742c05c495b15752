// What the kernel lists is what was emitted, and means what the IR means, for all packets (P-18).
import { createRealHost } from '../../src/host/real-host.ts';
import { kernelEngines } from '../kit/kernel-engines.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { goldenIrs, randomIrs } from './cases.ts';
import { examine, type NamedIr } from './examine.ts';
import { largeIrs } from './large-worlds.ts';
import { madeIrs } from './made-irs.ts';
import { readerByEngine } from './readers.ts';

const firstSeed = Number(process.env['NETPOLC_SEED'] ?? 1);
const host = createRealHost();

const irs = {
  golden: await goldenIrs(),
  random: await randomIrs(firstSeed, 100),
  large: largeIrs(),
  made: madeIrs(),
};

/** A failure's message shows so many problems. */
const mostShown = 10;

for (const by of kernelEngines) {
  const { engine, target } = by;
  describe(`parse-back, ${engine.name}`, (test) => {
    const holds = (title: string, some: readonly NamedIr[], fewestLoads: number, switches: readonly string[] = []) => {
      test(title, async () => {
        const reader = must(readerByEngine.get(engine.name), `a reader for ${engine.name}`);
        const { loads, problems } = await examine(some, by, { reader, host, switches: new Set(switches) });
        if (problems.length > 0) throw new Error([`${problems.length}:`, ...problems.slice(0, mostShown)].join('\n'));
        if (loads < fewestLoads) throw new Error(`only ${loads} loads`);
        console.log(`  ${engine.name}: ${title}: ${some.length} IRs in ${loads} loads`);
      });
    };
    holds(`random worlds from seed ${firstSeed}`, irs.random, 70);
    holds('IRs made by hand', irs.made, 4);
    holds('large worlds', irs.large, 4);
    holds('golden cases', irs.golden, 150);
    for (const { name } of target.switches) holds(`random worlds with --${name}`, irs.random.slice(0, 30), 20, [name]);
  });
}
