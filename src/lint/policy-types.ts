// What a policy says about its types, and what becomes of it.
import type { MappingNode } from '../parse/node.ts';
import type { NetworkPolicy } from '../policy/network-policy.ts';
import type { LintContext } from './lint-context.ts';
import { itemsAt, mappingAt } from './written.ts';

export interface WrittenTypes {
  readonly policy: NetworkPolicy;
  readonly document: MappingNode;
  /** Null when there is none, or it is nothing that has fields. */
  readonly spec: MappingNode | null;
  /** `policyTypes` is absent, null or empty (S-201). */
  readonly absent: boolean;
  /** The types that count. */
  readonly effective: readonly ('Ingress' | 'Egress')[];
  /** Without types, and with egress rules only: ingress is denied as well (S-203). */
  readonly deniesIngressToo: boolean;
}

/** Every NetworkPolicy whose text is known, but for those that have a field in `spec` that may be a misspelt one. */
export function writtenTypes({ world, documentOf }: LintContext): readonly WrittenTypes[] {
  return world.policies.flatMap((policy) => {
    const document = documentOf(policy);
    if (document === null) return [];
    const spec = mappingAt(document, 'spec');
    if (spec?.entries.some(({ key }) => !fields.has(key)) === true) return [];
    const absent = itemsAt(document, 'spec.policyTypes').length === 0;
    const hasRules = (section: string): boolean => itemsAt(document, `spec.${section}`).length > 0;
    const deniesIngressToo = absent && hasRules('egress') && !hasRules('ingress');
    return [{ policy, document, spec, absent, effective: effectiveTypes(policy), deniesIngressToo }];
  });
}

const fields: ReadonlySet<string> = new Set(['podSelector', 'ingress', 'egress', 'policyTypes']);

function effectiveTypes({ ingress, egress }: NetworkPolicy): readonly ('Ingress' | 'Egress')[] {
  return [...(ingress === null ? [] : ['Ingress' as const]), ...(egress === null ? [] : ['Egress' as const])];
}
