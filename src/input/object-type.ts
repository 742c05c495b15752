// Which kinds of objects there are, and what is done with each. Source: S-101.
import { nearest } from '../diagnostics/nearest.ts';

/** What an object says it is. */
export interface ObjectType {
  readonly apiVersion: string;
  readonly kind: string;
}

export type Treatment =
  | { readonly kind: 'policy' }
  | { readonly kind: 'cluster'; readonly type: ClusterKind }
  /** Its items are objects; those without a type of their own have `items`, if that is not null. */
  | { readonly kind: 'list'; readonly items: ObjectType | null }
  | { readonly kind: 'removed' }
  | { readonly kind: 'misspelt'; readonly known: string }
  | { readonly kind: 'skip' };

export type ClusterKind = 'Namespace' | 'Pod' | 'Node' | 'Service';

const skip: Treatment = { kind: 'skip' };
const treatments = new Map<string, Treatment>([
  ['networking.k8s.io/v1/NetworkPolicy', { kind: 'policy' }],
  ...(['Namespace', 'Pod', 'Node', 'Service'] as const).map(
    (type) => [`v1/${type}`, { kind: 'cluster', type }] as const,
  ),
]);

/** What to do with an object. `hasItems`: it has an `items` field, as every list has and few other objects. */
export function treatmentOf({ apiVersion, kind }: ObjectType, hasItems: boolean): Treatment {
  const known = treatments.get(`${apiVersion}/${kind}`);
  if (known !== undefined) return known;
  if (kind === 'List' && apiVersion === 'v1') return { kind: 'list', items: null };
  if (hasItems && kind.endsWith('List')) return { kind: 'list', items: { apiVersion, kind: kind.slice(0, -4) } };
  if (kind === 'NetworkPolicy' && isKubernetesOwn(apiVersion)) return { kind: 'removed' };
  const near = nearest(kind, kindsOf(apiVersion));
  return near === null ? skip : { kind: 'misspelt', known: near };
}

/** Groups of others, such as projectcalico.org, have a dot and are not under k8s.io. */
function isKubernetesOwn(apiVersion: string): boolean {
  const [group = ''] = apiVersion.split('/');
  return !group.includes('.') || group.endsWith('.k8s.io');
}

function kindsOf(apiVersion: string): readonly string[] {
  if (apiVersion === 'networking.k8s.io/v1') return ['NetworkPolicy'];
  return apiVersion === 'v1' ? ['Namespace', 'Pod', 'Node', 'Service'] : [];
}
