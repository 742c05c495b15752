// Checks that hold for every input text, whatever its syntax.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Source } from '../source/source.ts';

// C0 controls except TAB, LF, CR; DEL; bidirectional overrides and isolates, which make text look like other text.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

/** Reports the first character that no manifest needs and that reviewers cannot see. Source: SEC-YAML-10. */
export function checkText(source: Source, text: string): readonly Diagnostic[] {
  const at = forbidden.exec(text)?.index;
  if (at === undefined) return [];
  const character = `U+${(text.charCodeAt(at) || 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return [diagnose('NP1006', { character }, { source, start: at, end: at + 1 })];
}
