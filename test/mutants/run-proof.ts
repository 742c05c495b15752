// Runs one proof in a copy and reads what it says.
import { execa } from 'execa';
import type { Copy } from './copy.ts';
import type { Proof } from './mutant.ts';

/** `failed`: some test noticed. `unjudged`: it ended badly without a test that tells anything. */
export type Judgement =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed'; readonly test: string; readonly detail: string }
  | { readonly outcome: 'unjudged'; readonly detail: string };

/** A proof that has told nothing by then is taken to hang. */
const longestMs = 900_000;

/** Runs a proof to its end, or until a test fails that counts. Cancelling ends it and throws. */
export async function runProof({ argv }: Proof, copy: Copy, cancelSignal: AbortSignal): Promise<Judgement> {
  const running = execa(process.execPath, ['--import', './scripts/register.mjs', ...argv], {
    cwd: copy.folder,
    // The seed is the project's, not the caller's; nothing is coloured.
    env: { TMPDIR: copy.temporary, NETPOLC_SEED: '1', NO_COLOR: '1', FORCE_COLOR: undefined },
    reject: false,
    all: true,
    timeout: longestMs,
    cancelSignal,
  });
  let text = '';
  for await (const line of running.iterable({ from: 'all' })) {
    text += `${line}\n`;
    // One blank line behind a failure everything about it has been said.
    if (line === '' && judge(text, 1).outcome === 'failed') running.kill('SIGTERM');
  }
  const { exitCode, isCanceled, timedOut } = await running;
  if (isCanceled) throw new Error('cancelled');
  if (timedOut) return { outcome: 'unjudged', detail: `no end within ${longestMs / 1000} s` };
  return judge(text, exitCode ?? 1);
}

/** Machine-written text is no truth: it is re-written after every change. */
const notAboutMeaning = 'golden output (npm run golden:update)';

/** Engines that could not run or load, sentinels that were lost: no verdict was given, so none was wrong. */
const noVerdict = /error NP70(?:0[0-9]|4[0-2])\b/;

/** What the output of a proof says, as uvu prints failures and the kit's runner ends. */
export function judge(output: string, exitCode: number): Judgement {
  const failures = output.split(/^ {3}FAIL {2}/m).slice(1);
  const told = failures.filter((each) => !each.startsWith(notAboutMeaning) && !noVerdict.test(each));
  const [first] = told;
  if (first !== undefined) {
    const [title = '', ...rest] = first.split('\n');
    const [suite = '', test = ''] = title.split(/ {2}(?=")/);
    return { outcome: 'failed', test: `${suite}: ${test.slice(1, -1)}`, detail: shorten(rest.join('\n')) };
  }
  const isComplete = /^[0-9]+ passed, [0-9]+ failed/m.test(output);
  const untold = failures.filter((each) => !each.startsWith(notAboutMeaning));
  if (isComplete && untold.length === 0 && (exitCode === 0 || failures.length > 0)) return { outcome: 'passed' };
  return { outcome: 'unjudged', detail: shorten(untold[0] ?? output) };
}

/** The first lines of a message, without the stack behind it. */
function shorten(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const stack = lines.findIndex((line) => line.startsWith('at '));
  const message = lines.slice(0, stack === -1 ? lines.length : stack).filter((line) => line !== '');
  return message
    .slice(0, 12)
    .map((line) => line.slice(0, 300))
    .join('\n');
}
