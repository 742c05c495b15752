// Every target, by name. Adding one: its folder, and a line here.
import type { Target } from '../src/target.ts';
import { ebpf } from './ebpf/index.ts';
import { iptables } from './iptables/index.ts';
import { nftables } from './nftables/index.ts';

/** In the order in which they are listed to people. */
export const targets: readonly Target[] = [nftables as Target, iptables as Target, ebpf as Target];

/** The target of that name, or null. */
export function targetByName(name: string): Target | null {
  return targets.find((target) => target.name === name) ?? null;
}
