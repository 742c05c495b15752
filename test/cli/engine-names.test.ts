import * as assert from 'uvu/assert';
import { engineNames, findEngines } from '../../src/cli/engines.ts';
import { describe } from '../kit/suite.ts';
import { must } from '../kit/must.ts';

describe('the names of engines', (test) => {
  test('are those that there are', async () => {
    const { diagnostics } = await findEngines('nobody');
    const [problem] = diagnostics;
    assert.is(must(problem).hint, `there are ${engineNames.map((name) => `\`${name}\``).join(', ')}`);
    for (const name of engineNames) assert.ok((await findEngines(name)).value, name);
  });
});
