// A flows file → its flows. Importing this file loads chevrotain, for the readable language.
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Source } from '../source/source.ts';
import type { FlowLine } from './flow-line.ts';
import { parseFlowStatement } from './parse-flow-statement.ts';
import { parseJsonFlow } from './parse-json-flow.ts';
import { parseLines } from './parse-lines.ts';

/**
 * Parses a flows file: the readable language when its name ends in `.flows`, else JSON Lines.
 *
 * Every line that is wrong is reported at its place (codes NP1044 to NP1051, NP1006 to NP1011) and left out; so is a
 * file without any flow. O(length).
 */
export function parseFlows(source: Source): Outcome<readonly FlowLine[]> {
  const parseFlow = source.name.endsWith('.flows') ? parseFlowStatement : parseJsonFlow;
  return parseLines(source, 'flow', (line) => refuseClaim(line) ?? parseFlow(line));
}

/** Claims are for another command, whatever the file is called. */
function refuseClaim(line: Source): Outcome<never> | null {
  const found = /^\s*(never|always|only)(?![0-9A-Za-z._-])/.exec(line.text ?? '');
  const [whole = '', verb] = found ?? [];
  if (verb === undefined) return null;
  const span = { source: line, start: whole.length - verb.length, end: whole.length };
  return { value: null, diagnostics: [diagnose('NP1070', { verb }, span)] };
}
