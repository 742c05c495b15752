// What a benchmark reports, and the table of all.

/** One line of the table: a goal of the performance page, or a figure beside one. */
export interface Result {
  /** `P-1`; several lines may share one. */
  readonly goal: string;
  readonly what: string;
  /** A ratio unless `what` says otherwise. */
  readonly value: number;
  /** The highest value that reaches the goal; null for a figure that is only told. */
  readonly atMost: number | null;
  /** What it was made of, for results.json: medians, counts, units in the keys. */
  readonly details: Readonly<Record<string, number | string>>;
}

/** A text table, one line a result. */
export function formatResults(results: readonly Result[]): string {
  const rows = results.map(({ goal, what, value, atMost }) => [
    goal,
    what,
    number(value),
    atMost === null ? '' : `≤ ${number(atMost)}`,
    verdict(value, atMost),
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

function verdict(value: number, atMost: number | null): string {
  if (atMost === null) return '';
  return value <= atMost ? 'reached' : 'MISSED';
}
