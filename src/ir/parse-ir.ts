// IR documents → IR. Strict: what is not exactly what printIr writes is refused.
import { diagnose, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { parseAddress, type Address } from '../net/address.ts';
import { noAddresses, union, type AddressSet } from '../net/address-set.ts';
import { transports } from '../net/allow-table.ts';
import { parseRange } from '../net/range-text.ts';
import { checkIr } from './check.ts';
import type { Direction, Endpoint, Ir, NamedAddressSet, Origin, PortRow, Profile, Scope } from './ir.ts';
import { irSchemaVersion } from './json.ts';
import { createShapeReader, type Json, type ShapeReader } from './shape.ts';

/** Reads a document as `printIr` writes it, and checks every invariant. All problems are NP4001 or NP4003. */
export function parseIr(text: string): Outcome<Ir> {
  const shape = createShapeReader();
  const document = shape.object(shape.json(text), 'document');
  const version = document['schemaVersion'];
  if (shape.problems.length === 0 && version !== irSchemaVersion) {
    const found = version === undefined ? 'none' : JSON.stringify(version);
    return refused([diagnose('NP4003', { found, known: irSchemaVersion }, null)]);
  }
  const ir = readIr(shape, document);
  const misshapen = shape.problems.map((problem) => diagnose('NP4001', { problem }, null));
  const diagnostics = misshapen.length > 0 ? misshapen : checkIr(ir);
  return hasErrors(diagnostics) ? refused(diagnostics) : { value: ir, diagnostics };
}

function readIr(shape: ShapeReader, document: Json): Ir {
  shape.only(document, ['schemaVersion', 'scope', 'options', 'endpoints', 'profiles', 'addressSets'], 'document');
  const options = shape.object(document['options'], 'options');
  shape.only(options, ['allowEgressToOwnNode', 'icmpEcho'], 'options');
  const profiles = shape.list(document['profiles'], 'profiles').map((item) => readProfile(shape, item));
  const sets = shape.list(document['addressSets'], 'addressSets').map((item) => readAddressSet(shape, item));
  return {
    scope: readScope(shape, shape.object(document['scope'], 'scope')),
    options: {
      allowEgressToOwnNode: shape.boolean(options['allowEgressToOwnNode'], 'allowEgressToOwnNode'),
      icmpEcho: shape.boolean(options['icmpEcho'], 'icmpEcho'),
    },
    endpoints: shape.list(document['endpoints'], 'endpoints').map((item) => readEndpoint(shape, item)),
    profileById: byId(shape, profiles, 'profiles'),
    addressSetById: byId(shape, sets, 'addressSets'),
  };
}

function byId<V extends { readonly id: string }>(
  shape: ShapeReader,
  items: readonly V[],
  what: string,
): ReadonlyMap<string, V> {
  const map = new Map(items.map((item) => [item.id, item]));
  return map.size === items.length ? map : shape.wrong(what, 'without repeated ids', map);
}

function readScope(shape: ShapeReader, scope: Json): Scope {
  shape.only(scope, ['kind', 'name'], 'scope');
  const kind = shape.oneOf(scope['kind'], ['snapshot', 'node'] as const, 'scope.kind');
  return kind === 'snapshot' ? { kind } : { kind, name: shape.string(scope['name'], 'scope.name') };
}

function readEndpoint(shape: ShapeReader, value: unknown): Endpoint {
  const endpoint = shape.object(value, 'endpoint');
  const origins = shape.object(endpoint['origins'], 'endpoint.origins');
  shape.only(
    endpoint,
    ['kind', 'namespace', 'name', 'workload', 'node', 'addresses', 'ingress', 'egress', 'origins'],
    'endpoint',
  );
  return {
    kind: shape.oneOf(endpoint['kind'], ['pod'] as const, 'endpoint.kind'),
    namespace: shape.string(endpoint['namespace'], 'endpoint.namespace'),
    name: shape.string(endpoint['name'], 'endpoint.name'),
    workload: shape.string(endpoint['workload'], 'endpoint.workload'),
    node: shape.stringOrNull(endpoint['node'], 'endpoint.node'),
    addresses: shape.list(endpoint['addresses'], 'endpoint.addresses').map((item) => readAddress(shape, item)),
    ingress: shape.stringOrNull(endpoint['ingress'], 'endpoint.ingress'),
    egress: shape.stringOrNull(endpoint['egress'], 'endpoint.egress'),
    origins: { ingress: readOrigins(shape, origins['ingress']), egress: readOrigins(shape, origins['egress']) },
  };
}

function readProfile(shape: ShapeReader, value: unknown): Profile {
  const profile = shape.object(value, 'profile');
  shape.only(profile, ['id', 'direction', 'every', 'ports', 'origins'], 'profile');
  return {
    id: shape.string(profile['id'], 'profile.id'),
    direction: shape.oneOf<Direction>(profile['direction'], ['ingress', 'egress'], 'profile.direction'),
    every: shape.string(profile['every'], 'profile.every'),
    rows: shape.list(profile['ports'], 'profile.ports').map((item) => readRow(shape, item)),
    origins: readOrigins(shape, profile['origins']),
  };
}

function readRow(shape: ShapeReader, value: unknown): PortRow {
  const row = shape.object(value, 'row');
  shape.only(row, ['transport', 'first', 'last', 'peers', 'origins'], 'row');
  return {
    transport: shape.oneOf(row['transport'], transports, 'row.transport'),
    first: shape.integer(row['first'], 'row.first'),
    last: shape.integer(row['last'], 'row.last'),
    peers: shape.string(row['peers'], 'row.peers'),
    origins: readOrigins(shape, row['origins']),
  };
}

function readAddressSet(shape: ShapeReader, value: unknown): NamedAddressSet {
  const set = shape.object(value, 'address set');
  shape.only(set, ['id', 'label', 'ipv4', 'ipv6'], 'address set');
  const ranges = [...shape.list(set['ipv4'], 'ipv4'), ...shape.list(set['ipv6'], 'ipv6')].map((item) =>
    readRange(shape, item),
  );
  return { id: shape.string(set['id'], 'id'), label: shape.string(set['label'], 'label'), addresses: union(ranges) };
}

function readRange(shape: ShapeReader, value: unknown): AddressSet {
  return (
    parseRange(shape.string(value, 'range')) ??
    shape.wrong('range', 'an address, a prefix or `first-last`', noAddresses)
  );
}

function readAddress(shape: ShapeReader, value: unknown): Address {
  return parseAddress(shape.string(value, 'address')) ?? shape.wrong('address', 'an IP address', unspecified);
}

function readOrigins(shape: ShapeReader, value: unknown): readonly Origin[] {
  return shape.list(value, 'origins').map((item) => {
    const origin = shape.object(item, 'origin');
    shape.only(origin, ['policy', 'path', 'file', 'line', 'column'], 'origin');
    const [line, column] = [shape.integer(origin['line'], 'line'), shape.integer(origin['column'], 'column')];
    const source = { name: shape.string(origin['file'], 'file'), text: null, line, column };
    const [policy, path] = [shape.string(origin['policy'], 'policy'), shape.string(origin['path'], 'path')];
    return { policy, path, span: { source, start: 0, end: 0 } };
  });
}

const unspecified: Address = { family: 'IPv6', words: [0, 0, 0, 0] };

function refused(diagnostics: readonly Diagnostic[]): Outcome<Ir> {
  return { value: null, diagnostics };
}
