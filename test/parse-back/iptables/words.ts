// A line of iptables, split as a shell would: words between blanks; double quotes hold a word together.

/** Throws at a quote that does not end. `\` makes the next character a plain one inside of quotes. */
export function splitWords(line: string): readonly string[] {
  const words = line.match(/"(?:[^"\\]|\\.)*"|[^\s"]+/g) ?? [];
  if (words.join('').length !== line.replaceAll(/\s(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '').length) {
    throw new Error(`not words: ${line}`);
  }
  return words.map((word) => (word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word));
}
