// Flows and engines → answers, beside what was expected.
import { hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { FlowLine } from '../flows/flow-line.ts';
import type { Flow, Verdict } from '../net/flow.ts';
import type { Judge, Said } from './engines.ts';

/** A line of the flows file and the flow that it means. */
export interface ResolvedLine {
  readonly line: FlowLine;
  readonly flow: Flow;
}

/** What every engine says about one flow. */
export interface JudgedLine {
  readonly line: FlowLine;
  readonly answers: readonly Answer[];
  /** Whether all engines say the same. */
  readonly agreed: boolean;
  /** The one engine that says otherwise than at least two others, which agree; null when there is no such one. */
  readonly alone: string | null;
}

export interface Answer {
  readonly engine: string;
  readonly verdict: Verdict;
  /** The verdict is not the opposite of what was expected. A flow without an expectation passes. */
  readonly pass: boolean;
}

/** Asks one engine after another. When one cannot answer, there is no result at all. */
export async function judgeFlows(
  lines: readonly ResolvedLine[],
  engines: readonly Judge[],
): Promise<Outcome<readonly JudgedLine[]>> {
  const flows = lines.map(({ flow }) => flow);
  const columns: { readonly engine: string; readonly said: readonly Said[] }[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { name, judge } of engines) {
    const { value: said, diagnostics: found } = await judge(flows);
    diagnostics.push(...found);
    if (said === null || hasErrors(found)) return { value: null, diagnostics };
    columns.push({ engine: name, said });
  }
  const value = lines.map(({ line }, row) =>
    judgeLine(
      line,
      columns.flatMap(({ engine, said }) => saidAt(engine, said, row)),
    ),
  );
  return { value, diagnostics };
}

function judgeLine(line: FlowLine, said: Said): JudgedLine {
  const pass = (verdict: Verdict): boolean => line.expect === null || line.expect === verdict;
  const answers = said.map(({ engine, verdict }) => ({ engine, verdict, pass: pass(verdict) }));
  const agreed = answers.every(({ verdict }) => verdict === answers[0]?.verdict);
  return { line, answers, agreed, alone: standsAlone(answers) };
}

function standsAlone(answers: readonly Answer[]): string | null {
  const single = (['allow', 'deny'] as const).flatMap((verdict) => {
    const [first, ...rest] = answers.filter((answer) => answer.verdict === verdict);
    return first !== undefined && rest.length === 0 ? [first.engine] : [];
  });
  return answers.length > 2 && single.length === 1 ? (single[0] ?? null) : null;
}

/** An engine that says nothing on a flow has a bug, which must not look like a verdict. */
function saidAt(engine: string, column: readonly Said[], row: number): Said {
  const said = column[row] ?? [];
  if (said.length === 0) throw new Error(`engine ${engine} says nothing on flow ${row}`);
  return said;
}
