// What `test` prints: a line a flow for people, a line an answer for programs, and the summary.
import { escapeJson, escapeText } from '../diagnostics/safe-text.ts';
import { shortPlace } from '../source/source.ts';
import { flowOptions, flowText } from './flow-text.ts';
import type { Answer, JudgedLine } from './judge-flows.ts';

/** One line a flow: `FAIL    prod/api -> prod/db:3306/TCP: allow, expected deny (expected.flows:3)`. */
export function printJudgedAsText(judged: JudgedLine): string {
  const { line, answers, agreed, alone } = judged;
  const status = statusOf(judged);
  const said = agreed
    ? (answers[0]?.verdict ?? '')
    : `${answers.map(({ engine, verdict }) => `${engine} ${verdict}`).join(', ')}${standing(alone)}`;
  const expected = status === 'FAIL' || status === 'DIFFER' ? expectation(judged) : '';
  return `${status.padEnd(6)}  ${escapeText(`${flowText(line)}: ${said}${expected}`)}\n`;
}

/** The line's own fields with `verdict`, `pass` and `engine`, one line of JSON an answer; `alone` where all others disagree. */
export function printJudgedAsJson({ line, answers, alone }: JudgedLine): string {
  return answers.map((answer) => `${escapeJson(JSON.stringify(recordOf(line.fields, answer, alone)))}\n`).join('');
}

/** `12 flows (engine ir): 10 passed, 1 failed, 1 only asked`. */
export function summarize(judged: readonly JudgedLine[], engines: readonly string[]): string {
  const count = (status: Status): number => judged.filter((each) => statusOf(each) === status).length;
  const parts = [
    `${count('pass')} passed`,
    `${count('FAIL')} failed`,
    ...some(count('DIFFER'), 'with engines that disagree'),
    ...some(count('asked'), 'only asked'),
  ];
  const who = `engine${engines.length === 1 ? '' : 's'} ${engines.join(', ')}`;
  return `${judged.length} flow${judged.length === 1 ? '' : 's'} (${who}): ${parts.join(', ')}`;
}

/** How to see the reason of the first failure; nothing when none failed. */
export function whyRemark(judged: readonly JudgedLine[]): readonly string[] {
  const failed = judged.find((each) => statusOf(each) === 'FAIL');
  return failed === undefined ? [] : [`why? netpolc trace, with the same input: ${flowOptions(failed.line)}`];
}

/** Which engines stand alone against all others, and how often. */
export function aloneRemarks(judged: readonly JudgedLine[]): readonly string[] {
  const names = judged.flatMap(({ alone }) => alone ?? []);
  return [...new Set(names)].map((name) => {
    const count = names.filter((each) => each === name).length;
    return `${name} stands alone on ${count} flow${count === 1 ? '' : 's'}`;
  });
}

function standing(alone: string | null): string {
  return alone === null ? '' : `; ${alone} stands alone`;
}

/** Whether a flow lets the test fail. */
export function isFinding(judged: JudgedLine): boolean {
  const status = statusOf(judged);
  return status === 'FAIL' || status === 'DIFFER';
}

type Status = 'pass' | 'FAIL' | 'DIFFER' | 'asked';

function statusOf({ line, answers, agreed }: JudgedLine): Status {
  if (!agreed) return 'DIFFER';
  if (!answers.every(({ pass }) => pass)) return 'FAIL';
  return line.expect === null ? 'asked' : 'pass';
}

function expectation({ line }: JudgedLine): string {
  const expected = line.expect === null ? '' : `, expected ${line.expect}`;
  return `${expected} (${shortPlace(line.span)})`;
}

function recordOf(
  fields: Readonly<Record<string, unknown>>,
  { engine, verdict, pass }: Answer,
  alone: string | null,
): object {
  return { ...fields, verdict, pass, engine, ...(engine === alone ? { alone: true } : {}), schemaVersion: 1 };
}

function some(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}
