// What two inputs of equal meaning must have in common, byte for byte. Source: S-509.
import { emit } from '../../src/compile.ts';
import type { Ir } from '../../src/ir/ir.ts';
import { irDocument } from '../../src/ir/json.ts';
import type { Target } from '../../src/target.ts';

/** The IR's JSON form without everything under `origin` and `origins`. */
export function meaningOf(ir: Ir): string {
  const withoutOrigins = (key: string, value: unknown): unknown =>
    key === 'origin' || key === 'origins' ? undefined : value;
  return JSON.stringify(irDocument(ir), withoutOrigins, 1);
}

/** A target's artifacts without comments: whole lines, and those of single nft rules. */
export function artifactText(ir: Ir, target: Target): string {
  const { value, diagnostics } = emit(ir, target, { version: 'test' });
  if (value === null) throw new Error(`${target.name} gives nothing: ${diagnostics[0]?.message ?? ''}`);
  return value
    .flatMap(({ suffix, content }) => (typeof content === 'string' ? [`${suffix}\n${withoutComments(content)}`] : []))
    .join('');
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s*#.*\n/gm, '').replaceAll(/ (?:-m comment --comment|comment) "(?!netpolc)[^"]*"/g, '');
}
