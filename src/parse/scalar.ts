// What an unquoted scalar means, in the two YAML dialects that Kubernetes tools use.
import type { Ambiguity } from './node.ts';

export type ScalarValue = string | number | boolean | null;

const nulls = new Set(['', '~', 'null', 'Null', 'NULL']);
const bools12 = new Map([...spellings('true', true), ...spellings('false', false)]);
const bools11 = new Map([
  ...bools12,
  ...['y', 'yes', 'on'].flatMap((word) => spellings(word, true)),
  ...['n', 'no', 'off'].flatMap((word) => spellings(word, false)),
]);

/** The YAML 1.2 core reading of a plain scalar: what most JavaScript tools see. */
export function readPlain12(text: string): ScalarValue {
  if (nulls.has(text)) return null;
  const bool = bools12.get(text);
  if (bool !== undefined) return bool;
  if (/^[-+]?[0-9]+$/.test(text) || /^0o[0-7]+$/.test(text) || /^0x[0-9a-fA-F]+$/.test(text)) {
    return Number(text.replace(/^\+/, ''));
  }
  return readFloat(text) ?? text;
}

/**
 * The readings of a plain scalar where YAML 1.1 and 1.2 differ, or null where they agree.
 *
 * Strict on purpose: where YAML 1.1 parsers differ among themselves (`1e3`, `08`, `1:30`) the text counts as ambiguous.
 * Source: S-107.
 */
export function plainAmbiguity(text: string): Ambiguity | null {
  // Most scalars are words that neither dialect reads as anything but a string.
  if (
    text.length > 1 &&
    /^[A-Za-z][-A-Za-z0-9_./]*$/.test(text) &&
    !/^(?:[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF)$/.test(text)
  )
    return null;
  const yaml12 = readPlain12(text);
  const yaml11 = readPlain11(text);
  return Object.is(yaml11, yaml12) ? null : { yaml11: describe(yaml11), yaml12: describe(yaml12) };
}

/** The YAML 1.1 reading, as its type repository defines it. */
function readPlain11(text: string): ScalarValue {
  if (nulls.has(text)) return null;
  const bool = bools11.get(text);
  if (bool !== undefined) return bool;
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  if (/^[-+]?0b[01_]+$/.test(text)) return sign * Number.parseInt(digits.slice(2), 2);
  if (/^[-+]?0x[0-9a-fA-F_]+$/.test(text)) return sign * Number.parseInt(digits.slice(2), 16);
  if (/^[-+]?0[0-7_]+$/.test(text)) return sign * Number.parseInt(digits, 8);
  if (/^[-+]?(?:0|[1-9][0-9_]*)$/.test(text)) return sign * Number(digits);
  if (/^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text)) return sign * base60(digits);
  if (/^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+][0-9]+)?$/.test(text) && /[0-9]/.test(text))
    return sign * Number(digits);
  return /^[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)$/.test(text) ? (readFloat(text) ?? text) : text;
}

function readFloat(text: string): number | null {
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) return Number(text);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^\.(?:nan|NaN|NAN)$/.test(text) ? Number.NaN : null;
}

function base60(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

function spellings(word: string, value: boolean): readonly (readonly [string, boolean])[] {
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  return [word, capital, word.toUpperCase()].map((spelling) => [spelling, value] as const);
}

function describe(value: ScalarValue): string {
  return typeof value === 'string' ? `the string ${JSON.stringify(value)}` : String(value);
}
