// A short name for the meaning of an IR, printed into artifacts so that what is loaded can be told apart.
import type { Ir } from '../../src/ir/ir.ts';
import { formatAddress } from '../../src/net/address.ts';
import { contentHash } from '../../src/net/content-hash.ts';

/** 26 characters of base32 (130 bits) over everything in the IR but its origins. Equal meaning, equal digest. */
export function irDigest(ir: Ir): string {
  const { scope, options } = ir;
  const endpoints = ir.endpoints.flatMap((endpoint) => [
    `${endpoint.namespace}/${endpoint.name}`,
    endpoint.addresses.map(formatAddress).join(),
    endpoint.ingress ?? '',
    endpoint.egress ?? '',
  ]);
  const head = [scope.kind, scope.kind === 'node' ? scope.name : '', JSON.stringify(options)];
  return contentHash(['netpolc/ir', ...head, ...endpoints]).slice(0, 26);
}
