// Every golden case, judged by the oracle, by the IR of the whole snapshot and by the IRs of the nodes together.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { evaluate } from '../../src/ir/evaluate.ts';
import type { Ir } from '../../src/ir/ir.ts';
import { printIr } from '../../src/ir/json.ts';
import { parseIr } from '../../src/ir/parse-ir.ts';
import type { Flow, Verdict } from '../../src/net/flow.ts';
import { createOracle } from '../../src/trace/oracle.ts';
import { targets } from '../../targets/index.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { caseNames, goldenFolder, loadCase, type GoldenCase } from './cases.ts';
import { compareDiagnostics } from './expected-diagnostics.ts';
import { compileCase, expectedFiles, type CompiledCase } from './expected-files.ts';

describe('golden', (test) => {
  for (const name of caseNames()) {
    test(name, async () => {
      const golden = await loadCase(name);
      const compiled = compileCase(golden);
      assert.equal(compareDiagnostics(golden.expectedDiagnostics, compiled.diagnostics), [], `${name}: diagnostics`);
      assert.is(compiled.whole === null, golden.flows.length === 0, `${name}: flows are for input that compiles`);
      assert.equal(disagreements(golden, compiled), [], `${name}: verdicts`);
      if (compiled.whole !== null)
        assert.is(printIr(must(parseIr(printIr(compiled.whole)).value)), printIr(compiled.whole));
      const now = Object.fromEntries(expectedFiles(compiled, targets));
      assert.equal(now, filesIn(join(goldenFolder, name, 'expected')), `${name}: expected/ (npm run golden:update)`);
    });
  }
});

type Judge = (flow: Flow) => Verdict;

function disagreements(golden: GoldenCase, compiled: CompiledCase): readonly string[] {
  if (golden.world === null || compiled.whole === null) return [];
  const judges: Readonly<Record<string, Judge>> = {
    oracle: createOracle(golden.world, golden.file.options.compile.semantics),
    'IR of the snapshot': judgedBy([compiled.whole]),
    'IRs of the nodes': judgedBy([...compiled.irByNode.values()]),
  };
  return golden.flows.flatMap(({ flow, expect, text }) =>
    Object.entries(judges)
      .filter(([, judge]) => judge(flow) !== expect)
      .map(([engine]) => `${engine} does not ${expect}: ${text}`),
  );
}

/** Each enforcement point judges the ends it has, so all of them together judge both (S-502). */
function judgedBy(irs: readonly Ir[]): Judge {
  return (flow) => (irs.every((ir) => evaluate(ir, flow) === 'allow') ? 'allow' : 'deny');
}

function filesIn(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}
