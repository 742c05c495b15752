// Names as the API server checks them: object names, namespace names, port names. Linear, length first, ASCII only.

/**
 * What is wrong with an object name, in the API server's words; empty when it is a DNS-1123 subdomain of at most 253
 * characters. Source: S-112, S-701.
 */
export function subdomainProblems(name: string): readonly string[] {
  return dnsProblems(name, 253, isSubdomain, subdomainPhrase);
}

/** The same for a namespace name: one DNS-1123 label of at most 63 characters. Source: S-112. */
export function dnsLabelProblems(name: string): readonly string[] {
  return dnsProblems(name, 63, isDnsLabel, labelPhrase);
}

/** What is wrong with a port name, one line per broken rule; empty when it is valid. Source: S-713, S-729. */
export function portNameProblems(name: string): readonly string[] {
  if (name.length > 15) return ['must be no more than 15 characters'];
  const problems: string[] = [];
  if (name === '' || !everyCode(name, isPortNameCode)) {
    problems.push('must contain only alphanumeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!someCode(name, isLowerCaseLetter)) problems.push('must contain at least one letter (a-z)');
  if (name.includes('--')) problems.push('must not contain consecutive hyphens');
  if (name.startsWith('-') || name.endsWith('-')) problems.push('must not begin or end with a hyphen');
  return problems;
}

const subdomainPhrase =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com')";

const labelPhrase =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name', or '123-abc')";

function dnsProblems(name: string, limit: number, holds: (name: string) => boolean, phrase: string): readonly string[] {
  if (name.length > limit) return [`must be no more than ${limit} characters`];
  return holds(name) ? [] : [phrase];
}

function isDnsLabel(name: string): boolean {
  return !name.includes('.') && isSubdomain(name);
}

/** Between dots: letters, digits and `-`, a letter or digit at both ends. One pass: every pod of a cluster is asked. */
function isSubdomain(name: string): boolean {
  let before = dot;
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code === dot ? before === dot || before === hyphen : !isPortNameCode(code)) return false;
    if (code === hyphen && before === dot) return false;
    before = code;
  }
  return before !== dot && before !== hyphen;
}

const dot = 0x2e;
const hyphen = 0x2d;

/** `a-z`, `0-9` and `-`. */
function isPortNameCode(code: number): boolean {
  return isLowerCaseLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x2d;
}

function isLowerCaseLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function everyCode(text: string, holds: (code: number) => boolean): boolean {
  for (let at = 0; at < text.length; at++) if (!holds(text.charCodeAt(at))) return false;
  return true;
}

function someCode(text: string, holds: (code: number) => boolean): boolean {
  for (let at = 0; at < text.length; at++) if (holds(text.charCodeAt(at))) return true;
  return false;
}
