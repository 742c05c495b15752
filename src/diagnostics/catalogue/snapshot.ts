// Block 3: the snapshot and the resolution of selectors against it.
import { entry } from './entry.ts';

export const snapshot = {
  NP3001: entry<{ address: string; first: string; second: string }>({
    name: 'DUPLICATE_POD_IP',
    severity: 'error',
    message: ({ address, first, second }) => `pods \`${first}\` and \`${second}\` both claim address ${address}`,
    hint: () => 'take the snapshot again, or pass --allow-incomplete to allow only what both may do',
    explanation:
      'Two live pods show the same address. One of the two entries is stale, and rules written for one would apply to the other.',
    example: null,
  }),
  NP3002: entry<{ namespace: string; selector: string }>({
    name: 'INCOMPLETE_SNAPSHOT',
    severity: 'error',
    message: ({ namespace, selector }) =>
      `INCOMPLETE_SNAPSHOT: \`${selector}\` cannot be decided for namespace \`${namespace}\`, whose object is missing`,
    hint: () => 'add namespaces to the snapshot (kubectl get ns,nodes,pods,svc -A -o json), or pass --allow-incomplete',
    explanation:
      'The snapshot has pods in a namespace but no Namespace object, so its labels are not known. Taking it for a namespace without labels would make NotIn and DoesNotExist match and silently widen the policy. With --allow-incomplete what is not known does not match.',
    example: null,
  }),
};
