// A few random worlds in the kernel on every run of the kernel tests; `npm run soak -- --kernel` goes on.
import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { formatFailure } from './campaign.ts';
import { runKernelCampaign } from './kernel-campaign.ts';

const firstSeed = Number(process.env['NETPOLC_SEED'] ?? 1);

describe(`random worlds from seed ${firstSeed} in the kernel`, (test) => {
  test('are judged as by the oracle, by every target in every topology', async () => {
    const { verdicts, failure } = await runKernelCampaign({
      firstSeed,
      flowsPerWorld: 300,
      worldsPerSession: 10,
      goOn: (worlds) => worlds < 60,
    });
    assert.is(failure, null, failure === null ? '' : formatFailure(failure));
    assert.ok(verdicts > 15_000, `only ${verdicts} verdicts`);
  });
});
