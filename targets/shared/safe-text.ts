// The one way in which text from the input gets into an artifact: as a comment, in an alphabet that no packet filter reads.

declare const safe: unique symbol;

/** Text that cannot end a comment, a string or a line in any artifact. Made by `safeText` alone. */
export type SafeText = string & { readonly [safe]: true };

const unsafe = /[^A-Za-z0-9_.:/[\]@+,=~ -]/g;

/**
 * The text with every character outside letters, digits and `_.:/[]@+,=~ -` replaced by `_`, cut to `limit` characters
 * (all of them single bytes) with `..` for what is left out.
 *
 * nft strings have no escape character, so nothing may need one. Source: TH-01 of the reliability study.
 */
export function safeText(text: string, limit: number): SafeText {
  const clean = text.slice(0, limit + 1).replace(unsafe, '_');
  return (clean.length <= limit ? clean : `${clean.slice(0, limit - 2)}..`) as SafeText;
}
