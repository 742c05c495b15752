import * as assert from 'uvu/assert';
import { parseClaims } from '../../src/prove/parse-claims.ts';
import { connectionText } from '../../src/prove/proof-words.ts';
import { prove } from '../../src/prove/prove.ts';
import type { ProvenWorld } from '../../src/prove/terrain.ts';
import { wholeSource } from '../../src/source/source.ts';
import { pod, snapshot } from '../kit/build.ts';
import { summary } from '../kit/files.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { provenWorld, shop } from './shop-world.ts';

describe('claims hold or fail', (test) => {
  const cases: readonly (readonly [claim: string, result: string])[] = [
    // never
    ['never dev/job-0 -> prod/db-0', 'holds'],
    ['never dev/job -> prod/db', 'holds'],
    ['never prod/api -> prod/db', 'allow prod/api-0 (10.0.0.1) -> prod/db-0 (10.0.0.3) TCP 5432, 1 pair'],
    ['never prod/api-1 -> prod/db over IPv6', 'allow prod/api-1 (fd00::2) -> prod/db-0 (fd00::3) TCP 5432, 1 pair'],
    ['never prod/api -> prod/db:1-5431,5433-65535', 'holds'],
    ['never prod/api -> prod/db:5432/UDP', 'holds'],
    [
      'never prod/api -> prod/db:5432/UDP,5432/TCP',
      'allow prod/api-0 (10.0.0.1) -> prod/db-0 (10.0.0.3) TCP 5432, 1 pair',
    ],
    ['never outside -> prod/db', 'allow 192.0.2.0 -> prod/db-0 (10.0.0.3) TCP 5432, 1 pair'],
    ['never outside -> prod/db:5434-65535', 'holds'],
    ['never outside -> prod/db over IPv6', 'holds'],
    ['never prod/api -> outside', 'allow prod/api-0 (10.0.0.1) -> 198.51.100.0 TCP 1, 1 pair'],
    ['never prod/api -> outside over IPv6', 'holds'],
    ['never prod/api -> 198.51.100.7:80', 'allow prod/api-0 (10.0.0.1) -> 198.51.100.7 TCP 80, 1 pair'],
    ['never prod/api -> 198.51.101.0/24', 'holds'],
    ['never ns(env=prod) -> ns(env=dev)', 'allow prod/db-0 (10.0.0.3) -> dev/job-0 (10.0.1.1) TCP 1, 1 pair'],
    [
      'never pods(app in (api,db))@prod -> pods()@ns(env=dev)',
      'allow prod/db-0 (10.0.0.3) -> dev/job-0 (10.0.1.1) TCP 1, 1 pair',
    ],
    ['never pods(app=api)@ns(env=prod), dev/job-0 -> prod/db:22', 'holds'],
    ['never pods(app!=api) -> prod/db', 'holds'],
    // job -> api, outside; db -> api, job, outside; api -> outside; outside -> api, job
    ['never any -> any:22', 'allow dev/job-0 (10.0.1.1) -> prod/api-0 (10.0.0.1) TCP 22, 8 pairs'],
    // job, and what is outside in that block
    ['never 10.0.1.0/24 -> prod/api:80', 'allow dev/job-0 (10.0.1.1) -> prod/api-0 (10.0.0.1) TCP 80, 2 pairs'],
    ['never prod/api -> prod/db:80, dev/job:80', 'holds'],
    ['never prod/api -> dev/job, prod/db:5432', 'allow prod/api-0 (10.0.0.1) -> prod/db-0 (10.0.0.3) TCP 5432, 1 pair'],
    // always
    ['always prod/api -> prod/db:5432', 'holds'],
    ['always prod/api -> prod/db:5432,5433', 'deny prod/api-0 (10.0.0.1) -> prod/db-0 (10.0.0.3) TCP 5433, 1 pair'],
    ['always prod/api -> prod/db', 'deny prod/api-0 (10.0.0.1) -> prod/db-0 (10.0.0.3) TCP 1, 1 pair'],
    ['always dev/job, prod/api -> prod/db:5432', 'deny dev/job-0 (10.0.1.1) -> prod/db-0 (10.0.0.3) TCP 5432, 1 pair'],
    ['always 192.0.2.0/24 -> prod/db:5432-5433', 'holds'],
    ['always 192.0.2.0/23 -> prod/db:5432', 'deny 192.0.3.0 -> prod/db-0 (10.0.0.3) TCP 5432, 1 pair'],
    ['always 192.0.2.0/24 -> prod/db:5432-5434', 'deny 192.0.2.0 -> prod/db-0 (10.0.0.3) TCP 5434, 1 pair'],
    ['always outside -> prod/api', 'holds'],
    ['always dev/job -> any', 'deny dev/job-0 (10.0.1.1) -> prod/db-0 (10.0.0.3) TCP 1, 1 pair'],
    // only
    ['only prod/api -> prod/db:5432', 'allow 192.0.2.0 -> prod/db-0 (10.0.0.3) TCP 5432, 1 pair'],
    ['only prod/api -> prod/db over IPv6', 'holds'],
    ['only prod/api, 192.0.2.0/24 -> prod/db', 'holds'],
    ['only prod/api, 192.0.2.0/25 -> prod/db', 'allow 192.0.2.128 -> prod/db-0 (10.0.0.3) TCP 5432, 1 pair'],
    ['only prod/api-0, outside -> prod/db', 'allow prod/api-1 (10.0.0.2) -> prod/db-0 (10.0.0.3) TCP 5432, 1 pair'],
    ['only pods(app=nobody) -> prod/db:22', 'holds'],
    // nodes
    ['never 192.168.0.0/16 -> prod/db', 'holds'],
    ['never node:n1 -> prod/db', 'allow node:n1 (192.168.0.1) -> prod/db-0 (10.0.0.3) TCP 1, 1 pair'],
    ['never 192.168.0.1/32 -> prod/db', 'allow node:n1 (192.168.0.1) -> prod/db-0 (10.0.0.3) TCP 1, 1 pair'],
    ['never prod/agent -> prod/db', 'allow node:n1 (192.168.0.1) -> prod/db-0 (10.0.0.3) TCP 1, 1 pair'],
    ['never node:n2 -> prod/db', 'holds'],
    ['always node:n1 -> prod/db', 'holds'],
    ['always node:n2 -> prod/db:5432', 'deny node:n2 (192.168.0.2) -> prod/db-0 (10.0.0.3) TCP 5432, 1 pair'],
    ['never prod/api -> node:n1', 'holds'],
    ['never prod/db -> node:n1:10250', 'allow prod/db-0 (10.0.0.3) -> node:n1 (192.168.0.1) TCP 10250, 1 pair'],
    // flows
    ['allow prod/api-0 -> prod/db-0:5432', 'holds'],
    ['allow prod/api-0 -> prod/db-0:5432,5433', 'deny prod/api-0 (10.0.0.1) -> prod/db-0 (10.0.0.3) TCP 5433, 1 pair'],
    ['deny dev/job-0 -> prod/db-0:5432', 'holds'],
    ['allow node:n1 -> prod/db-0:22', 'holds'],
    ['deny prod/db-0 -> prod/db-0:80', 'allow prod/db-0 (10.0.0.3) -> prod/db-0 (10.0.0.3) TCP 80, 1 pair'],
    ['allow 203.0.113.1 -> 203.0.113.2:80', 'holds'],
  ];
  for (const [claim, result] of cases) test(claim, () => assert.is(resultOf(claim), result));

  test('with --allow-egress-to-own-node a pod reaches its own node, of which only who names the node speaks', () => {
    const world = provenWorld(shop, { allowEgressToOwnNode: true });
    assert.is(
      resultOf('never prod/api -> node:n1', world),
      'allow prod/api-0 (10.0.0.1) -> node:n1 (192.168.0.1) TCP 1, 1 pair',
    );
    assert.is(resultOf('never prod/api -> 192.168.0.0/16', world), 'holds');
  });
});

