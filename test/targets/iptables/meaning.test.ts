import * as assert from 'uvu/assert';
import { evaluate } from '../../../src/ir/evaluate.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import type { Flow } from '../../../src/net/flow.ts';
import type { IptablesPlan } from '../../../targets/iptables/iptables-plan.ts';
import { planIptables } from '../../../targets/iptables/plan.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { formatFlow } from '../../properties/properties.ts';
import { randomWorld } from '../../properties/random-world.ts';
import { prepareSubject } from '../../properties/subject.ts';
import { walk } from './walk.ts';

const planOf = (ir: Ir, ...switches: readonly string[]): IptablesPlan =>
  must(planIptables(ir, { version: 'test', switches: new Set(switches) }).value);

/** What is said about a packet that passes through, whoever its ends are. */
const passing = (flow: Flow): Flow => ({ ...flow, sourceNode: null, destinationNode: null });

/** Link-local packets cross bridges alone, and are dropped there: plan-hooks.test.ts. */
const isRouted = ({ source, destination }: Flow): boolean =>
  ![source, destination].some(({ family, words }) => family === 'IPv6' && must(words[0]) >>> 22 === 0xfe80 >>> 6);

describe('what the rules mean', (test) => {
  test('is what the IR means, with ipsets and without, in random worlds', async () => {
    let [allowed, denied] = [0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      const { ir, probes } = await prepareSubject(randomWorld(seed), 150);
      const plans = [planOf(ir), planOf(ir, 'no-ipset')];
      for (const flow of probes.filter(isRouted).map(passing)) {
        const expected = evaluate(ir, flow) === 'allow' ? 'pass' : 'drop';
        if (expected === 'pass') allowed++;
        else denied++;
        const packet = { ...flow, protocol: flow.protocol.toLowerCase() };
        for (const plan of plans) {
          assert.is(walk(plan, 'forward', packet).verdict, expected, `seed ${seed}: ${formatFlow(flow)}`);
        }
      }
    }
    assert.ok(allowed > 1000 && denied > 1000, `${allowed} allowed, ${denied} denied`);
  });
});
