// What a benchmark reports, and the table of all.

/** One line of the table: a goal of the performance page, or a figure beside one. */
export interface Result {
  /** `P-1`; several lines may share one. */
  readonly goal: string;
  readonly what: string;
  /** A ratio unless `what` says otherwise. */
  readonly value: number;
  /** What reaches the goal; null for a figure that is only told. */
  readonly wanted: Bound | null;
  /** What it was made of, for results.json: medians, counts, units in the keys. */
  readonly details: Readonly<Record<string, number | string>>;
}

export interface Bound {
  readonly kind: 'atMost' | 'atLeast';
  readonly value: number;
}

/** The goal is reached by this value and everything below. */
export function atMost(value: number): Bound {
  return { kind: 'atMost', value };
}

/** The goal is reached by this value and everything above. */
export function atLeast(value: number): Bound {
  return { kind: 'atLeast', value };
}

/** A text table, one line a result. */
export function formatResults(results: readonly Result[]): string {
  const rows = results.map(({ goal, what, value, wanted }) => [
    goal,
    what,
    number(value),
    wanted === null ? '' : `${wanted.kind === 'atMost' ? '≤' : '≥'} ${number(wanted.value)}`,
    verdict(value, wanted),
  ]);
  const all = [['', 'what', 'measured', 'goal', ''], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function number(value: number): string {
  return value.toFixed(2);
}

function verdict(value: number, wanted: Bound | null): string {
  if (wanted === null) return '';
  const reached = wanted.kind === 'atMost' ? value <= wanted.value : value >= wanted.value;
  return reached ? 'reached' : 'MISSED';
}
