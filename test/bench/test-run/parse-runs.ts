// What a script of test runs prints → nanoseconds.
import { median } from '../measure.ts';

/**
 * Lines `round N`, `turn LABEL`, and behind that `pass NS ns`, a line a packet → by label the median of a turn's packets,
 * one number a round. Round 0 warms up and counts not. Throws when a packet was dropped.
 */
export function parseRuns(stdout: string): ReadonlyMap<string, readonly number[]> {
  const byLabel = new Map<string, number[]>();
  for (const round of stdout.split(/^round \d+\n/m).slice(2)) {
    for (const turn of round.split(/^turn /m).slice(1)) {
      const [label = '', ...lines] = turn.trimEnd().split('\n');
      byLabel.set(label, [...(byLabel.get(label) ?? []), median(lines.map(parseLine))]);
    }
  }
  return byLabel;
}

function parseLine(line: string): number {
  const ns = /^pass (\d+) ns$/.exec(line)?.[1];
  if (ns === undefined) throw new Error(`a test run said \`${line}\``);
  return Number(ns);
}
