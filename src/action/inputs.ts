// What the action was asked for: the texts of its inputs → typed, or usage errors that name the input.
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { joinOr } from '../diagnostics/join-or.ts';
import { splitWords } from './split-words.ts';

export const failOnChoices = ['none', 'gained', 'lost', 'any'] as const;

export interface ActionInputs {
  /** Paths from the working folder, without `./` in front of them. Never empty. */
  readonly policies: readonly string[];
  readonly snapshots: readonly string[];
  /** A revision; null: what the event says. */
  readonly base: string | null;
  readonly failOn: (typeof failOnChoices)[number];
  readonly lint: boolean;
  readonly comment: boolean;
  readonly report: boolean;
  readonly sarif: boolean;
  /** Tells several uses in one repository apart: part of a marker, a folder and a category. */
  readonly key: string;
  readonly targets: readonly string[];
  /** More words for `netpolc diff`. */
  readonly args: readonly string[];
}

/** The text of an input; null when it was not given. */
export type InputText = (name: string) => string | null;

/** Decodes every input. The names are those of action.yml. */
export function decodeInputs(textOf: InputText): Outcome<ActionInputs> {
  const problems: Diagnostic[] = [];
  const reader = createReader(textOf, (problem) => problems.push(diagnose('NP7005', { problem }, null)));
  const value: ActionInputs = {
    policies: reader.paths('policies', true),
    snapshots: reader.paths('snapshot', false),
    base: reader.text('base'),
    failOn: reader.choice('fail-on', failOnChoices),
    lint: reader.flag('lint'),
    comment: reader.flag('comment'),
    report: reader.flag('report'),
    sarif: reader.flag('sarif'),
    key: reader.key('key'),
    targets: (reader.text('target') ?? '').split(/[\s,]+/).filter(Boolean),
    args: reader.words('netpolc-args'),
  };
  return { value: problems.length === 0 ? value : null, diagnostics: problems };
}

interface Reader {
  readonly text: (name: string) => string | null;
  readonly flag: (name: string) => boolean;
  readonly choice: <T extends string>(name: string, choices: readonly [T, ...T[]]) => T;
  readonly paths: (name: string, needed: boolean) => readonly string[];
  readonly key: (name: string) => string;
  readonly words: (name: string) => readonly string[];
}

function createReader(textOf: InputText, report: (problem: string) => void): Reader {
  const text = (name: string): string | null => {
    const given = textOf(name)?.trim() ?? '';
    return given === '' ? null : given;
  };
  const choice: Reader['choice'] = (name, choices) => {
    const given = text(name) ?? choices[0];
    const found = choices.find((each) => each === given.toLowerCase());
    if (found === undefined) report(`\`${name}\` is \`${given}\`; it takes ${joinOr(choices)}`);
    return found ?? choices[0];
  };
  return {
    text,
    choice,
    flag: (name) => choice(name, ['false', 'true']) === 'true',
    paths: (name, needed) => {
      const lines = (text(name) ?? '').split('\n').map((line) => line.trim());
      const paths = lines.filter(Boolean).map((line) => line.replace(/^(?:\.\/+)+(?=.)/, ''));
      if (needed && paths.length === 0) report(`\`${name}\` is empty: name files or folders, one a line`);
      const wrong = paths.find((path) => /^(?:\/|-$|git:)/.test(path));
      if (wrong !== undefined) report(`\`${name}\` names \`${wrong}\`; paths are relative to the working directory`);
      return paths;
    },
    key: (name) => {
      const key = text(name) ?? 'default';
      if (!isKey(key))
        report(`\`${name}\` is \`${key}\`; it takes at most 64 letters, digits, \`.\`, \`_\` and single \`-\``);
      return key;
    },
    words: (name) => {
      const words = splitWords(text(name) ?? '');
      if (words === null) report(`\`${name}\` has a quote that does not end`);
      return words ?? [];
    },
  };
}

/** Fit for a hidden comment of HTML, which `--` could end, and for the name of a folder. */
function isKey(text: string): boolean {
  return text.length <= 64 && /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/i.test(text);
}