describe('claims about nothing', (test) => {
  const cases: readonly (readonly [claim: string, reason: string])[] = [
    ['never pods(app=bd) -> outside', '`pods(app=bd)` selects no pod'],
    ['never prod/api, pods(app=bd) -> prod/db:22', '`pods(app=bd)` selects no pod'],
    ['always prod/api -> ns(env=stage)', '`ns(env=stage)` selects no pod'],
    ['never pods()@empty -> any', '`pods()@empty` selects no pod'],
    ['only prod/api -> pods(app=bd)', '`pods(app=bd)` selects no pod'],
    ['never prod/db-0 -> prod/db-0', 'a pod and itself, or a pod and its own node, is all that is left of it'],
    ['never 192.168.0.2/31 -> dev/job', 'a pod and itself, or a pod and its own node, is all that is left of it'],
    ['never dev/job-0 -> [fd00::/64]', 'its ends have no address family in common'],
    ['always dev/job-0 -> prod/api over IPv6', 'its ends have no address family in common'],
    ['only any -> prod/db', 'everybody may connect, so nobody is left who must not'],
    [
      'never outside -> node:n1',
      '`node:n1` is no pod, and neither is the other end: no policy judges what passes between them',
    ],
  ];
  for (const [claim, reason] of cases) {
    test(claim, () => assert.is(resultOf(claim), `empty: ${reason}`));
  }

  test('what breaks a claim says more than that a part of it is about nothing', () =>
    assert.match(resultOf('never outside, dev/job -> 192.0.3.1'), /^allow dev\/job-0 /));
});

