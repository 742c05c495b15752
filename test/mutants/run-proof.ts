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
export async function runProof({ argv, about }: Proof, copy: Copy, cancelSignal: AbortSignal): Promise<Judgement> {
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
    if (line === '' && judge(text, 1, about).outcome === 'failed') running.kill('SIGTERM');
  }
  const { exitCode, isCanceled, timedOut } = await running;
  if (isCanceled) throw new Error('cancelled');
  if (timedOut) return { outcome: 'unjudged', detail: `no end within ${longestMs / 1000} s` };
  return judge(text, exitCode ?? 1, about);
}

/** Machine-written text is no truth: it is re-written after every change. */
const notAboutMeaning = 'golden output (npm run golden:update)';

/** Engines that could not run or load, sentinels that were lost: no verdict was given, so none was wrong. */
const noVerdict = /error NP70(?:0[0-9]|4[0-2])\b/;

/** What the output of a proof says, as uvu prints failures and the kit's runner ends. `about`: see Proof. */
export function judge(output: string, exitCode: number, about = ''): Judgement {
  const failures = output
    .split(/^ {3}FAIL {2}/m)
    .slice(1)
    .map(parseFailure);
  const own = failures.filter(({ suite }) => suite !== notAboutMeaning && suite.includes(about));
  const told = own.find(({ message }) => !noVerdict.test(message));
  if (told !== undefined) {
    return { outcome: 'failed', test: `${told.suite}: ${told.test}`, detail: shorten(told.message) };
  }
  const [untold] = own;
  if (untold !== undefined) return { outcome: 'unjudged', detail: shorten(untold.message) };
  const isComplete = /^[0-9]+ passed, [0-9]+ failed/m.test(output);
  const isExplained = exitCode === 0 || failures.length > 0;
  return isComplete && isExplained ? { outcome: 'passed' } : { outcome: 'unjudged', detail: shorten(output) };
}

interface Failure {
  readonly suite: string;
  readonly test: string;
  readonly message: string;
}

/** `SUITE  "TEST"` on the first line, and the message behind it. */
function parseFailure(text: string): Failure {
  const [title = '', ...lines] = text.split('\n');
  const [suite = '', test = ''] = title.split(/ {2}(?=")/);
  return { suite, test: test.slice(1, -1), message: lines.join('\n') };
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
