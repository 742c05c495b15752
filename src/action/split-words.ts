// A command line → its words, as a shell would part them; nothing is expanded, and no shell runs.

/** Words parted by white space; quotes of both kinds keep it. Null when a quote does not end. */
export function splitWords(text: string): readonly string[] | null {
  const pieces = text.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+|\S+/g) ?? [];
  const isWhole = pieces.every((piece) => /^(?:[^\s'"]|'[^']*'|"[^"]*")+$/.test(piece));
  if (!isWhole) return null;
  return pieces.map((piece) =>
    piece.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
  );
}
