// The flags of `netpolc lint` → which lints are on.
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import { codeOfLint, lintIds, lintOfCode } from '../diagnostics/lint-codes.ts';
import { defaultLintSettings, type LintSettings, type LintSeverity } from '../lint/lint-settings.ts';
import { fine } from './and-then.ts';

export interface LintChoice {
  readonly only?: string;
  readonly off?: string;
  readonly allowAnnotations: boolean;
  readonly fix: boolean;
  readonly unsafeFixes: boolean;
  readonly dryRun: boolean;
}

/** The settings with what the flags add to them. Unknown lints are wrong usage, and so are flags without the one they are for. */
export function lintSettings(flags: LintChoice, settings: LintSettings = defaultLintSettings): Outcome<LintSettings> {
  const misuse = flags.fix ? null : flags.dryRun ? '--dry-run' : flags.unsafeFixes ? '--unsafe-fixes' : null;
  if (misuse !== null) {
    const problem = `\`${misuse}\` is about \`--fix\``;
    return { value: null, diagnostics: [diagnose('NP7005', { problem }, null, { hint: 'add --fix' })] };
  }
  const [only, off] = [parseIds(flags.only), parseIds(flags.off)];
  const unknown = [...only, ...off].filter(({ id }) => id === null);
  if (unknown.length > 0) return { value: null, diagnostics: unknown.map(({ text }) => unknownLint(text)) };
  const left = flags.only === undefined ? [] : lintIds.filter((id) => !only.some((each) => each.id === id));
  const silent = [...left, ...off.flatMap(({ id }) => id ?? [])];
  const chosen = silent.map((id): [string, LintSeverity] => [id, 'off']);
  return fine({
    ...settings,
    severityById: new Map([...settings.severityById, ...chosen]),
    annotations: settings.annotations || flags.allowAnnotations,
  });
}

function parseIds(list = ''): readonly { readonly text: string; readonly id: string | null }[] {
  const texts = list.split(',').map((text) => text.trim());
  return texts
    .filter((text) => text !== '')
    .map((text) => {
      const code = codeOfLint(text);
      return { text, id: code === null ? null : lintOfCode(code) };
    });
}

function unknownLint(text: string) {
  const hint = `lints are ${lintIds[0] ?? ''} to ${lintIds.at(-1) ?? ''}, separated by commas`;
  return diagnose('NP7007', { what: text, kind: 'lint' }, null, { hint });
}
