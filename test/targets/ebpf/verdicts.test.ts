// What the emitted bytes say, against the IR: on every golden case and on random worlds, whole and node by node.
import * as assert from 'uvu/assert';
import { emit } from '../../../src/compile.ts';
import { evaluate } from '../../../src/ir/evaluate.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import { formatAddress, type Address } from '../../../src/net/address.ts';
import type { Flow } from '../../../src/net/flow.ts';
import type { Artifact } from '../../../src/target.ts';
import { ebpf } from '../../../targets/ebpf/index.ts';
import { caseNames, loadCase } from '../../golden/cases.ts';
import { compileCase } from '../../golden/expected-files.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { formatFlow } from '../../properties/properties.ts';
import { randomWorld } from '../../properties/random-world.ts';
import { prepareSubject } from '../../properties/subject.ts';
import { evaluateMaps, readBatch, readJson, readRaw, textOf, type Maps, type Path } from './evaluate-maps.ts';

const firstSeed = Number(process.env['NETPOLC_SEED'] ?? 1);
const worlds = Number(process.env['NETPOLC_WORLDS'] ?? 60);

describe('verdicts of the emitted maps', (test) => {
  test('are the IR’s on every golden case, whole and node by node', async () => {
    let judged = 0;
    for (const name of caseNames()) {
      const golden = await loadCase(name);
      const { whole, irByNode } = compileCase(golden);
      if (whole === null) continue;
      const flows = golden.flows.map(({ flow }) => flow);
      for (const ir of [whole, ...irByNode.values()]) judged += disagreeNowhere(ir, flows, name);
    }
    assert.ok(judged > 1000, `${judged} verdicts`);
  });
  test(`are the IR’s in random worlds from seed ${firstSeed}`, async () => {
    for (let seed = firstSeed; seed < firstSeed + worlds; seed++) {
      const { compiler, ir, probes } = await prepareSubject(randomWorld(seed), 300);
      disagreeNowhere(ir, probes, `seed ${seed}`);
      for (const name of compiler.nodes) {
        const own = must(compiler.ir({ kind: 'node', name }).value);
        disagreeNowhere(own, probes, `seed ${seed}, node ${name}`);
      }
    }
  });
});

/** Also holds the three forms to the same entries. Gives the number of verdicts. */
function disagreeNowhere(ir: Ir, flows: readonly Flow[], where: string): number {
  const maps = sameInEveryForm(must(emit(ir, ebpf, { version: 'test' }).value), where);
  for (const flow of flows) {
    const verdict = evaluateMaps(maps, flow, pathOf(ir, flow));
    assert.is(verdict, evaluate(ir, flow), `${where}: ${formatFlow(flow)}`);
  }
  return flows.length;
}

function sameInEveryForm(artifacts: readonly Artifact[], where: string): Maps {
  const maps = readRaw(artifacts);
  assert.equal(readJson(textOf(artifacts, 'maps.json')), maps, where);
  assert.equal(readBatch(textOf(artifacts, 'bpftool')), maps, where);
  return maps;
}

/** A node knows what it sends and what is for it; in the IR, flows say so (S-603, S-604). */
function pathOf(ir: Ir, { source, destination, sourceNode, destinationNode }: Flow): Path {
  const nodeAt = (address: Address): string | null | undefined =>
    ir.endpoints.find(({ addresses }) => addresses.some((own) => formatAddress(own) === formatAddress(address)))?.node;
  return {
    fromOwnNode: sourceNode !== null && sourceNode === nodeAt(destination),
    toOwnNode: destinationNode !== null && destinationNode === nodeAt(source),
  };
}
