// Data for the inside of a `script` element.
import { escapeJson } from '../../diagnostics/safe-text.ts';
import { trusted, type Markup } from './markup.ts';

/**
 * JSON in which no character means anything to HTML: neither `</script>` nor `<!--` can stand in it, and no line separator.
 * Source: "Restrictions for contents of script elements", HTML standard.
 */
export function embeddedJson(value: unknown): Markup {
  const json = escapeJson(JSON.stringify(value));
  return trusted(json.replace(/[<>&]/g, (each) => `\\u00${each.charCodeAt(0).toString(16)}`));
}
