// The reader of every engine. One that is not here cannot be proven, and its test fails.
import { ebpfReader } from './ebpf/reader.ts';
import { createIptablesReader } from './iptables/reader.ts';
import { nftablesReader } from './nftables/reader.ts';
import type { Reader } from './reader.ts';

export const readerByEngine: ReadonlyMap<string, Reader> = new Map([
  ['nftables', nftablesReader],
  ['iptables', createIptablesReader('nft')],
  ['iptables-legacy', createIptablesReader('legacy')],
  ['ebpf', ebpfReader],
]);
