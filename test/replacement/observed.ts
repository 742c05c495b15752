// What far ends counted and noted, and what the machine itself lost.
import type { Host } from '../../src/host/host.ts';
import { parseSeen } from '../../src/replay/seen.ts';
import { podLinks } from '../../src/replay/session-script.ts';
import { farEnds } from './setup.ts';

/** Packets by name of a stream or connection. */
export interface Counts {
  readonly sent: ReadonlyMap<string, number>;
  readonly arrived: ReadonlyMap<string, number>;
}

/** Both far ends together: what one sends, the other receives. */
export async function readCounts(host: Host): Promise<Counts> {
  const counts = { sent: new Map<string, number>(), arrived: new Map<string, number>() };
  for (const link of farEnds) {
    const listing = JSON.parse(await inNamespace(host, link, ['nft', '-j', 'list', 'counters'])) as Listing;
    for (const { counter } of listing.nftables) {
      if (counter === undefined) continue;
      const [, direction = '', name = ''] = /^(sent|arrived)-(.*)$/.exec(counter.name) ?? [];
      const map = counts[direction as keyof Counts];
      map.set(name, (map.get(name) ?? 0) + counter.packets);
    }
  }
  return counts;
}

interface Listing {
  readonly nftables: readonly { readonly counter?: { readonly name: string; readonly packets: number } }[];
}

/** The keys (see `tupleKey`) of probes that arrived anywhere. */
export async function readProbes(host: Host): Promise<ReadonlySet<string>> {
  return new Set(parseSeen(await inNamespace(host, 'd', ['nft', '-j', '-n', 'list', 'table', 'netdev', 'watch'])));
}

export async function forgetProbes(host: Host): Promise<void> {
  const flush = ['nft', 'flush set netdev watch four; flush set netdev watch six'] as const;
  await inNamespace(host, 'd', flush);
}

/** Packets that a link dropped because the machine was too busy to look at them: no fault of any rule. */
export async function droppedByMachine(host: Host): Promise<number> {
  const show = ['ip', '-j', '-s', 'link', 'show', 'dev'] as const;
  const listings = [
    ...(await Promise.all(podLinks.map((link) => output(host, [...show, link])))),
    ...(await Promise.all(farEnds.map((link) => inNamespace(host, link, [...show, 'peer'])))),
  ];
  const links = listings.flatMap((text) => JSON.parse(text) as readonly LinkFacts[]);
  return links.reduce((sum, { stats64 }) => sum + stats64.rx.dropped, 0);
}

interface LinkFacts {
  readonly stats64: { readonly rx: { readonly dropped: number } };
}

function inNamespace(host: Host, link: string, argv: readonly string[]): Promise<string> {
  return output(host, ['ip', 'netns', 'exec', link, ...argv]);
}

/** What a program prints; it must succeed. */
async function output(host: Host, argv: readonly [string, ...string[]]): Promise<string> {
  const { exitCode, stdout, stderr } = await host.run({ argv, stdin: null });
  if (exitCode !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`);
  return stdout;
}
