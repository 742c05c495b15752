// Text from the input, made fit for a terminal or a log: what cannot be seen is written out.

/**
 * Controls, format characters (bidi among them), lone surrogates, private use, line and paragraph separators, and
 * spaces that are none.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

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
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** How many columns of a terminal escaped text takes: two for East Asian letters and emoji, none for accents on the letter before. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += /\p{Mn}/u.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
