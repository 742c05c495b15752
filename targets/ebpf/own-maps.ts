// The maps about what is enforced: config, endpoints4, endpoints6, profiles, ports.
import { compareAddresses } from '../../src/ir/order.ts';
import type { Ir } from '../../src/ir/ir.ts';
import { wordsOf, type Family } from '../../src/net/address.ts';
import { irDigest } from '../shared/ir-digest.ts';
import { createContent, putAddress, putNumber, putPort } from './content.ts';
import type { MapContent } from './ebpf-plan.ts';
import {
  config,
  configFlags,
  endpoints4,
  endpoints6,
  layoutVersion,
  ports,
  profiles,
  protocolBytes,
  wholeProtocolBits,
} from './layout.ts';
import type { Numbers } from './numbers.ts';
import { portPrefixes } from './port-prefixes.ts';

export function configContent(ir: Ir, numbers: Numbers): MapContent {
  const { icmpEcho, allowEgressToOwnNode } = ir.options;
  const flags =
    (icmpEcho ? configFlags.icmpEchoPasses : 0) |
    (allowEgressToOwnNode ? configFlags.egressToOwnNodePasses : 0) |
    (numbers.endpoints.length > 0 ? configFlags.dropLinkLocal : 0);
  const digest = new TextEncoder().encode(irDigest(ir));
  return createContent(config, 1, ({ values }) => (_, __, at) => {
    putNumber(values, at + config.value.offsets.version, layoutVersion);
    putNumber(values, at + config.value.offsets.flags, flags);
    digest.forEach((byte, index) => values.setUint8(at + config.value.offsets.digest + index, byte));
  });
}

/** Every address of a restricted endpoint, in address order. */
export function endpointContent(family: Family, { endpoints, profile }: Numbers): MapContent {
  const layout = family === 'IPv4' ? endpoints4 : endpoints6;
  const rows = endpoints.flatMap(({ addresses, egress, ingress }, index) =>
    addresses
      .filter((address) => address.family === family)
      .map((address) => ({ address, number: index + 1, egress: profile(egress), ingress: profile(ingress) })),
  );
  rows.sort((a, b) => compareAddresses(a.address, b.address));
  const at = layout.value.offsets;
  return createContent(layout, rows.length, ({ keys, values }) => (index, keyAt, valueAt) => {
    const row = rows[index];
    if (row === undefined) return;
    putAddress(keys, keyAt, row.address.words, 0, wordsOf(family));
    putNumber(values, valueAt + at.number, row.number);
    putNumber(values, valueAt + at.egressProfile, row.egress);
    putNumber(values, valueAt + at.ingressProfile, row.ingress);
  });
}

export function profileContent(ir: Ir, numbers: Numbers): MapContent {
  const every = [...ir.profileById.values()].map((profile) => numbers.set(profile.every));
  return createContent(profiles, every.length, ({ keys, values }) => (index, keyAt, valueAt) => {
    putNumber(keys, keyAt, index + 1);
    putNumber(values, valueAt, every[index] ?? 0);
  });
}

/** By profile, protocol number and port. */
export function portContent(ir: Ir, numbers: Numbers): MapContent {
  const rows = [...ir.profileById.values()].flatMap((profile) => {
    const own = profile.rows.map((row) => ({ ...row, protocol: protocolBytes[row.transport] }));
    own.sort((a, b) => a.protocol - b.protocol || a.first - b.first);
    return own.flatMap(({ protocol, first, last, peers }) => {
      const prefixes = protocol === 0 ? [{ port: 0, length: 0 }] : portPrefixes(first, last);
      const shared = { profile: numbers.profile(profile.id), protocol, set: numbers.set(peers) };
      return prefixes.map((prefix) => ({ ...shared, ...prefix }));
    });
  });
  const at = ports.key.offsets;
  return createContent(ports, rows.length, ({ keys, values }) => (index, keyAt, valueAt) => {
    const row = rows[index];
    if (row === undefined) return;
    putNumber(keys, keyAt + at.prefixLength, wholeProtocolBits + row.length);
    putNumber(keys, keyAt + at.profile, row.profile);
    keys.setUint8(keyAt + at.protocol, row.protocol);
    putPort(keys, keyAt + at.port, row.port);
    putNumber(values, valueAt, row.set);
  });
}
