// Every golden case, judged by the oracle, by the IR of the whole snapshot and by the IRs of the nodes together.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as assert from 'uvu/assert';
import { getOrMake } from '../../src/collections/get-or-make.ts';
import { evaluate } from '../../src/ir/evaluate.ts';
import type { Ir } from '../../src/ir/ir.ts';
import { printIr } from '../../src/ir/json.ts';
import { parseIr } from '../../src/ir/parse-ir.ts';
import type { Flow, Verdict } from '../../src/net/flow.ts';
import { createOracle } from '../../src/trace/oracle.ts';
import { createTracer } from '../../src/trace/trace.ts';
import { targets } from '../../targets/index.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { caseNames, goldenFolder, loadCase, readCaseFile, type GoldenCase } from './cases.ts';
import { compareDiagnostics } from './expected-diagnostics.ts';
import { compileCase, expectedFiles, type CompiledCase } from './expected-files.ts';

describe('golden truth', (test) => {
  for (const name of caseNames()) {
    test(name, async () => {
      const { golden, compiled } = await compiledCase(name);
      assert.equal(compareDiagnostics(golden.expectedDiagnostics, compiled.diagnostics), []);
      assert.is(compiled.whole === null, golden.flows.length === 0, 'flows are for input that compiles');
      assert.equal(disagreements(golden, compiled), []);
    });
  }
});

describe('golden output (npm run golden:update)', (test) => {
  for (const name of caseNames()) {
    test(name, async () => {
      const { compiled } = await compiledCase(name);
      const written = expectedFiles(compiled, targets);
      const kept = filesIn(join(goldenFolder, name, 'expected'));
      assert.equal([...written.keys()].sort(), [...kept.keys()].sort());
      for (const [path, text] of written) assert.fixture(text, must(kept.get(path)), path);
      const ir = written.get('ir.json');
      if (ir !== undefined) assert.is(printIr(must(parseIr(ir).value)), ir, 'the document is accepted back');
    });
  }
});

describe('golden cases', (test) => {
  test('every vector of NetworkPolicy and snapshot in section 15 of the semantics has one', () => {
    const held = new Set(caseNames().flatMap((name) => readCaseFile(name).rules));
    const vectors = [...Array.from({ length: 37 }, (_, index) => index + 1), 50];
    const wanted = vectors.map((number) => `T-${String(number).padStart(2, '0')}`);
    assert.equal(
      wanted.filter((vector) => !held.has(vector)),
      [],
    );
  });
});

interface Compiled {
  readonly golden: GoldenCase;
  readonly compiled: CompiledCase;
}

const compiledByName = new Map<string, Promise<Compiled>>();

function compiledCase(name: string): Promise<Compiled> {
  return getOrMake(compiledByName, name, async () => {
    const golden = await loadCase(name);
    return { golden, compiled: compileCase(golden) };
  });
}

type Judge = (flow: Flow) => Verdict;

function disagreements(golden: GoldenCase, compiled: CompiledCase): readonly string[] {
  if (golden.world === null || compiled.whole === null) return [];
  const { semantics } = golden.file.options.compile;
  const trace = createTracer(golden.world, semantics);
  const judges: Readonly<Record<string, Judge>> = {
    'the oracle': createOracle(golden.world, semantics),
    'the trace': (flow) => trace(flow).verdict,
    'the IR of the snapshot': judgedBy([compiled.whole]),
    'the IRs of the nodes together': judgedBy([...compiled.irByNode.values()]),
  };
  return golden.flows.flatMap(({ flow, expect, text }) =>
    Object.entries(judges)
      .filter(([, judge]) => judge(flow) !== expect)
      .map(([engine]) => `${engine} does not say ${expect}: ${text}`),
  );
}

/** Each enforcement point judges the ends it has, so all of them together judge both (S-502). */
function judgedBy(irs: readonly Ir[]): Judge {
  return (flow) => (irs.every((ir) => evaluate(ir, flow) === 'allow') ? 'allow' : 'deny');
}

function filesIn(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}
