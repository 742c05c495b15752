// A parsed document → the typed NetworkPolicy, with every problem of it reported at once.
import type { Code } from '../diagnostics/catalogue/index.ts';
import { hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import { tolerate } from '../diagnostics/tolerate.ts';
import type { SourceNode } from '../parse/node.ts';
import { checkFields } from './check-fields.ts';
import { decodeLabelSelector } from './decode-label-selector.ts';
import { decodeName } from './decode-name.ts';
import { decodePeers } from './decode-peers.ts';
import { decodePorts } from './decode-ports.ts';
import { fieldOf, itemsOf, originOf, stringOf, type Located } from './fields.ts';
import { dnsLabelProblems } from './names.ts';
import type { Field, NetworkPolicy, PolicyRule } from './network-policy.ts';
import { createProblemList, type ProblemList } from './problem-list.ts';
import { networkPolicySchema } from './schema.ts';

export interface DecodeOptions {
  /** For a policy without `metadata.namespace` (S-111). */
  readonly namespace: string;
  readonly decode: 'strict' | 'warn';
  /** The object comes from a live cluster, whose server may have accepted host bits in a CIDR (S-725, S-726). */
  readonly live: boolean;
  /** Errors of these codes become warnings: the policy is decoded as a server would that prunes, masks and guesses. */
  readonly tolerated: ReadonlySet<Code> | null;
}

/** Decodes a `networking.k8s.io/v1` NetworkPolicy. Sections 2, 7 and 8 of the semantics. */
export function decodeNetworkPolicy(node: SourceNode, options: DecodeOptions): Outcome<NetworkPolicy> {
  const object: Located = { node, path: '' };
  const shape = checkFields(node, { root: networkPolicySchema, decode: options.decode });
  const problems = createProblemList(shape);
  const names = decodeNames(object, options, problems);
  const spec = fieldOf(object, 'spec');
  const types = decodePolicyTypes(spec, problems);
  const ingress = decodeRules(spec, 'ingress', 'from', options, problems);
  const egress = decodeRules(spec, 'egress', 'to', options, problems);
  const podSelector = fieldOf(spec, 'podSelector');
  const policy: NetworkPolicy = {
    kind: 'NetworkPolicy',
    ...names,
    subject: decodeLabelSelector(podSelector, problems),
    ingress: types.includes('Ingress') ? ingress : null,
    egress: types.includes('Egress') ? egress : null,
    subjectOrigin: podSelector === null ? { ...names.origin, path: 'spec.podSelector' } : originOf(podSelector),
  };
  const found = [...shape, ...problems.found].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const diagnostics = tolerate(found, options.tolerated);
  return { value: hasErrors(diagnostics) ? null : policy, diagnostics };
}

function decodeNames(
  object: Located,
  options: DecodeOptions,
  problems: ProblemList,
): { readonly namespace: string; readonly name: string; readonly origin: Field } {
  const { name, at, origin } = decodeName(object, problems);
  const field = fieldOf(fieldOf(object, 'metadata'), 'namespace');
  const namespace = stringOf(field) ?? options.namespace;
  for (const problem of dnsLabelProblems(namespace)) {
    problems.add('NP2006', { namespace, problem }, (field ?? at).node.span);
  }
  return { namespace, name, origin };
}

/** The effective types: as listed, or filled in as the API server does. Source: S-201 to S-207, S-702, S-703. */
function decodePolicyTypes(spec: Located | null, problems: ProblemList): readonly string[] {
  const field = fieldOf(spec, 'policyTypes');
  const listed = itemsOf(field) ?? [];
  if (field !== null && listed.length > 2) problems.add('NP2101', { count: listed.length }, field.node.span);
  else {
    for (const item of listed) {
      const type = stringOf(item) ?? '';
      if (type !== 'Ingress' && type !== 'Egress') problems.add('NP2102', { path: item.path, type }, item.node.span);
    }
  }
  if (listed.length > 0) return listed.map((item) => stringOf(item) ?? '');
  const hasEgress = (itemsOf(fieldOf(spec, 'egress')) ?? []).length > 0;
  return hasEgress ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** A null item is an empty rule: it matches everything (S-106, S-232). */
function decodeRules(
  spec: Located | null,
  direction: 'ingress' | 'egress',
  peers: 'from' | 'to',
  { live }: DecodeOptions,
  problems: ProblemList,
): readonly PolicyRule[] {
  return (itemsOf(fieldOf(spec, direction)) ?? []).map((rule) => ({
    peers: decodePeers(fieldOf(rule, peers), live, problems),
    ports: decodePorts(rule, problems),
    origin: originOf(rule),
  }));
}