describe('names in claims', (test) => {
  test('a pod comes before a workload of its name', () => {
    const both = snapshot(
      [
        pod('prod/api', { ips: ['10.0.0.1'], workload: 'other' }),
        pod('prod/api-1', { ips: ['10.0.0.2'], workload: 'api', labels: { app: 'api' } }),
        pod('prod/x', { ips: ['10.0.0.3'] }),
      ],
      { prod: {} },
    );
    assert.is(resultOf('always prod/api -> prod/x', provenWorld(both)), 'holds');
  });

  const wrong: readonly (readonly [claim: string, problem: string, hint: RegExp])[] = [
    ['never prod/apii -> prod/db', 'c.flows:1:7 NP1071', /did you mean `prod\/api`/],
    ['never outside -> prd/db', 'c.flows:1:18 NP1071', /did you mean `prod\/db-0`/],
    ['never pods(app=db)@prd -> any', 'c.flows:1:7 NP1072', /did you mean `prod`/],
    ['never node:n3 -> prod/db', 'c.flows:1:7 NP1053', /did you mean `node:n/],
    ['never host:x -> prod/db', 'c.flows:1:7 NP1054', /give the address/],
    ['never outside -> prod/old-0', 'c.flows:1:18 NP1055', /./],
    ['allow prod/api -> prod/db-0:1,2', 'c.flows:1:7 NP1052', /did you mean `prod\/api-0`/],
  ];
  for (const [claim, problem, hint] of wrong) {
    test(`${claim} is an error (${problem})`, () => {
      const claims = must(parseClaims(wholeSource('c.flows', claim)).value);
      const { value, diagnostics } = prove(claims, provenWorld());
      assert.is(value, null);
      assert.equal(diagnostics.map(summary), [problem]);
      assert.match(diagnostics[0]?.hint ?? '', hint);
    });
  }

  const lost = snapshot(
    [pod('dev/job-0', { ips: ['10.0.1.1'] }), pod('prod/db-0', { ips: ['10.0.0.3'], labels: { app: 'db' } })],
    { prod: { env: 'prod' } },
  );

  test('a namespace of which only the name is known is no guess (NP1073)', () => {
    const claims = must(parseClaims(wholeSource('c.flows', 'never outside, ns(env=dev) -> prod/db-0')).value);
    const { value, diagnostics } = prove(claims, provenWorld(lost));
    assert.is(value, null);
    assert.equal(diagnostics.map(summary), ['c.flows:1:16 NP1073']);
  });

  test('with --allow-incomplete it counts to the safe side', () => {
    const world = provenWorld(lost, {}, true);
    assert.is(
      resultOf('never prod/db-0 -> ns(env=dev)', world),
      'allow prod/db-0 (10.0.0.3) -> dev/job-0 (10.0.1.1) TCP 1, 1 pair',
    );
    // db -> job, outside -> job, outside -> db
    assert.is(
      resultOf('only ns(env=dev) -> dev/job-0, prod/db-0:5432', world),
      'allow prod/db-0 (10.0.0.3) -> dev/job-0 (10.0.1.1) TCP 1, 3 pairs',
    );
    assert.is(
      resultOf('never ns(kubernetes.io/metadata.name=prod) -> prod/db-0', world),
      'empty: a pod and itself, or a pod and its own node, is all that is left of it',
    );
  });
});

function resultOf(claim: string, world: ProvenWorld = provenWorld()): string {
  const [proof] = must(prove(must(parseClaims(wholeSource('c.flows', claim)).value), world).value);
  const { result } = must(proof);
  if (result.kind === 'holds') return 'holds';
  if (result.kind === 'empty') return `empty: ${result.reason}`;
  const { counterexample, pairs } = result;
  return `${counterexample.verdict} ${connectionText(counterexample)}, ${pairs} ${pairs === 1 ? 'pair' : 'pairs'}`;
}
