// Files → the world: every policy and every cluster object, typed and checked. The front of the pipeline.
import { diagnose, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../collections/get-or-make.ts';
import { createDiagnosticList, type DiagnosticList } from '../diagnostics/diagnostic-list.ts';
import { clusterPolicyKey, compareClusterPolicies, type ClusterPolicy } from '../policy/cluster-policy.ts';
import { createPool } from '../snapshot/pool.ts';
import { wholeSource } from '../source/source.ts';
import { addCollection, createCollection, type Collection } from './collection.ts';
import { sortDistinct } from './distinct.ts';
import { readFile } from './read-file.ts';
import type { InputFile, ReadOptions, World } from './world.ts';

/**
 * Reads all files. The value is null when anything is wrong that is an error, unless `tolerated` asks for what there is;
 * up to 100 errors are reported.
 *
 * Policies come from the files that were given as policies, or from snapshots when there are none. The order of files
 * and objects changes nothing but the order of diagnostics. Memory: what the world keeps, and for one file at a time a
 * chunk of JSON or the whole of a YAML file. Source: S-101 to S-112, S-301 to S-324.
 */
export async function readWorld(files: readonly InputFile[], options: ReadOptions): Promise<Outcome<World>> {
  const all = createCollection();
  const policiesGiven = files.some(({ role }) => role === 'policies');
  const { namespace, namedPortsInit } = options;
  const snapshot = { namespace, namedPortsInit, pool: createPool() };
  for (const file of files) {
    const name = file.name === '-' ? '<stdin>' : file.name;
    const policiesCount = file.role === 'policies' || !policiesGiven;
    const found = await readFile(file, { name, role: file.role, policiesCount, options, snapshot });
    addCollection(all, found);
    if (file.role === 'policies') all.problems.addAll(emptyFile(name, found));
  }
  return worldOf(all, options.tolerated !== null);
}

/** An empty file of policies would compile to "everything is allowed". */
function emptyFile(name: string, { objects, problems }: Collection): readonly Diagnostic[] {
  if (objects > 0 || hasErrors(problems.found)) return [];
  const source = { ...wholeSource(name, ''), text: null };
  return [diagnose('NP1001', { file: name }, { source, start: 0, end: 0 })];
}

function worldOf(all: Collection, partial: boolean): Outcome<World> {
  const problems = createDiagnosticList();
  problems.addAll(all.problems.found);
  const at = { start: 0, end: 0 };
  const policies = sortDistinct('NetworkPolicy', all.policies, ({ origin }) => origin.span, problems);
  const clusterPolicies = orderedClusterPolicies(all.clusterPolicies, problems);
  const pods = sortDistinct('Pod', all.pods, ({ source }) => ({ source, ...at }), problems);
  const services = sortDistinct('Service', all.services, ({ source }) => ({ source, ...at }), problems);
  const namespaces = sortDistinct('Namespace', all.namespaces, ({ source }) => ({ source, ...at }), problems);
  const nodes = sortDistinct('Node', all.nodes, ({ source }) => ({ source, ...at }), problems);
  const dnsSnapshots = sortDistinct('DNSSnapshot', all.dnsSnapshots, ({ source }) => ({ source, ...at }), problems);
  if (!partial && hasErrors(problems.found)) return { value: null, diagnostics: problems.found };
  const namespaceByName = new Map(namespaces.map((each) => [each.name, each]));
  const nodeByName = new Map(nodes.map((each) => [each.name, each]));
  const skippedByKind = new Map([...all.skippedByKind].sort(([a], [b]) => (a < b ? -1 : 1)));
  const snapshot = { namespaceByName, pods, nodeByName, services, dnsSnapshots };
  const { documentByPolicy } = all;
  return {
    value: { policies, clusterPolicies, snapshot, skippedByKind, documentByPolicy },
    diagnostics: problems.found,
  };
}

function orderedClusterPolicies(found: readonly ClusterPolicy[], problems: DiagnosticList): readonly ClusterPolicy[] {
  const kinds = groupBy(found, ({ kind }) => kind);
  const distinct = [...kinds].flatMap(([kind, policies]) =>
    sortDistinct(kind, policies, ({ origin }) => origin.span, problems),
  );
  reportMixedVersions(kinds, problems);
  return distinct.sort(compareClusterPolicies);
}

/** Source: S-1108. */
function reportMixedVersions(kinds: ReadonlyMap<string, readonly ClusterPolicy[]>, problems: DiagnosticList): void {
  const [newer] = kinds.get('ClusterNetworkPolicy') ?? [];
  const older = [...(kinds.get('AdminNetworkPolicy') ?? []), ...(kinds.get('BaselineAdminNetworkPolicy') ?? [])];
  const [first] = older;
  if (newer === undefined || first === undefined) return;
  const notes = [{ message: 'a ClusterNetworkPolicy is here', span: newer.origin.span }];
  problems.add('NP2416', { policy: clusterPolicyKey(first), count: older.length }, () => first.origin.span, { notes });
}
