// A few random worlds in the kernel on every run of the kernel tests; `npm run soak -- --kernel` goes on.
import * as assert from 'uvu/assert';
import { engineSettings } from '../kit/kernel-engines.ts';
import { describe } from '../kit/suite.ts';
import { formatFailure } from './campaign.ts';
import { runKernelCampaign } from './kernel-campaign.ts';

const firstSeed = Number(process.env['NETPOLC_SEED'] ?? 1);

describe(`random worlds from seed ${firstSeed} in the kernel`, (test) => {
  test('are judged as by the oracle, by every engine in every setting', async () => {
    const { verdicts, failure } = await runKernelCampaign({
      firstSeed,
      flowsPerWorld: 300,
      worldsPerSession: 10,
      goOn: (worlds) => worlds < 60,
    });
    assert.is(failure, null, failure === null ? '' : formatFailure(failure));
    assert.is(verdicts.size, engineSettings.length);
    for (const [name, count] of verdicts) {
      // No gateway is asked about bridges.
      const fewest = name.endsWith('bridged') ? 3_750 : 7_500;
      assert.ok(count > fewest, `only ${count} verdicts of ${name}`);
    }
  });
});
