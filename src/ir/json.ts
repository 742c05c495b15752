// The IR as JSON, the form that `netpolc ir` prints. Documented by schema/ir.schema.json; read back by parse-ir.ts.
import { families, formatAddress } from '../net/address.ts';
import { formatRanges } from '../net/range-text.ts';
import { positionOf } from '../source/source.ts';
import type { Endpoint, Ir, NamedAddressSet, Origin, PortRow, Profile } from './ir.ts';

/** Version of the JSON form. Goes up with every change that a reader must know of. */
export const irSchemaVersion = 1;

/** Two-space JSON with a newline at the end; equal IRs print equal bytes. */
export function printIr(ir: Ir): string {
  return `${JSON.stringify(irDocument(ir), null, 2)}\n`;
}

/** The document as a value, keys in the order in which they are printed. */
export function irDocument(ir: Ir): object {
  return {
    schemaVersion: irSchemaVersion,
    scope: ir.scope,
    options: ir.options,
    endpoints: ir.endpoints.map(endpointDocument),
    profiles: [...ir.profileById.values()].map(profileDocument),
    addressSets: [...ir.addressSetById.values()].map(addressSetDocument),
  };
}

function endpointDocument(endpoint: Endpoint): object {
  const { kind, namespace, name, workload, node, addresses, ingress, egress, origins } = endpoint;
  return {
    kind,
    namespace,
    name,
    workload,
    node,
    addresses: addresses.map(formatAddress),
    ingress,
    egress,
    origins: { ingress: origins.ingress.map(originDocument), egress: origins.egress.map(originDocument) },
  };
}

function profileDocument(profile: Profile): object {
  const { id, direction, every, rows, origins } = profile;
  return { id, direction, every, ports: rows.map(rowDocument), origins: origins.map(originDocument) };
}

function rowDocument(row: PortRow): object {
  const { transport, first, last, peers, origins } = row;
  return { transport, first, last, peers, origins: origins.map(originDocument) };
}

function addressSetDocument({ id, label, addresses }: NamedAddressSet): object {
  const [ipv4, ipv6] = families.map((family) => formatRanges(addresses[family], family));
  return { id, label, ipv4, ipv6 };
}

function originDocument({ policy, path, span }: Origin): object {
  const { line, column } = positionOf(span);
  return { policy, path, file: span.source.name, line, column };
}
