// Which flows a node can carry at all.
import type { Address } from '../net/address.ts';
import type { Flow } from '../net/flow.ts';

/**
 * Why no kernel forwards packets from or to an address of the flow, whatever the rules say; null when it does.
 *
 * Source: `ip_route_input_slow` and `ip6_forward` of Linux 6.18.
 */
export function whyNotSendable({ source, destination }: Flow): string | null {
  return whyNotForwarded(source) ?? whyNotForwarded(destination);
}

function whyNotForwarded({ family, words }: Address): string | null {
  const [first = 0, second = 0, third = 0] = words;
  const octet = first >>> 24;
  if (family === 'IPv4') {
    if (octet === 0) return 'addresses in 0.0.0.0/8 are no destination';
    if (octet === 127) return 'loopback addresses stay on their machine';
    if (octet >= 224 && octet < 240) return 'multicast is not forwarded to a single neighbour';
    return first === 0xffffffff ? 'broadcasts are not forwarded' : null;
  }
  if (octet === 0xff) return 'multicast is not forwarded to a single neighbour';
  if (first >>> 22 === 0x3fa) return 'link-local addresses stay on their link';
  const embedded = first === 0 && second === 0 && (third === 0 || third === 0xffff);
  return embedded ? 'addresses in ::/96 and ::ffff:0:0/96 are not forwarded' : null;
}
