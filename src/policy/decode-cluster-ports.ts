// `protocols` of v1alpha2 and `ports` of v1alpha1. Source: S-1010 to S-1012, S-1103, S-1106.
import { allPorts, isProtocol, type PortRange, type Protocol } from '../net/protocol.ts';
import type { ClusterPeer, ClusterPort } from './cluster-policy.ts';
import { knownFieldOf, requiredIn, someItems, type ClusterDecoding } from './decode-cluster-fields.ts';
import { entriesOf, fieldOf, numberOf, originOf, stringOf, type Located } from './fields.ts';
import { portNameProblems } from './names.ts';
import type { Field } from './network-policy.ts';

/** Null when there is no list: every port of every protocol (S-1010). `peers` are those of the same rule. */
export function decodeClusterPorts(
  rule: Located,
  key: 'protocols' | 'ports',
  peers: readonly ClusterPeer[],
  decoding: ClusterDecoding,
): readonly ClusterPort[] | null {
  const list = fieldOf(rule, key);
  if (list === null) return null;
  return someItems(decoding, list, decoding.limit).map((item) => {
    const port = key === 'protocols' ? decodeProtocolEntry(item, decoding) : decodePortEntry(item, decoding);
    if (port.kind === 'named') refuseAddresses(item, peers, decoding);
    return port;
  });
}

/** Addresses that are no pods have no names of ports. Source: S-1012. */
function refuseAddresses(item: Located, peers: readonly ClusterPeer[], { problems }: ClusterDecoding): void {
  const peer = peers.find(({ kind }) => kind === 'networks' || kind === 'nodes' || kind === 'domains');
  if (peer === undefined) return;
  const notes = [{ message: 'this peer is no pod', span: peer.origin.span }];
  problems.add('NP2413', { path: item.path }, item.node.span, { notes });
}

const protocolByField = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP' } as const satisfies Record<string, Protocol>;

function decodeProtocolEntry(item: Located, decoding: ClusterDecoding): ClusterPort {
  const origin = originOf(item);
  const field = knownFieldOf(decoding, item, [...Object.keys(protocolByField), 'destinationNamedPort'], 'lenient');
  if (field === null) return { kind: 'unknown', origin };
  if (field.key === 'destinationNamedPort') return namedPort(field, origin, decoding);
  const protocol = protocolByField[field.key as keyof typeof protocolByField];
  const port = fieldOf(field, 'destinationPort');
  if (port === null) {
    // `{}`: the schema refuses it, the documentation of the API says every port (S-1011). Anything else is newer (S-1009).
    if (entriesOf(field).length > 0) {
      knownFieldOf(decoding, field, ['destinationPort'], 'lenient');
      return { kind: 'unknown', origin };
    }
    const severity = decoding.decode === 'warn' ? 'warning' : 'error';
    decoding.problems
      .missingIn(field.node.span)
      .add('NP2414', { path: field.path, protocol }, field.node.span, { severity });
    return { kind: 'range', protocol, range: allPorts, origin };
  }
  const known = knownFieldOf(decoding, port, ['number', 'range'], 'lenient');
  if (known === null) return { kind: 'unknown', origin };
  const range =
    known.key === 'number' ? single(portNumber(known, decoding)) : decodeRange(known, { mayBeOne: false }, decoding);
  return { kind: 'range', protocol, range, origin };
}

function decodePortEntry(item: Located, decoding: ClusterDecoding): ClusterPort {
  const origin = originOf(item);
  const field = knownFieldOf(decoding, item, ['portNumber', 'portRange', 'namedPort'], 'lenient');
  if (field === null) return { kind: 'unknown', origin };
  if (field.key === 'namedPort') return namedPort(field, origin, decoding);
  const protocol = decodeProtocol(field, decoding);
  if (field.key === 'portRange') {
    return { kind: 'range', protocol, range: decodeRange(field, { mayBeOne: true }, decoding), origin };
  }
  const port = fieldOf(field, 'port');
  if (port === null) requiredIn(decoding, field, 'port');
  return { kind: 'range', protocol, range: single(portNumber(port, decoding)), origin };
}

/** TCP when it is absent. Source: S-1103. */
function decodeProtocol(holder: Located, { problems }: ClusterDecoding): Protocol {
  const field = fieldOf(holder, 'protocol');
  const text = stringOf(field) ?? 'TCP';
  if (isProtocol(text)) return text;
  problems.add('NP2201', { path: `${holder.path}.protocol`, protocol: text }, (field ?? holder).node.span);
  return 'TCP';
}

function namedPort(field: Located, origin: Field, { problems }: ClusterDecoding): ClusterPort {
  const name = stringOf(field) ?? '';
  for (const problem of portNameProblems(name)) {
    problems.add('NP2207', { path: field.path, name, problem }, field.node.span);
  }
  return { kind: 'named', name, origin };
}

/** `mayBeOne`: v1alpha1 takes a range of one port, v1alpha2 does not. Source: S-1019, S-1106. */
function decodeRange(
  range: Located,
  { mayBeOne }: { readonly mayBeOne: boolean },
  decoding: ClusterDecoding,
): PortRange {
  const [start, end] = [fieldOf(range, 'start'), fieldOf(range, 'end')];
  if (start === null) requiredIn(decoding, range, 'start');
  if (end === null) requiredIn(decoding, range, 'end');
  const [first, last] = [portNumber(start, decoding), portNumber(end, decoding)];
  if (start !== null && end !== null && (mayBeOne ? first > last : first >= last)) {
    decoding.problems.add('NP2415', { path: range.path, start: first, end: last, mayBeOne }, range.node.span);
  }
  return { first, last: Math.max(first, last) };
}

function single(port: number): PortRange {
  return { first: port, last: port };
}

function portNumber(field: Located | null, { problems }: ClusterDecoding): number {
  const port = numberOf(field) ?? 1;
  if (field !== null && (port < 1 || port > 65535)) problems.add('NP2202', { path: field.path, port }, field.node.span);
  return port;
}
