// Domain names of egress peers. Linear, length first, ASCII only.

/**
 * What is wrong with a name, null when nothing is: labels of letters, digits, `-` and `_` between dots, perhaps `*.`
 * before them and a dot behind them. Source: S-1017, RFC 1035 for lengths.
 */
export function domainNameProblem(name: string): string | null {
  if (name.length > 255) return 'must be no more than 255 characters';
  const labels = name.replace(/\.$/, '').split('.');
  const rest = labels[0] === '*' ? labels.slice(1) : labels;
  if (rest.length === 0 || rest.some((label) => label === '')) return 'must be labels with one dot between them';
  if (rest.some((label) => label.includes('*'))) return '`*` must stand alone, before the first dot';
  if (rest.some((label) => label.length > 63)) return 'a label must be no more than 63 characters';
  if (!rest.every((label) => /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/i.test(label))) {
    return 'a label consists of letters, digits, `-` and `_`, with no `-` at its ends';
  }
  return null;
}

/** A name as names are compared: in lower case, without a dot at its end. */
export function canonicalDomainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Whether a name, in lower case and without a dot at its end, is one that the pattern of a peer means. */
export function domainMatches(pattern: string, name: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === name;
  const suffix = pattern.slice(1);
  return name.length > suffix.length && name.endsWith(suffix);
}
