// case.yaml → what a golden case says about itself. Strict: a misspelt key in a case would silently test something else.
import { defaultCompileOptions, type CompileOptions } from '../../src/compile.ts';
import { defaultReadOptions, type ReadOptions } from '../../src/input/world.ts';
import { toPlain } from '../../src/parse/plain.ts';
import { parseYaml } from '../../src/parse/yaml.ts';
import { wholeSource } from '../../src/source/source.ts';

export interface CaseFile {
  readonly title: string;
  /** What would go wrong without it. */
  readonly why: string;
  /** Ids of the semantics page: S-…, T-…, U-…, D-… */
  readonly rules: readonly string[];
  /** Name of a snapshot in golden/worlds/, or null when the case has its own. */
  readonly world: string | null;
  readonly options: CaseOptions;
}

export interface CaseOptions {
  readonly read: ReadOptions;
  readonly compile: CompileOptions;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads a case.yaml; throws when it is not one. */
export function parseCaseFile(text: string): CaseFile {
  const { value, diagnostics } = parseYaml(wholeSource('case.yaml', text));
  if (value?.length !== 1 || value[0] === undefined)
    throw new Error(`not one document: ${JSON.stringify(diagnostics)}`);
  const fields = only(toPlain(value[0]), ['title', 'why', 'rules', 'world', 'options']);
  return {
    title: string(fields['title']),
    why: string(fields['why']),
    rules: rules(fields['rules']),
    world: fields['world'] === undefined ? null : string(fields['world']),
    options: options(
      only(fields['options'] ?? {}, ['namespace', 'decode', 'allowIncomplete', 'namedPortsInit', 'semantics']),
    ),
  };
}

function options({ semantics, ...given }: Fields): CaseOptions {
  const read = { ...defaultReadOptions, ...given };
  const own = only(semantics ?? {}, Object.keys(defaultCompileOptions.semantics));
  return {
    read,
    compile: { semantics: { ...defaultCompileOptions.semantics, ...own }, allowIncomplete: read.allowIncomplete },
  };
}

function rules(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) throw new Error('`rules` must list what the case holds');
  const bad = value.filter((rule) => typeof rule !== 'string' || !/^(?:[STUD]-[0-9]+[a-z]?|P-[0-9]+)$/.test(rule));
  if (bad.length > 0) throw new Error(`no rule of the semantics page: ${bad.join(', ')}`);
  return value as readonly string[];
}

function only(value: unknown, keys: readonly string[]): Fields {
  const unknown = Object.keys(value as object).filter((key) => !keys.includes(key));
  if (unknown.length > 0) throw new Error(`unknown key: ${unknown.join(', ')}; known are ${keys.join(', ')}`);
  return value as Fields;
}

function string(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error(`expected a text, found ${JSON.stringify(value)}`);
  return value;
}
