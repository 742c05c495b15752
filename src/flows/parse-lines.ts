// What the languages of flows and claims share: a statement a line, blank lines, and an end to patience.
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { lineStarts, type Source } from '../source/source.ts';

/** After so many problems a file is not read on: it is something else, and could be of any size. */
const maxProblems = 1000;

/** Hands every line that is not blank to `parseLine`, as a source of its own, and collects what comes back. */
export function parseLines<T>(
  source: Source,
  what: 'flow' | 'claim',
  parseLine: (line: Source) => Outcome<readonly T[]>,
): Outcome<readonly T[]> {
  const statements: T[] = [];
  const problems: Diagnostic[] = [];
  for (const line of linesOf(source)) {
    if (problems.length >= maxProblems) {
      problems.push(diagnose('NP1051', { limit: maxProblems, what }, { source: line, start: 0, end: 0 }));
      break;
    }
    const { value, diagnostics } = parseLine(line);
    for (const statement of value ?? []) statements.push(statement);
    problems.push(...diagnostics);
  }
  if (statements.length === 0 && problems.length === 0) {
    problems.push(diagnose('NP1050', { file: source.name, what }, { source, start: 0, end: 0 }));
  }
  return { value: statements.length === 0 ? null : statements, diagnostics: problems };
}

/** The lines that are not blank, without their ends. */
function* linesOf(source: Source): Iterable<Source> {
  // A byte-order mark, which some editors write, says nothing that UTF-8 does not say already.
  const text = (source.text ?? '').replace(/^\ufeff/, '');
  const starts = lineStarts({ ...source, text }, text);
  for (const [index, start] of starts.entries()) {
    const line = text.slice(start, (starts[index + 1] ?? text.length + 1) - 1);
    if (line.trim() === '') continue;
    const column = index === 0 ? source.column : 1;
    yield {
      name: source.name,
      text: line.endsWith('\r') ? line.slice(0, -1) : line,
      line: source.line + index,
      column,
    };
  }
}
