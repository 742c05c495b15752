// Loads what IRs compile to, reads it back, and says what is not as it must be.
import { emit } from '../../src/compile.ts';
import { groupBy } from '../../src/collections/get-or-make.ts';
import { printText } from '../../src/diagnostics/text.ts';
import type { Host } from '../../src/host/host.ts';
import type { Ir } from '../../src/ir/ir.ts';
import type { Artifact, Engine, Target } from '../../src/target.ts';
import type { KernelEngine } from '../kit/kernel-engines.ts';
import { limited } from '../kit/limited.ts';
import { judgedByIr } from './ir-meaning.ts';
import { compareMeanings } from './meaning.ts';
import type { Listing, Reader } from './reader.ts';
import { listLoads, type Load } from './session.ts';

/** An IR and what to call it. */
export interface NamedIr {
  readonly name: string;
  readonly ir: Ir;
}

export interface Examination {
  /** What was loaded; IRs whose artifacts differ in comments only share a load. */
  readonly loads: number;
  /** One line each: the IR's name and what is wrong. */
  readonly problems: readonly string[];
}

/** Loads of one session: it takes a moment to begin, and what is listed waits for its end. */
const loadsPerSession = 20;

/** Kernels take their time to be sure that nobody uses old rules any more; meanwhile others may load. */
const atOnce = limited(6);

export interface ExamineOptions {
  readonly reader: Reader;
  readonly host: Host;
  /** Of the target; none by default. */
  readonly switches?: ReadonlySet<string>;
}

/** Every IR is compared with what was read back from the load that it belongs to. */
export async function examine(
  irs: readonly NamedIr[],
  { target, engine }: KernelEngine,
  { reader, host, switches = new Set() }: ExamineOptions,
): Promise<Examination> {
  const emitted = irs.map((named) => emitNamed(named, target, switches));
  const groups = [...groupBy(emitted, ({ artifacts }) => withoutComments(artifacts)).values()];
  const starts = groups.flatMap((_, index) => (index % loadsPerSession === 0 ? [index] : []));
  const problems = await Promise.all(
    starts.map((at) => atOnce(() => examineGroups(groups.slice(at, at + loadsPerSession), engine, reader, host))),
  );
  return { loads: groups.length, problems: problems.flat() };
}

/** Throws when the target cannot express the IR. */
export function emitNamed({ name, ir }: NamedIr, target: Target, switches: ReadonlySet<string> = new Set()): Emitted {
  const { value, diagnostics } = emit(ir, target, { version: 'test', switches });
  if (value === null) throw new Error(`${name}: ${printText(diagnostics, { color: false })}`);
  return { name, ir, artifacts: value };
}

export type Emitted = Load & NamedIr;

/** One session. */
async function examineGroups(
  groups: readonly (readonly Emitted[])[],
  engine: Engine,
  reader: Reader,
  host: Host,
): Promise<readonly string[]> {
  const loads = groups.flatMap(([first]) => (first === undefined ? [] : [first]));
  const listings = await listLoads(loads, engine, reader, host);
  return groups.flatMap((group, index) => judge(group, listings[index] ?? new Map(), reader));
}

/** What is wrong with IRs whose artifacts load alike. */
export function judge(group: readonly Emitted[], listing: Listing, reader: Reader): readonly string[] {
  const names = group.map(({ name }) => name).join(', ');
  try {
    const lost = reader.differences(group[0]?.artifacts ?? [], listing);
    const meaning = reader.read(listing);
    return [
      ...lost.map((difference) => `${names}: ${difference}`),
      ...group.flatMap(({ name, ir }) =>
        compareMeanings({ judged: judgedByIr(ir), facts: reader.factsByIr(ir) }, meaning).map(
          (problem) => `${name}: ${problem}`,
        ),
      ),
    ];
  } catch (error) {
    return [`${names}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** All that an engine acts on, as one text: equal texts load equal rules. */
function withoutComments(artifacts: readonly Artifact[]): string {
  return artifacts
    .map(
      ({ suffix, content }) =>
        `${suffix}\n${typeof content === 'string' ? content : Buffer.from(content).toString('latin1')}`,
    )
    .join('\n')
    .replaceAll(/\s*#.*/g, '')
    .replaceAll(/(?: -m comment --|\s+)comment "[^"]*"/g, '');
}
