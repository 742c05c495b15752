import * as assert from 'uvu/assert';
import { createFlowResolver } from '../../src/flows/resolve-flow.ts';
import { parseFlows } from '../../src/flows/parse-flows.ts';
import { selectFlows } from '../../src/flows/select-flows.ts';
import { parseLabelSelector } from '../../src/policy/parse-label-selector.ts';
import { wholeSource } from '../../src/source/source.ts';
import { pod, snapshot } from '../kit/build.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const world = snapshot(
  [
    pod('a/db', { ips: ['10.0.0.1', 'fd00::1'], labels: { role: 'db' } }),
    pod('a/done', { ips: ['10.0.0.9'], labels: { role: 'db' }, live: false }),
    pod('a/web', { ips: ['10.0.0.2'], labels: { role: 'web' } }),
  ],
  {},
  { n1: ['192.168.0.1'] },
);
const statements = [
  'ask a/web -> a/db:1',
  'ask a/db -> 1.2.3.4:2',
  'ask a/web -> 1.2.3.4:3',
  'ask fd00::9 -> a/db:4',
  'ask node:n1 -> 1.2.3.4:5',
  'ask 10.0.0.1 -> 1.2.3.4:6',
  'ask 10.0.0.9 -> 1.2.3.4:7',
];

/** Ports of the flows that a selector keeps. */
function keep(selector: string): readonly number[] {
  const resolver = createFlowResolver(world);
  const lines = must(parseFlows(wholeSource('x.flows', statements.join('\n'))).value);
  const items = lines.map((line) => ({ line, flow: must(resolver(line).value) }));
  return selectFlows(items, world, must(parseLabelSelector(wholeSource('-l', selector)).value)).map(
    ({ line }) => line.port,
  );
}

describe('flows selected by labels', (test) => {
  test('either end counts, by any of its addresses, named or not', () => assert.equal(keep('role=db'), [1, 2, 4, 6]));
  test('other labels keep other flows', () => assert.equal(keep('role=web'), [1, 3]));
  test('the empty selector keeps every flow of a live pod', () => assert.equal(keep(''), [1, 2, 3, 4, 6]));
  test('what matches nobody keeps nothing', () => assert.equal(keep('role=none'), []));
});
