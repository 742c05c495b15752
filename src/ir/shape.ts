// Reads values of unknown shape from JSON, noting every value that is not of the expected one.

export type Json = Readonly<Record<string, unknown>>;

/** Each method gives the value as asked for, or notes a problem and gives an empty value of that shape. */
export interface ShapeReader {
  /** What was wrong so far. The values given are worth something only while this is empty. */
  readonly problems: readonly string[];
  readonly json: (text: string) => unknown;
  readonly object: (value: unknown, what: string) => Json;
  /** Notes keys other than these. */
  readonly only: (value: Json, keys: readonly string[], what: string) => void;
  readonly list: (value: unknown, what: string) => readonly unknown[];
  readonly string: (value: unknown, what: string) => string;
  readonly stringOrNull: (value: unknown, what: string) => string | null;
  readonly integer: (value: unknown, what: string) => number;
  readonly boolean: (value: unknown, what: string) => boolean;
  readonly oneOf: <T extends string>(value: unknown, choices: readonly [T, ...T[]], what: string) => T;
  /** Notes that `what` must be `expected`, and gives `instead`. */
  readonly wrong: <T>(what: string, expected: string, instead: T) => T;
}

export function createShapeReader(): ShapeReader {
  const problems: string[] = [];
  const wrong = <T>(what: string, expected: string, instead: T): T => {
    problems.push(`\`${what}\` must be ${expected}`);
    return instead;
  };
  const string = (value: unknown, what: string): string =>
    typeof value === 'string' ? value : wrong(what, 'a string', '');
  return {
    problems,
    wrong,
    string,
    json: (text) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return wrong('document', 'JSON', {});
      }
    },
    object: (value, what) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as Json)
        : wrong(what, 'an object', {}),
    only: (value, keys, what) => {
      for (const key of Object.keys(value)) if (!keys.includes(key)) wrong(what, `without the key \`${key}\``, null);
    },
    list: (value, what) => (Array.isArray(value) ? (value as readonly unknown[]) : wrong(what, 'a list', [])),
    stringOrNull: (value, what) => (value === null ? null : string(value, what)),
    integer: (value, what) => (Number.isSafeInteger(value) ? (value as number) : wrong(what, 'an integer', 0)),
    boolean: (value, what) => (typeof value === 'boolean' ? value : wrong(what, 'true or false', false)),
    oneOf: (value, choices, what) =>
      choices.find((choice) => choice === value) ?? wrong(what, `one of ${choices.join(', ')}`, choices[0]),
  };
}
