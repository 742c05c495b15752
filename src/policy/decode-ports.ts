// The `ports` list of a policy rule. Source: S-221 to S-228, S-707 to S-713, S-729.
import { allPorts, isProtocol, type PortRange, type Protocol } from '../net/protocol.ts';
import { fieldOf, itemsOf, numberOf, originOf, stringOf, type Located } from './fields.ts';
import { portNameProblems } from './names.ts';
import type { PolicyPort } from './network-policy.ts';
import type { ProblemList } from './problem-list.ts';

/** Null when the list is absent or empty: every port of every protocol (S-217). */
export function decodePorts(rule: Located, problems: ProblemList): readonly PolicyPort[] | null {
  const items = itemsOf(fieldOf(rule, 'ports')) ?? [];
  return items.length === 0 ? null : items.map((item) => decodePort(item, problems));
}

function decodePort(item: Located, problems: ProblemList): PolicyPort {
  const protocol = decodeProtocol(item, problems);
  const port = fieldOf(item, 'port');
  const endPort = fieldOf(item, 'endPort');
  const name = stringOf(port);
  const origin = originOf(item);
  if (name !== null && port !== null) {
    for (const problem of portNameProblems(name))
      problems.add('NP2207', { path: port.path, name, problem }, port.node.span);
    if (endPort !== null) problems.add('NP2205', { path: endPort.path }, endPort.node.span);
    return { kind: 'named', protocol, name, origin };
  }
  return { kind: 'range', protocol, range: decodeRange(port, endPort, problems), origin };
}

function decodeProtocol(item: Located, problems: ProblemList): Protocol {
  const field = fieldOf(item, 'protocol');
  const text = stringOf(field) ?? 'TCP';
  if (isProtocol(text)) return text;
  problems.add('NP2201', { path: `${item.path}.protocol`, protocol: text }, (field ?? item).node.span);
  return 'TCP';
}

function decodeRange(port: Located | null, endPort: Located | null, problems: ProblemList): PortRange {
  if (port === null) {
    if (endPort !== null) problems.add('NP2206', { path: endPort.path }, endPort.node.span);
    return allPorts;
  }
  const first = numberOf(port) ?? 1;
  const last = numberOf(endPort) ?? first;
  if (first < 1 || first > 65535) problems.add('NP2202', { path: port.path, port: first }, port.node.span);
  if (endPort === null) return { first, last: first };
  if (last < 1 || last > 65535) problems.add('NP2204', { path: endPort.path, port: last }, endPort.node.span);
  if (last < first) problems.add('NP2203', { path: endPort.path, port: first, endPort: last }, endPort.node.span);
  return { first, last: Math.max(first, last) };
}
