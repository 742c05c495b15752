// What a flood consists of: every port by every way. Packet number N is of kind N modulo their count.
import { ports } from './load-generations.ts';

export type Port = keyof typeof ports;

export interface Kind {
  readonly family: 4 | 6;
  readonly address: string;
  readonly name: Port;
  readonly port: number;
}

/** Through the machine to a pod, and to the machine itself. */
const receivers = [
  { 4: '10.0.2.2', 6: 'fd02::2' },
  { 4: '10.0.1.1', 6: 'fd01::1' },
] as const;

/** Families and ways alternate from packet to packet, so that a switch that is not one step shows. */
export const kinds: readonly Kind[] = (Object.keys(ports) as Port[]).flatMap((name) =>
  receivers.flatMap((receiver) =>
    ([4, 6] as const).map((family) => ({ family, address: receiver[family], name, port: ports[name] })),
  ),
);

/** Connections that go on while the machine's first rules are loaded. */
export const askers = 100;

/** How long an answer is on its way. */
export const answerAfterMs = 300;
