// Single settings by their shape. What has the wrong JSON type reads as absent: strict decoding has told it.
import { fieldOf, itemsOf, stringOf, type Located } from '../policy/fields.ts';
import { dnsLabelProblems } from '../policy/names.ts';
import type { ProblemList } from '../policy/problem-list.ts';

/** One of some words; null when absent or none of them. */
export function choiceAt(
  holder: Located,
  key: string,
  allowed: readonly string[],
  problems: ProblemList,
): string | null {
  return checked(fieldOf(holder, key), (text) => allowed.includes(text), allowed, problems);
}

/** The name of a namespace. Source: S-112. */
export function namespaceAt(holder: Located, key: string, problems: ProblemList): string | null {
  const holds = (text: string): boolean => dnsLabelProblems(text).length === 0;
  return checked(fieldOf(holder, key), holds, ['the name of a namespace (a-z, 0-9 and `-`)'], problems);
}

/** Paths of files and folders. Standard input can be named on the command line only. */
export function pathsAt(holder: Located, key: string, problems: ProblemList): readonly string[] {
  // Control characters are in no path that anybody types; of NUL no system makes a path at all.
  const holds = (text: string): boolean => /^(?!-$)[^\p{Cc}]+$/u.test(text);
  const items = itemsOf(fieldOf(holder, key)) ?? [];
  return items.flatMap((item) => checked(item, holds, ['the path of a file or folder'], problems) ?? []);
}

export function booleanAt(holder: Located | null, key: string): boolean | null {
  const field = fieldOf(holder, key);
  return field?.node.kind === 'scalar' && typeof field.node.value === 'boolean' ? field.node.value : null;
}

/** The text of a field for which `holds` is true. `allowed` says in words or by values what that takes. */
export function checked(
  field: Located | null,
  holds: (text: string) => boolean,
  allowed: readonly string[],
  problems: ProblemList,
): string | null {
  const text = stringOf(field);
  if (field === null || text === null) return null;
  if (holds(text)) return text;
  problems.add('NP1062', { path: field.path, found: JSON.stringify(text), allowed }, field.node.span);
  return null;
}
