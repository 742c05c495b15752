// The first lines of an artifact, the same for every target.
import type { Endpoint, Ir, Scope } from '../../src/ir/ir.ts';
import { safeText, type SafeText } from './safe-text.ts';

/** Longest comment line of a file. */
export const noteLength = 400;

/** Version, scope and how much there is, without the comment sign. */
export function headerLines(ir: Ir, version: string): readonly SafeText[] {
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const isolated = ir.endpoints.filter((endpoint) => endpoint.ingress !== null || endpoint.egress !== null);
  return [
    `netpolc ${version} - ${scopeName(ir.scope)}`,
    `${count(ir.endpoints.length, 'endpoint')}, ${isolated.length} of them restricted, ${count(ir.profileById.size, 'profile')}`,
  ].map((line) => safeText(line, noteLength));
}

/** `namespace/name`, for a comment. */
export function endpointNote(endpoint: Endpoint): SafeText {
  return safeText(`${endpoint.namespace}/${endpoint.name}`, noteLength);
}

function scopeName(scope: Scope): string {
  return scope.kind === 'node' ? `node ${scope.name}` : 'every pod of the snapshot';
}
