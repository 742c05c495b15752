// Checks that hold for every input text, and those that YAML adds.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Source } from '../source/source.ts';

// C0 controls except TAB, LF, CR; DEL; every character with Unicode's property Bidi_Control, which make text look like other text.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

// Line ends of YAML 1.1 that YAML 1.2 reads as text, so that a comment could hide a line; C1 controls; a byte-order mark inside.
const forbiddenInYaml = /\r(?!\n)|[\u0080-\u009f\u2028\u2029]|(?<!^)\ufeff/;

/** Reports the first character that no manifest needs and that reviewers cannot see. Source: SEC-YAML-10. */
export function checkText(source: Source, text: string): readonly Diagnostic[] {
  return report(source, text, forbidden.exec(text)?.index);
}

/** Reports the first character that YAML parsers disagree about. Source: SEC-YAML-4, SEC-YAML-10. */
export function checkYamlText(source: Source, text: string): readonly Diagnostic[] {
  return report(source, text, forbiddenInYaml.exec(text)?.index);
}

function report(source: Source, text: string, at: number | undefined): readonly Diagnostic[] {
  if (at === undefined) return [];
  const character = `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`;
  const hint = text[at] === '\r' ? { hint: 'save the file with line ends that are line feeds' } : {};
  return [diagnose('NP1006', { character }, { source, start: at, end: at + 1 }, hint)];
}
