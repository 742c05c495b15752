// A host whose kernel is a function: it "plays" a replay session by reading the captures and listing what arrives.
import { createFakeHost, type FakeHost } from '../../src/host/fake-host.ts';
import type { Host, RunResult } from '../../src/host/host.ts';

/** What a capture held: `10.0.0.1 10.0.0.2 tcp 20000 80`. */
export interface SentPacket {
  readonly text: string;
  readonly stage: 'first' | 'reply';
}

/** Addresses of nodes in the worlds of these tests, and the one that sentinels to a node go to. */
const isOwn = (text: string): boolean => / (?:192\.168\.0\.\d+|198\.19\.255\.3) /.test(text);

/** A host on which every session runs and `arrives` decides about each packet. IPv4 only. */
export function createFakeKernel(arrives: (packet: SentPacket) => boolean): Host & { readonly fake: FakeHost } {
  const fake = createFakeHost({ uid: 0 });
  const staged = new Map<string, string | Uint8Array>();
  return {
    ...fake,
    fake,
    stage: async (path, content) => {
      staged.set(path, content);
      return fake.stage(path, content);
    },
    run: async ({ argv }): Promise<RunResult> => {
      const folder = (argv.at(-1) ?? '').replace(/\/session\.sh$/, '');
      const seen = [...staged].flatMap(([path, content]) =>
        path.startsWith(folder) && path.endsWith('.pcap') ? sentIn(path, content as Uint8Array) : [],
      );
      const arrived = seen.filter(arrives);
      const elements = (own: boolean): readonly unknown[] =>
        arrived.filter(({ text }) => isOwn(text) === own).map(({ text }) => ({ concat: text.split(' ') }));
      const listing = (elem: readonly unknown[]): string => JSON.stringify({ nftables: [{ set: { elem } }] });
      for (const name of ['s', 'd', 'w', 'own'])
        await (
          await fake.stage(
            `${folder}/seen-${name}.json`,
            listing(name === 'd' ? elements(false) : name === 'own' ? elements(true) : []),
          )
        ).commit();
      return { exitCode: 0, stdout: '', stderr: '' };
    },
  };
}

function sentIn(path: string, capture: Uint8Array): readonly SentPacket[] {
  const view = new DataView(capture.buffer, capture.byteOffset);
  const packets: SentPacket[] = [];
  for (let at = 24; at < capture.length;) {
    const length = view.getUint32(at + 8, true);
    const ip = at + 16 + 14;
    const address = (offset: number): string => capture.subarray(ip + offset, ip + offset + 4).join('.');
    const protocol = { 6: 'tcp', 17: 'udp', 132: 'sctp' }[capture[ip + 9] ?? 0];
    const ports = `${view.getUint16(ip + 20)} ${view.getUint16(ip + 22)}`;
    const text = `${address(12)} ${address(16)} ${protocol} ${ports}`;
    packets.push({ text, stage: path.includes('-reply-') ? 'reply' : 'first' });
    at += 16 + length;
  }
  return packets;
}
