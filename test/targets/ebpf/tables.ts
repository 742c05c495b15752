// A plan's maps as short lines, to state expectations by hand.
import { createCompiler } from '../../../src/compile.ts';
import { addressesOf, union, type AddressSet } from '../../../src/net/address-set.ts';
import { formatAddress, parseAddress, type Address } from '../../../src/net/address.ts';
import { parseRange } from '../../../src/net/range-text.ts';
import type { SemanticsOptions } from '../../../src/net/semantics-options.ts';
import { defaultSemantics } from '../../../src/net/semantics-options.ts';
import type { Scope } from '../../../src/ir/ir.ts';
import type { NetworkPolicy } from '../../../src/policy/network-policy.ts';
import type { Snapshot } from '../../../src/snapshot/snapshot.ts';
import type { EbpfPlan } from '../../../targets/ebpf/ebpf-plan.ts';
import { planEbpf } from '../../../targets/ebpf/plan.ts';
import { must } from '../../kit/must.ts';

export interface Given {
  readonly policies: readonly NetworkPolicy[];
  readonly snapshot: Snapshot;
  readonly semantics?: Partial<SemanticsOptions>;
  readonly scope?: Scope;
}

export function planned({ policies, snapshot, semantics = {}, scope = { kind: 'snapshot' } }: Given): EbpfPlan {
  const options = { semantics: { ...defaultSemantics, ...semantics }, allowIncomplete: false };
  const { ir } = createCompiler({ policies, snapshot, clusterPolicies: [], skippedByKind: new Map() }, options);
  return must(planEbpf(must(ir(scope).value), { version: '1.2.3', switches: new Set() }).value);
}

/** The entries of a map: `10.0.0.7 → 1 1 2`; addresses as text, ports as numbers behind their prefix length. */
export function table(plan: EbpfPlan, name: string): readonly string[] {
  const { layout, entries, keys, values } = must(plan.maps.find((map) => map.layout.name === name));
  return Array.from({ length: entries }, (_, index) => {
    const key = keys.subarray(index * layout.key.size, (index + 1) * layout.key.size);
    const value = values.subarray(index * layout.value.size, (index + 1) * layout.value.size);
    return `${keyText(name, key)} → ${numbers(value).join(' ')}`;
  });
}

function keyText(name: string, key: Uint8Array): string {
  if (/^(?:endpoints|peers)/.test(name)) return addressText(key);
  if (name.startsWith('blocks')) return `${addressText(key.subarray(4))}/${numbers(key)[0]}`;
  if (name !== 'ports') return numbers(key).join(' ');
  const [length = 0, profile = 0] = numbers(key);
  const [protocol = 0, zero = 0, high = 0, low = 0] = key.subarray(8);
  if (zero !== 0) throw new Error('byte 9 is not 0');
  return `${profile} ${protocol} ${high * 256 + low}/${length - 48}`;
}

function numbers(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: bytes.length >> 2 }, (_, index) => view.getUint32(4 * index, true));
}

function addressText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const words = Array.from({ length: bytes.length >> 2 }, (_, index) => view.getUint32(4 * index));
  return formatAddress({ family: words.length === 1 ? 'IPv4' : 'IPv6', words });
}

/** A set from ranges, prefixes and addresses as text. */
export function setOf(...ranges: readonly string[]): AddressSet {
  return union([addressesOf([]), ...ranges.map((range) => must(parseRange(range), range))]);
}

export function addressOf(text: string): Address {
  return must(parseAddress(text), text);
}
