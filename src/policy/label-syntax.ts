// The syntax of label keys and values, in selectors and on objects. Linear: length first, then one look at each character.
import { subdomainProblems } from './names.ts';

/**
 * What is wrong with a label key, in the API server's words; empty when it is valid: an optional DNS-1123 prefix and
 * `/`, then a name of 1 to 63 characters. Source: S-408, S-714.
 */
export function labelKeyProblems(key: string): readonly string[] {
  const slash = key.indexOf('/');
  if (slash === -1) return namePartProblems(key);
  if (key.includes('/', slash + 1))
    return [`a qualified name ${alphabet} with an optional DNS subdomain prefix and '/'`];
  return [...prefixProblems(key.slice(0, slash)), ...namePartProblems(key.slice(slash + 1))];
}

/** What is wrong with a label value; empty when it is valid: empty, or 1 to 63 characters. Source: S-408, S-715, S-716. */
export function labelValueProblems(value: string): readonly string[] {
  if (value.length > 63) return ['must be no more than 63 characters'];
  return value === '' || isLabelWord(value) ? [] : [`a valid label must be an empty string or ${alphabet.slice(5)}`];
}

const alphabet =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

function prefixProblems(prefix: string): readonly string[] {
  if (prefix === '') return ['prefix part must be non-empty'];
  return subdomainProblems(prefix).map((problem) => `prefix part ${problem}`);
}

function namePartProblems(name: string): readonly string[] {
  if (name === '') return ['name part must be non-empty'];
  if (name.length > 63) return ['name part must be no more than 63 characters'];
  return isLabelWord(name) ? [] : [`name part ${alphabet}`];
}

/** Letters, digits, `-`, `_` and `.`, with a letter or digit at both ends. */
function isLabelWord(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const inside = at > 0 && at < text.length - 1;
    if (!isAlphanumeric(code) && !(inside && isSeparator(code))) return false;
  }
  return true;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
}

function isSeparator(code: number): boolean {
  return code === 0x2d || code === 0x2e || code === 0x5f;
}
