// IR documents → IR. Strict: what is not exactly what printIr writes is refused.
import { diagnose, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { parseAddress, type Address } from '../net/address.ts';
import { union, type AddressSet } from '../net/address-set.ts';
import { transports } from '../net/allow-table.ts';
import { parseRange } from '../net/range-text.ts';
import { checkIr } from './check.ts';
import type { Direction, Endpoint, Ir, NamedAddressSet, Origin, PortRow, Profile, Scope } from './ir.ts';
import { irSchemaVersion } from './json.ts';

/** Reads a document as `printIr` writes it, and checks every invariant. All problems are NP4001 or NP4003. */
export function parseIr(text: string): Outcome<Ir> {
  try {
    const document = object(JSON.parse(text), 'document');
    const version = document['schemaVersion'];
    if (version !== irSchemaVersion) {
      const found = JSON.stringify(version) ?? 'none';
      return refused([diagnose('NP4003', { found, known: irSchemaVersion }, null)]);
    }
    const ir = readIr(document);
    const diagnostics = checkIr(ir);
    return hasErrors(diagnostics) ? refused(diagnostics) : { value: ir, diagnostics };
  } catch (error) {
    if (!(error instanceof ShapeError || error instanceof SyntaxError)) throw error;
    return refused([diagnose('NP4001', { problem: error.message }, null)]);
  }
}

/** Leaves the reader at the first value of the wrong shape; caught above and nowhere else. */
class ShapeError extends Error {}

type Json = Readonly<Record<string, unknown>>;

function readIr(document: Json): Ir {
  only(document, ['schemaVersion', 'scope', 'options', 'endpoints', 'profiles', 'addressSets'], 'document');
  const options = object(document['options'], 'options');
  only(options, ['allowEgressToOwnNode', 'icmpEcho'], 'options');
  const profiles = list(document['profiles'], 'profiles').map(readProfile);
  const sets = list(document['addressSets'], 'addressSets').map(readAddressSet);
  return {
    scope: readScope(object(document['scope'], 'scope')),
    options: {
      allowEgressToOwnNode: boolean(options['allowEgressToOwnNode'], 'allowEgressToOwnNode'),
      icmpEcho: boolean(options['icmpEcho'], 'icmpEcho'),
    },
    endpoints: list(document['endpoints'], 'endpoints').map(readEndpoint),
    profileById: new Map(profiles.map((profile) => [profile.id, profile])),
    addressSetById: new Map(sets.map((set) => [set.id, set])),
  };
}

function readScope(scope: Json): Scope {
  only(scope, ['kind', 'name'], 'scope');
  const kind = oneOf(scope['kind'], ['snapshot', 'node'] as const, 'scope.kind');
  return kind === 'snapshot' ? { kind } : { kind, name: string(scope['name'], 'scope.name') };
}

function readEndpoint(value: unknown): Endpoint {
  const endpoint = object(value, 'endpoint');
  const origins = object(endpoint['origins'], 'endpoint.origins');
  only(
    endpoint,
    ['kind', 'namespace', 'name', 'workload', 'node', 'addresses', 'ingress', 'egress', 'origins'],
    'endpoint',
  );
  return {
    kind: oneOf(endpoint['kind'], ['pod'] as const, 'endpoint.kind'),
    namespace: string(endpoint['namespace'], 'endpoint.namespace'),
    name: string(endpoint['name'], 'endpoint.name'),
    workload: string(endpoint['workload'], 'endpoint.workload'),
    node: stringOrNull(endpoint['node'], 'endpoint.node'),
    addresses: list(endpoint['addresses'], 'endpoint.addresses').map(readAddress),
    ingress: stringOrNull(endpoint['ingress'], 'endpoint.ingress'),
    egress: stringOrNull(endpoint['egress'], 'endpoint.egress'),
    origins: { ingress: readOrigins(origins['ingress']), egress: readOrigins(origins['egress']) },
  };
}

function readProfile(value: unknown): Profile {
  const profile = object(value, 'profile');
  only(profile, ['id', 'direction', 'every', 'ports', 'origins'], 'profile');
  return {
    id: string(profile['id'], 'profile.id'),
    direction: oneOf<Direction>(profile['direction'], ['ingress', 'egress'], 'profile.direction'),
    every: string(profile['every'], 'profile.every'),
    rows: list(profile['ports'], 'profile.ports').map(readRow),
    origins: readOrigins(profile['origins']),
  };
}

function readRow(value: unknown): PortRow {
  const row = object(value, 'row');
  only(row, ['transport', 'first', 'last', 'peers', 'origins'], 'row');
  return {
    transport: oneOf(row['transport'], transports, 'row.transport'),
    first: integer(row['first'], 'row.first'),
    last: integer(row['last'], 'row.last'),
    peers: string(row['peers'], 'row.peers'),
    origins: readOrigins(row['origins']),
  };
}

function readAddressSet(value: unknown): NamedAddressSet {
  const set = object(value, 'address set');
  only(set, ['id', 'label', 'ipv4', 'ipv6'], 'address set');
  const ranges = [...list(set['ipv4'], 'ipv4'), ...list(set['ipv6'], 'ipv6')].map(readRange);
  return { id: string(set['id'], 'id'), label: string(set['label'], 'label'), addresses: union(ranges) };
}

function readRange(value: unknown): AddressSet {
  return parseRange(string(value, 'range')) ?? wrong('range', 'an address, a prefix or `first-last`');
}

function readAddress(value: unknown): Address {
  return parseAddress(string(value, 'address')) ?? wrong('address', 'an IP address');
}

function readOrigins(value: unknown): readonly Origin[] {
  return list(value, 'origins').map((item) => {
    const origin = object(item, 'origin');
    only(origin, ['policy', 'path', 'file', 'line', 'column'], 'origin');
    const [line, column] = [integer(origin['line'], 'line'), integer(origin['column'], 'column')];
    const source = { name: string(origin['file'], 'file'), text: null, line, column };
    const [policy, path] = [string(origin['policy'], 'policy'), string(origin['path'], 'path')];
    return { policy, path, span: { source, start: 0, end: 0 } };
  });
}

function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(what, 'an object');
  return value as Json;
}

function only(value: Json, keys: readonly string[], what: string): void {
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) wrong(what, `without the key \`${unknown}\``);
}

function list(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : wrong(what, 'a list');
}

function string(value: unknown, what: string): string {
  return typeof value === 'string' ? value : wrong(what, 'a string');
}

function stringOrNull(value: unknown, what: string): string | null {
  return value === null ? null : string(value, what);
}

function integer(value: unknown, what: string): number {
  return Number.isSafeInteger(value) ? (value as number) : wrong(what, 'an integer');
}

function boolean(value: unknown, what: string): boolean {
  return typeof value === 'boolean' ? value : wrong(what, 'true or false');
}

function oneOf<T extends string>(value: unknown, choices: readonly T[], what: string): T {
  return choices.find((choice) => choice === value) ?? wrong(what, `one of ${choices.join(', ')}`);
}

function wrong(what: string, expected: string): never {
  throw new ShapeError(`\`${what}\` must be ${expected}`);
}

function refused(diagnostics: readonly Diagnostic[]): Outcome<Ir> {
  return { value: null, diagnostics };
}
