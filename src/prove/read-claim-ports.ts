// The ports of a destination as written → a set of ports.
import { readChoice } from '../flows/read-value.ts';
import { everyPort, portSet, type PortSet, type TransportPorts } from '../net/port-set.ts';
import { isProtocol, protocols, type PortRange, type Protocol } from '../net/protocol.ts';
import type { PortSyntax } from '../parse/claim-syntax.ts';
import type { Word } from '../parse/grammar-problem.ts';
import type { ProblemList } from '../policy/problem-list.ts';

/**
 * A protocol counts for the port before it and for those before that which have none of their own: `80,443/TCP,53/UDP`.
 * Where none is named it is TCP. No ports mean every port of every protocol. Null and a problem for what is no port.
 */
export function readClaimPorts(ports: readonly PortSyntax[], problems: ProblemList): PortSet | null {
  if (ports.length === 0) return everyPort;
  const named = ports.some(({ protocol }) => protocol !== null);
  const stretches: TransportPorts[] = [];
  let transport: Protocol | null = named ? null : 'TCP';
  let isSound = true;
  for (const { port, protocol } of [...ports].reverse()) {
    if (protocol !== null) transport = readChoice('protocol', protocol, protocols, problems);
    const range = readRange(port, problems);
    if (named && protocol === null && transport === null) reportMissing(port, ports, problems);
    if (range === null || transport === null) isSound = false;
    else stretches.push({ transport, ...range });
  }
  return isSound ? portSet(stretches) : null;
}

/** `80` or `8000-8100`. */
function readRange(word: Word, problems: ProblemList): PortRange | null {
  const [, first = '', last = first] = /^([1-9][0-9]{0,4})(?:-([1-9][0-9]{0,4}))?$/.exec(word.text) ?? [];
  const range = { first: Number(first), last: Number(last === '' ? first : last) };
  if (first !== '' && range.last <= 65535 && range.first <= range.last) return range;
  const expected = 'a whole number from 1 to 65535, or two of them with `-` between';
  problems.add('NP1045', { field: 'port', expected, found: `\`${word.text}\`` }, word.span, {
    hint: hintFor(word.text),
  });
  return null;
}

function hintFor(text: string): string | null {
  if (isProtocol(text)) return `for every port of a protocol: \`1-65535/${text}\``;
  return /[a-z]/i.test(text) ? 'a packet carries a number; names of ports are for policies' : null;
}

/** `:53/UDP,80`: TCP would be a guess. */
function reportMissing(port: Word, ports: readonly PortSyntax[], problems: ProblemList): void {
  if (port !== ports.at(-1)?.port) return;
  const hint = `write \`${port.text}/TCP\` or \`${port.text}/UDP\``;
  const expected = 'followed by its protocol, as another one has one';
  problems.add('NP1045', { field: 'port', expected, found: `\`${port.text}\` alone` }, port.span, { hint });
}
