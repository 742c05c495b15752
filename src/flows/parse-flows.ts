// A flows file → its flows. Importing this file loads chevrotain, for the readable language.
import type { Outcome } from '../diagnostics/diagnostic.ts';
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
  return parseLines(source, source.name.endsWith('.flows') ? parseFlowStatement : parseJsonFlow);
}
