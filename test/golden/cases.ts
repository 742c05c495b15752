// Golden cases: folders under golden/, data only. Loaded here for the tests and for the machine-written `expected/`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostic, Outcome } from '../../src/diagnostics/diagnostic.ts';
import { printText } from '../../src/diagnostics/text.ts';
import type { FlowLine } from '../../src/flows/flow-line.ts';
import { parseEndpointName } from '../../src/flows/endpoint-name.ts';
import { parseFlows } from '../../src/flows/parse-flows.ts';
import { createFlowResolver, type FlowResolver } from '../../src/flows/resolve-flow.ts';
import { readWorld } from '../../src/input/read-world.ts';
import type { InputFile, World } from '../../src/input/world.ts';
import { families } from '../../src/net/address.ts';
import type { Flow, Verdict } from '../../src/net/flow.ts';
import { shortPlace, wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { parseCaseFile, type CaseFile } from './case-file.ts';
import { parseExpectedDiagnostics, type ExpectedDiagnostic } from './expected-diagnostics.ts';
import { parseTruthTable, type TruthCell } from './truth-table.ts';

export const goldenFolder = resolve(import.meta.dirname, '../../golden');

export interface GoldenCase {
  /** The folder's name. */
  readonly name: string;
  readonly file: CaseFile;
  /** Null when the input cannot be read. */
  readonly world: World | null;
  /** What reading reported. */
  readonly diagnostics: readonly Diagnostic[];
  /** Hand-written: what must be reported by reading and compiling together; nothing else may be. */
  readonly expectedDiagnostics: readonly ExpectedDiagnostic[];
  /** Hand-written: what must hold. Empty exactly for a case that must not compile. */
  readonly flows: readonly GoldenFlow[];
}

export interface GoldenFlow {
  readonly flow: Flow;
  readonly expect: Verdict;
  /** For messages: place, family, the line's own fields with the author's reason. */
  readonly text: string;
}

/** Every case's folder name, sorted. */
export function caseNames(): readonly string[] {
  return readdirSync(goldenFolder)
    .filter((name) => existsSync(join(goldenFolder, name, 'case.yaml')))
    .sort();
}

/** What a case says about itself. */
export function readCaseFile(name: string): CaseFile {
  return parseCaseFile(textOf(name, 'case.yaml') ?? '');
}

/** Reads one case. Throws when the case itself, and not the input it holds, is wrong. */
export async function loadCase(name: string): Promise<GoldenCase> {
  const file = readCaseFile(name);
  const { value: world, diagnostics } = await readWorld(inputFiles(name, file), file.options.read);
  const expectedDiagnostics = parseExpectedDiagnostics(textOf(name, 'diagnostics.txt') ?? '');
  const lines = flowLines(name);
  if (world === null && lines.length > 0)
    throw new Error(`flows for input that cannot be read:\n${printed(diagnostics)}`);
  const resolveFlow = world === null ? null : createFlowResolver(world.snapshot);
  const flows = resolveFlow === null ? [] : lines.flatMap((line) => resolveLine(line, resolveFlow));
  if (flows.length === 0 && expectedDiagnostics.length === 0) throw new Error('the case holds no truth');
  return { name, file, world, diagnostics, expectedDiagnostics, flows };
}

function inputFiles(name: string, { world }: CaseFile): readonly InputFile[] {
  const snapshot = world === null ? 'snapshot.yaml' : `../worlds/${world}.yaml`;
  return [...inputFile(name, 'policies.yaml', 'policies'), ...inputFile(name, snapshot, 'snapshot')];
}

function inputFile(name: string, file: string, role: InputFile['role']): readonly InputFile[] {
  const text = textOf(name, file);
  return text === null ? [] : [{ name: file, role, chunks: () => chunks(text) }];
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function flowLines(name: string): readonly FlowLine[] {
  const flows = textOf(name, 'flows.jsonl');
  const table = textOf(name, 'truth.txt');
  return [
    ...(flows === null ? [] : settled(parseFlows(wholeSource('flows.jsonl', flows))).map(withReason)),
    ...(table === null ? [] : parseTruthTable(table).map(lineOfCell)),
  ];
}

/** A truth without its reason cannot be argued with. */
function withReason(line: FlowLine): FlowLine {
  const { expect, fields, span } = line;
  if (expect === null || fields['why'] === undefined)
    throw new Error(`${shortPlace(span)}: \`expect\` or \`why\` is missing`);
  return line;
}

function lineOfCell(cell: TruthCell): FlowLine {
  const from = must(parseEndpointName(cell.from), cell.from);
  const to = must(parseEndpointName(cell.to), cell.to);
  const span = { source: { ...wholeSource('truth.txt', ''), text: null }, start: 0, end: 0 };
  return { ...cell, from, to, family: null, fields: { ...cell }, span };
}

/** A line that names no family speaks of every family that both ends have. */
function resolveLine(line: FlowLine, resolveFlow: FlowResolver): readonly GoldenFlow[] {
  const { expect, fields } = line;
  const given = line.family === null ? families : [line.family];
  const outcomes = given.map((family) => resolveFlow({ ...line, family }));
  const flows = outcomes.flatMap(({ value }) => value ?? []);
  if (flows.length === 0) throw new Error(printed(outcomes.flatMap(({ diagnostics }) => diagnostics)));
  return flows.map((flow) => {
    const text = `${shortPlace(line.span)} ${flow.source.family} ${JSON.stringify(fields)}`;
    return { flow, expect: must(expect), text };
  });
}

function settled<T>({ value, diagnostics }: Outcome<T>): T {
  if (value === null || diagnostics.length > 0) throw new Error(printed(diagnostics));
  return value;
}

function textOf(name: string, file: string): string | null {
  const path = join(goldenFolder, name, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

function printed(diagnostics: readonly Diagnostic[]): string {
  return printText(diagnostics, { color: false });
}
