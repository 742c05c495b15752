// nft's words for families and protocols.
import type { Family } from '../../../src/net/address.ts';
import type { TransportClass } from '../../../src/net/protocol.ts';
import { unexpected } from '../strict-json.ts';

/** `ip` or `ip6` */
export function familyOfHeader(header: string | undefined): Family {
  if (header === 'ip') return 'IPv4';
  if (header === 'ip6') return 'IPv6';
  throw unexpected('ip or ip6', header);
}

/** What an address is in the type of a set. */
export function typeOfFamily(family: Family): string {
  return family === 'IPv4' ? 'ipv4_addr' : 'ipv6_addr';
}

export function transportOf(protocol = ''): TransportClass {
  switch (protocol) {
    case 'tcp':
      return 'TCP';
    case 'udp':
      return 'UDP';
    case 'sctp':
      return 'SCTP';
    default:
      throw unexpected('a protocol with ports', protocol);
  }
}
