// A few hundred random worlds on every run of the tests; `npm run soak` goes on for as long as one likes.
import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { formatFailure, runCampaign } from './campaign.ts';

const firstSeed = Number(process.env['NETPOLC_SEED'] ?? 1);

describe(`random worlds from seed ${firstSeed}`, (test) => {
  test('are read, and judged by the compiler as by the oracle, whole and node by node; the IR is canonical', async () => {
    const { probes, allowed, failure } = await runCampaign({
      firstSeed,
      probesPerWorld: 300,
      goOn: (worlds) => worlds < 200,
    });
    assert.is(failure, null, failure === null ? '' : formatFailure(failure));
    const share = allowed / probes;
    assert.ok(share > 0.4 && share < 0.6, `a fair share of ${probes} probes is allowed: ${share}`);
  });
});
