// Which pieces of a report fit into a limited text: whole ones, the most important first.

export interface Pieces {
  readonly rows: readonly string[];
  readonly isolation: readonly string[];
  readonly outputs: readonly string[];
  /** How many rows and isolation items were left out. */
  readonly left: number;
}

/** The most that fits: outputs go first, then isolation, then rows from the end. What `fits` refuses may fit with less. */
export function fitPieces(pieces: Pieces, fits: (pieces: Pieces) => boolean): Pieces {
  const { rows, isolation } = pieces;
  const steps: readonly Pieces[] = [
    pieces,
    { ...pieces, outputs: [] },
    { ...pieces, outputs: [], isolation: [], left: isolation.length },
  ];
  const whole = steps.find(fits);
  if (whole !== undefined) return whole;
  const withRows = (count: number): Pieces => ({
    rows: rows.slice(0, count),
    isolation: [],
    outputs: [],
    left: isolation.length + rows.length - count,
  });
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(withRows(middle))) low = middle;
    else high = middle - 1;
  }
  return withRows(low);
}
