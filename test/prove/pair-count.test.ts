import * as assert from 'uvu/assert';
import type { Unit } from '../../src/connectivity/endpoints.ts';
import { nobody } from '../../src/prove/members.ts';
import { createPairCount } from '../../src/prove/pair-count.ts';
import type { Cell, Group } from '../../src/prove/question.ts';
import { createTerrain } from '../../src/prove/terrain.ts';
import { everyPort } from '../../src/net/port-set.ts';
import { parseAddress } from '../../src/net/address.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { provenWorld } from './shop-world.ts';

const terrain = createTerrain(provenWorld());
const question = { sources: nobody, destinations: nobody, ports: everyPort, wanted: 'nothing' } as const;
const address = must(parseAddress('203.0.113.1'));
const outside: Group = { kind: 'address', address, node: null, isNamed: false };
const node: Group = { kind: 'address', address, node: 'n1', isNamed: true };

describe('pairs of workloads', (test) => {
  test('are counted once, however many cells and pods they are in', () => {
    assert.is(total([cell(['prod/api-0', 'prod/api-1'], ['prod/db-0']), cell(['prod/api-1'], ['prod/db-0'])]), 1);
    assert.is(total([cell(['prod/api-0', 'dev/job-0'], ['prod/db-0', 'dev/job-0'])]), 3);
  });

  test('a pod and itself is none, whatever comes before or after', () => {
    const itself = cell(['prod/api-0'], ['prod/api-0', 'prod/db-0']);
    const each = cell(['prod/api-0'], ['prod/api-1']);
    assert.is(total([itself]), 1);
    assert.is(total([itself, each]), 2);
    assert.is(total([each, itself]), 2);
  });

  test('outside is one party, and each node that is named', () => {
    assert.is(total([{ sources: outside, destinations: pods(['prod/db-0']), question }]), 1);
    const both = [outside, node].map((sources) => ({
      sources,
      destinations: pods(['prod/db-0', 'dev/job-0']),
      question,
    }));
    assert.is(total(both), 4);
  });
});

function total(cells: readonly Cell[]): number {
  const count = createPairCount(terrain);
  for (const each of cells) count.add(each);
  return count.total();
}

function cell(sources: readonly string[], destinations: readonly string[]): Cell {
  return { sources: pods(sources), destinations: pods(destinations), question };
}

function pods(names: readonly string[]): Group {
  return { kind: 'pods', units: names.map(unitOf) };
}

function unitOf(name: string): Unit {
  return must(
    terrain.units.find(({ subject }) => subject.name === name),
    name,
  );
}
