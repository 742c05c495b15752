// A line of iptables, split as a shell would: words between blanks; double quotes hold a word together.

const word = /"(?:[^"\\]|\\.)*"|[^\s"]+/g;
const line = new RegExp(`^(?:\\s*(?:${word.source})(?=\\s|$))*\\s*$`);

/** Throws at a quote without an end or within a word. `\` makes the next character a plain one inside of quotes. */
export function splitWords(text: string): readonly string[] {
  if (!line.test(text)) throw new Error(`not words: ${text}`);
  const words = text.match(word) ?? [];
  return words.map((each) => (each.startsWith('"') ? each.slice(1, -1).replaceAll(/\\(.)/g, '$1') : each));
}
