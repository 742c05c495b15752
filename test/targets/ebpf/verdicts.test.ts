// What the emitted bytes say, against the IR: on every golden case and on random worlds, whole and node by node.
import * as assert from 'uvu/assert';
import { emit } from '../../../src/compile.ts';
import { allows, evaluate } from '../../../src/ir/evaluate.ts';
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
import { rewrites } from '../../properties/rewrites.ts';
import { compileWorld, prepareSubject } from '../../properties/subject.ts';
import { createRandom } from '../../properties/world/random.ts';
import {
  evaluateMaps,
  profileAllows,
  readBatch,
  readJson,
  readRaw,
  textOf,
  type Maps,
  type Path,
} from './evaluate-maps.ts';

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
  test(`equal meaning gives equal bytes, however it is written, in random worlds from seed ${firstSeed}`, async () => {
    for (let seed = firstSeed; seed < firstSeed + worlds; seed++) {
      const manifests = randomWorld(seed);
      const expected = bytesOf((await compileWorld(manifests)).ir);
      for (const [name, rewrite] of Object.entries(rewrites)) {
        const { ir } = await compileWorld(rewrite(manifests, createRandom(seed)));
        assert.is(bytesOf(ir), expected, `seed ${seed}, ${name}`);
      }
    }
  });
});

/** All artifacts as one text, without the comments of the batch file. */
function bytesOf(ir: Ir): string {
  const artifacts = must(emit(ir, ebpf, { version: 'test' }).value);
  return artifacts
    .map(({ suffix, content }) => {
      const text = typeof content === 'string' ? content : Buffer.from(content).toString('hex');
      return `${suffix}\n${suffix === 'bpftool' ? text.replaceAll(/^#.*\n/gm, '') : text}`;
    })
    .join('\n');
}

/** Also holds the three forms to the same entries. Gives the number of verdicts. */
function disagreeNowhere(ir: Ir, flows: readonly Flow[], where: string): number {
  const maps = sameInEveryForm(must(emit(ir, ebpf, { version: 'test' }).value), where);
  for (const flow of flows) {
    const verdict = evaluateMaps(maps, flow, pathOf(ir, flow));
    assert.is(verdict, evaluate(ir, flow), `${where}: ${formatFlow(flow)}`);
  }
  // Flows have protocols with ports only: ask every profile about the others, too (S-431 c).
  for (const { source } of flows.slice(0, 40)) {
    [...ir.profileById.keys()].forEach((id, index) => {
      const verdict = profileAllows(maps, index + 1, source, 'OTHER', 0);
      assert.is(
        verdict,
        allows(ir, id, source, 'OTHER', 0),
        `${where}: profile ${index + 1}, ${formatAddress(source)}`,
      );
    });
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
