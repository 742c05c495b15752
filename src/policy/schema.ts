// Schemas, and the fields of a NetworkPolicy as the API server knows them: what strict decoding and its hints are computed from.

export interface ObjectSchema {
  readonly kind: 'object';
  readonly fields: Readonly<Record<string, Schema>>;
}

export type Schema =
  | ObjectSchema
  | { readonly kind: 'list'; readonly item: Schema }
  /** A map from string to string: matchLabels. */
  | { readonly kind: 'labels' }
  | { readonly kind: 'string' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'boolean' }
  /** An integer or a string: `port`. */
  | { readonly kind: 'int-or-string' }
  /** Not read: managedFields, annotations. */
  | { readonly kind: 'opaque' };

export const string: Schema = { kind: 'string' };
export const integer: Schema = { kind: 'integer' };
export const boolean: Schema = { kind: 'boolean' };
export const opaque: Schema = { kind: 'opaque' };

export const labelSelector: Schema = object({
  matchLabels: { kind: 'labels' },
  matchExpressions: list(object({ key: string, operator: string, values: list(string) })),
});
const ipBlock = object({ cidr: string, except: list(string) });
const peer = object({ podSelector: labelSelector, namespaceSelector: labelSelector, ipBlock });
const port = object({ protocol: string, port: { kind: 'int-or-string' }, endPort: integer });

/** ObjectMeta. Only name, namespace and generateName are read. */
export const metadata = object({
  name: string,
  generateName: string,
  namespace: string,
  selfLink: opaque,
  uid: opaque,
  resourceVersion: opaque,
  generation: opaque,
  creationTimestamp: opaque,
  deletionTimestamp: opaque,
  deletionGracePeriodSeconds: opaque,
  labels: opaque,
  annotations: opaque,
  ownerReferences: opaque,
  finalizers: opaque,
  managedFields: opaque,
});

/** `networking.k8s.io/v1` NetworkPolicy. It has no status (S-113). */
export const networkPolicySchema: Schema = object({
  apiVersion: string,
  kind: string,
  metadata,
  spec: object({
    podSelector: labelSelector,
    ingress: list(object({ ports: list(port), from: list(peer) })),
    egress: list(object({ ports: list(port), to: list(peer) })),
    policyTypes: list(string),
  }),
});

export function object(fields: Readonly<Record<string, Schema>>): ObjectSchema {
  return { kind: 'object', fields };
}

export function list(item: Schema): Schema {
  return { kind: 'list', item };
}
