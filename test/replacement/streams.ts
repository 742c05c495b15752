// The traffic, as data: what is sent between whom, and in which world it passes.
import { families, parseAddress, type Address } from '../../src/net/address.ts';
import type { Tuple } from '../../src/replay/packet.ts';
import { must } from '../kit/must.ts';
import { addressOf, portOf, worldNames, type WorldName } from './worlds.ts';

/** Packets that differ in nothing but their source port, each the first of a connection. */
export interface Stream {
  /** `allow-server1-IPv4-TCP` */
  readonly name: string;
  /** Source port 0. */
  readonly tuple: Tuple;
  readonly allowedIn: readonly WorldName[];
}

/** Source ports of streams; everything else uses others. */
export const streamPorts = { first: 20_000, last: 39_999 } as const;

/** In each family, with TCP and UDP: ingress of two subjects with different profiles, and egress of a third one. */
export const streams: readonly Stream[] = families.flatMap((family) =>
  (['TCP', 'UDP'] as const).flatMap((protocol) =>
    [
      ...threeRoutes('allow', worldNames, { server: 80, sender: 443 }),
      { name: 'deny-stranger', source: 'stranger', destination: 'server1', port: 80, allowedIn: [] },
      ...threeRoutes('deny', [], { server: 81, sender: 444 }),
      ...worldNames.flatMap((name) =>
        threeRoutes(`only${name}`, [name], { server: portOf[name], sender: portOf[name] }),
      ),
    ].map((route): Stream => {
      const destination = at(route.destination, family);
      const tuple = { source: at(route.source, family), destination, protocol, sourcePort: 0 };
      return {
        name: `${route.name}-${family}-${protocol}`,
        tuple: { ...tuple, destinationPort: route.port },
        allowedIn: route.allowedIn,
      };
    }),
  ),
);

/** Those that every world allows, and those that none allows. */
export const steadyStreams: readonly Stream[] = streams.filter(({ allowedIn }) => allowedIn.length !== 1);

/** A connection that goes on all the time: its packets and their replies have one source port each. */
export interface Connection {
  readonly name: string;
  readonly tuple: Tuple;
}

/**
 * Connections to a port that both worlds allow and to one that only P allows, under which they begin. Replies pass for no
 * other reason than that the connection is established: servers may not send anything.
 */
export const connections: readonly Connection[] = families.flatMap((family) =>
  (['TCP', 'UDP'] as const).flatMap((protocol) =>
    [80, portOf.P].map((port) => ({
      name: `connection-${port}-${family}-${protocol}`,
      tuple: {
        source: at('client', family),
        destination: at('server1', family),
        protocol,
        sourcePort: 50_000,
        destinationPort: port,
      },
    })),
  ),
);

/** Packets between addresses that no policy knows: the last of a capture, which nothing may stop. */
export const sentinel: Tuple = {
  source: must(parseAddress('198.18.0.1')),
  destination: must(parseAddress('198.18.0.2')),
  protocol: 'UDP',
  sourcePort: 0,
  destinationPort: 9,
};

interface Route {
  readonly name: string;
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly allowedIn: readonly WorldName[];
}

/** Towards both servers, and from the sender. */
function threeRoutes(
  name: string,
  allowedIn: readonly WorldName[],
  ports: { readonly server: number; readonly sender: number },
): readonly Route[] {
  return [
    { name: `${name}-server1`, source: 'client', destination: 'server1', port: ports.server, allowedIn },
    { name: `${name}-server2`, source: 'client', destination: 'server2', port: ports.server, allowedIn },
    { name: `${name}-sender`, source: 'sender', destination: 'outside', port: ports.sender, allowedIn },
  ];
}

function at(host: string, family: 'IPv4' | 'IPv6'): Address {
  const text = must(addressOf[host], host)[family];
  return must(parseAddress(text), text);
}
