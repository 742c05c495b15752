// Text from the input, made fit for a terminal or a log: what cannot be seen is written out.

/** Controls, format characters (bidi among them), lone surrogates, private use, line and paragraph separators. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** The text with every character that could steer a terminal or hide as `<U+001B>`; line ends and tabs as `\n`, `\t`. */
export function escapeText(text: string): string {
  return text.replace(unseen, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

/** JSON text with the same characters as `\uXXXX`: it means the same and steers nothing. */
export function escapeJson(json: string): string {
  return json.replace(unseen, (character) =>
    character === '\n'
      ? character
      : character.split('').reduce((text, unit) => text + '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0'), ''),
  );
}

/** The text, cut to at most `limit` UTF-16 units with `…` for what is left out. */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
