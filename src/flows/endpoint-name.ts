// `namespace/pod`, an IP address, `node:NAME`, `host:NAME`: how flows and the command line name an end of a connection.
import { formatAddress, parseAddress } from '../net/address.ts';
import { parseCidr } from '../net/cidr.ts';
import type { EndpointName } from './flow-line.ts';

/** What `parseEndpointName` reads, in words for people. */
export const endpointForms = '`namespace/pod`, an IP address, `node:NAME` or `host:NAME`';

/**
 * Reads the name of an end; null when the text has none of the four forms. An IPv6 address may stand in brackets.
 *
 * Names are not checked further: one that no object can have is unknown like any other that nobody has, and the nearest
 * known name is the better answer.
 */
export function parseEndpointName(text: string): EndpointName | null {
  const [, kind, name] = /^(node|host):(.+)$/.exec(text) ?? [];
  if (name !== undefined) return /[\s/]/.test(name) ? null : { kind: kind === 'node' ? 'node' : 'host', name };
  if (text.includes('/')) return parsePodName(text);
  const address = parseAddress(/^\[.*:.*\]$/.test(text) ? text.slice(1, -1) : text);
  return address === null ? null : { kind: 'address', address };
}

/** The shortest text that reads back as the same name; addresses in canonical form, without brackets. */
export function formatEndpointName(name: EndpointName): string {
  switch (name.kind) {
    case 'pod':
      return `${name.namespace}/${name.name}`;
    case 'address':
      return formatAddress(name.address);
    case 'node':
    case 'host':
      return `${name.kind}:${name.name}`;
  }
}

/** What to do about a text that is no endpoint's name, or null. */
export function endpointHint(text: string): string | null {
  if (parseCidr(text).problem !== 'unparsable') return 'a flow has one address at each end, not a block of them';
  const port = /^(?:\[(?<inner>[^\]]*)\]|(?<outer>[^:]*)):[0-9]+$/.exec(text)?.groups;
  if (port !== undefined) return `write \`${port['inner'] ?? port['outer'] ?? ''}\` and the port apart`;
  if (/^[0-9.]+$/.test(text)) return 'an IPv4 address has four numbers from 0 to 255, without leading zeros';
  if (/^::ffff:/i.test(text)) return 'packets carry no IPv4-mapped addresses: write the IPv4 address';
  if (/^[-a-z0-9.]+$/i.test(text)) return `for a pod write its namespace too: \`NAMESPACE/${text}\``;
  return null;
}

function parsePodName(text: string): EndpointName | null {
  const [namespace = '', name = '', ...rest] = text.split('/');
  if (rest.length > 0 || namespace === '' || name === '' || /\s/.test(text)) return null;
  return parseCidr(text).cidr === null ? { kind: 'pod', namespace, name } : null;
}
