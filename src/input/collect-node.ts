// A parsed document → typed objects in a collection. Lists are flattened. The way of YAML, of policies and of small JSON.
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { entryOf, type MappingNode, type SourceNode } from '../parse/node.ts';
import { toPlain } from '../parse/plain.ts';
import type { ClusterPolicyKind } from '../policy/cluster-policy.ts';
import { decodeClusterPolicy } from '../policy/decode-cluster-policy.ts';
import { decodeNetworkPolicy } from '../policy/decode-network-policy.ts';
import type { Fields } from '../snapshot/cluster-object.ts';
import { positionOf, type Span } from '../source/source.ts';
import { collectClusterObject } from './collect-cluster-object.ts';
import { countSkipped, type Collection } from './collection.ts';
import type { InputContext } from './input-context.ts';
import { treatmentOf, type ClusterKind, type ObjectType } from './object-type.ts';

/** Collects the object, or the objects of the list. `inherited` is the type of list items that do not state theirs. */
export function collectNode(
  to: Collection,
  node: SourceNode,
  context: InputContext,
  inherited: ObjectType | null = null,
): void {
  const type = node.kind === 'mapping' ? typeOf(to, node, inherited) : reportNoObject(to, describe(node), node.span);
  if (type === null || node.kind !== 'mapping') {
    to.objects++;
    return;
  }
  const treatment = treatmentOf(type, entryOf(node, 'items') !== null);
  if (treatment.kind === 'list') return collectItems(to, node, context, treatment.items);
  to.objects++;
  switch (treatment.kind) {
    case 'policy':
      return context.policiesCount ? collectPolicy(to, node, context) : undefined;
    case 'cluster-policy':
      return context.policiesCount ? collectClusterPolicy(to, node, treatment.type, context) : undefined;
    case 'cluster':
      return collectCluster(to, treatment.type, node, context);
    case 'removed':
      if (context.policiesCount)
        to.problems.add('NP2003', { apiVersion: type.apiVersion }, () => placeOfType(node, 'apiVersion'));
      return;
    case 'unsupported':
      if (context.policiesCount) to.problems.add('NP2417', type, () => placeOfType(node, 'apiVersion'));
      return;
    case 'misspelt':
      to.problems.add('NP1018', { ...type, known: treatment.known }, () => placeOfType(node, 'kind'));
      return;
    case 'skip':
      return countSkipped(to, `${type.apiVersion}/${type.kind}`);
  }
}

function collectItems(to: Collection, list: MappingNode, context: InputContext, inherited: ObjectType | null): void {
  const items = entryOf(list, 'items')?.value;
  if (items === undefined || (items.kind === 'scalar' && items.value === null)) return;
  if (items.kind === 'sequence') for (const item of items.items) collectNode(to, item, context, inherited);
  else to.problems.add('NP2002', { path: 'items', expected: 'a list', found: describe(items) }, () => items.span);
}

function collectPolicy(to: Collection, node: MappingNode, { role, options }: InputContext): void {
  const { namespace, decode, tolerated } = options;
  const live = role === 'snapshot';
  const { value, diagnostics } = decodeNetworkPolicy(node, { namespace, decode, live, tolerated });
  to.problems.addAll(diagnostics);
  if (value === null || hasErrors(diagnostics)) return;
  to.policies.push(value);
  if (options.keepDocuments) to.documentByPolicy.set(value, node);
}

function collectClusterPolicy(
  to: Collection,
  node: MappingNode,
  kind: ClusterPolicyKind,
  { options }: InputContext,
): void {
  const { value, diagnostics } = decodeClusterPolicy(kind, node, options.decode, options.tolerated);
  to.problems.addAll(diagnostics);
  if (value === null || hasErrors(diagnostics)) return;
  to.clusterPolicies.push(value);
  if (options.keepDocuments) to.documentByPolicy.set(value, node);
}

function collectCluster(to: Collection, type: ClusterKind, node: MappingNode, context: InputContext): void {
  const source = { name: context.name, text: null, ...positionOf(node.span) };
  const fields = toPlain(node) as Fields;
  collectClusterObject(to, type, { fields, source, tree: () => node, problems: to.problems }, context);
}

/** The object's type; reported and null when it does not state one. */
function typeOf(to: Collection, node: MappingNode, inherited: ObjectType | null): ObjectType | null {
  const apiVersion = stringAt(node, 'apiVersion') ?? inherited?.apiVersion;
  const kind = stringAt(node, 'kind') ?? inherited?.kind;
  if (apiVersion !== undefined && kind !== undefined) return { apiVersion, kind };
  const missing =
    apiVersion === undefined ? (kind === undefined ? '`apiVersion` and `kind`' : '`apiVersion`') : '`kind`';
  return reportNoObject(to, `a mapping without a string ${missing}`, node.span);
}

function stringAt(node: MappingNode, key: string): string | undefined {
  const value = entryOf(node, key)?.value;
  if (value?.kind !== 'scalar' || value.ambiguity !== null || value.value === '') return undefined;
  return typeof value.value === 'string' ? value.value : undefined;
}

function reportNoObject(to: Collection, found: string, span: Span): null {
  const first = { ...span, end: Math.min(span.end, span.start + 1) };
  to.problems.add('NP1015', { found }, () => first);
  return null;
}

function placeOfType(node: MappingNode, key: string): Span {
  return entryOf(node, key)?.value.span ?? node.span;
}

function describe(node: SourceNode): string {
  if (node.kind === 'sequence') return 'a list';
  if (node.kind === 'mapping') return 'an object';
  if (node.value === null) return 'null';
  return typeof node.value === 'string' ? 'a string' : `a ${typeof node.value}`;
}
