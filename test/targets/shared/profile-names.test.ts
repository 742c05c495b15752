import * as assert from 'uvu/assert';
import { createProfileNames } from '../../../targets/shared/profile-names.ts';
import { pod, policy, snapshot } from '../../kit/build.ts';
import { describe } from '../../kit/suite.ts';
import { compiled } from '../inventory-worlds.ts';

/** Names of the profiles of a node whose pods, given by their workloads, are all isolated alike. */
const names = (workloads: readonly string[], isolated: object = { ingress: [] }): readonly string[] => {
  const pods = workloads.map((workload, index) => pod(`prod/p${index}`, { ips: [`10.0.0.${index + 1}`], workload }));
  const ir = compiled([policy('prod/p', isolated)], snapshot(pods, { prod: {} }));
  return [...ir.profileById.values()].map(createProfileNames(ir)).sort();
};

describe('names of profiles', (test) => {
  test('are direction, namespace and workload', () => {
    assert.equal(names(['db']), ['ingress of prod/db']);
    assert.equal(names(['db'], { ingress: [], egress: [] }), ['egress of prod/db', 'ingress of prod/db']);
  });
  test('come from the workload with most endpoints, wherever it stands', () => {
    assert.equal(names(['api', 'db', 'db', 'web']), ['ingress of prod/db']);
  });
  test('of equally large workloads the first counts', () => {
    assert.equal(names(['web', 'db', 'web', 'db', 'api']), ['ingress of prod/db']);
  });
  test('hold nothing that could end a line', () => {
    assert.equal(names(['d\nb"']), ['ingress of prod/d_b_']);
  });
});
