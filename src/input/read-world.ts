// Files → the world: every policy and every cluster object, typed and checked. The front of the pipeline.
import { diagnose, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../collections/get-or-make.ts';
import { createDiagnosticList, type DiagnosticList } from '../diagnostics/diagnostic-list.ts';
import { clusterPolicyKey, compareClusterPolicies, type ClusterPolicy } from '../policy/cluster-policy.ts';
import { createPool } from '../snapshot/pool.ts';
import type { PodTemplate, Snapshot } from '../snapshot/snapshot.ts';
import { wholeSource, type Source, type Span } from '../source/source.ts';
import { addCollection, createCollection, haveSameCluster, replaceByName, type Collection } from './collection.ts';
import { compareObjects, sortDistinct } from './distinct.ts';
import type { KnownFiles } from './known-files.ts';
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
  const policiesGiven = files.some(({ role }) => role === 'policies');
  const read = createReader(options, !policiesGiven, null);
  const partial = options.tolerated !== null;
  if (!options.planned) return worldOf([await read(files)], { partial });
  const isSnapshot = ({ role }: InputFile): boolean => role === 'snapshot';
  const common = await read(files.filter(isSnapshot));
  const own = await read(files.filter((file) => !isSnapshot(file)));
  return worldOf(replaceByName(common, own), { partial });
}

/**
 * Reads several worlds that have some files in common, those once. Worlds whose own files hold the same cluster objects, or
 * none, share one snapshot object. What is wrong in the common files is reported once.
 */
export async function readWorlds(
  own: readonly (readonly InputFile[])[],
  common: readonly InputFile[],
  options: ReadOptions,
): Promise<Outcome<readonly World[]>> {
  const read = createReader(options, false, new Map());
  const shared = await read(common);
  const collections: Collection[] = [];
  for (const files of own) collections.push(await read(files));
  const outcomes: Outcome<World>[] = [];
  for (const each of collections) {
    const [first] = collections;
    const isSame = first !== undefined && first !== each && haveSameCluster(first, each);
    const snapshot = isSame ? outcomes[0]?.value?.snapshot : null;
    const parts = options.planned ? replaceByName(shared, each) : [shared, each];
    outcomes.push(worldOf(parts, { known: snapshot ?? null, partial: options.tolerated !== null }));
  }
  const diagnostics = [...new Set(outcomes.flatMap((outcome) => outcome.diagnostics))];
  const worlds = outcomes.flatMap(({ value }) => value ?? []);
  return { value: worlds.length < own.length ? null : worlds, diagnostics };
}

/** Reads files one after another into one collection; what they have in common is pooled. */
function createReader(
  options: ReadOptions,
  snapshotPolicies: boolean,
  knownFiles: KnownFiles | null,
): (files: readonly InputFile[]) => Promise<Collection> {
  const { namespace, namedPortsInit } = options;
  const snapshot = { namespace, namedPortsInit, pool: createPool() };
  return async (files) => {
    const all = createCollection();
    for (const file of files) {
      const name = file.name === '-' ? '<stdin>' : file.name;
      const policiesCount = file.role === 'policies' || snapshotPolicies;
      const found = await readFile(file, { name, role: file.role, policiesCount, options, snapshot, knownFiles });
      addCollection(all, found);
      if (file.role === 'policies') all.problems.addAll(emptyFile(name, found));
    }
    return all;
  };
}

/** An empty file of policies would compile to "everything is allowed". */
function emptyFile(name: string, { objects, problems }: Collection): readonly Diagnostic[] {
  if (objects > 0 || hasErrors(problems.found)) return [];
  const source = { ...wholeSource(name, ''), text: null };
  return [diagnose('NP1001', { file: name }, { source, start: 0, end: 0 })];
}

/** How objects become a world. */
interface Assembly {
  /** The snapshot of the same cluster objects, when it has been made before. */
  readonly known?: Snapshot | null;
  /** Give a world of what could be read also beside errors. */
  readonly partial: boolean;
}

function worldOf(collections: readonly Collection[], { known = null, partial }: Assembly): Outcome<World> {
  const all = createCollection();
  for (const each of collections) addCollection(all, each);
  const problems = createDiagnosticList();
  problems.addAll(all.problems.found);
  const policies = sortDistinct('NetworkPolicy', all.policies, ({ origin }) => origin.span, problems);
  const clusterPolicies = orderedClusterPolicies(all.clusterPolicies, problems);
  const snapshot = known ?? snapshotOf(all, problems);
  if (!partial && hasErrors(problems.found)) return { value: null, diagnostics: problems.found };
  const skippedByKind = new Map([...all.skippedByKind].sort(([a], [b]) => (a < b ? -1 : 1)));
  const { documentByPolicy } = all;
  return {
    value: { policies, clusterPolicies, snapshot, skippedByKind, documentByPolicy },
    diagnostics: problems.found,
  };
}

function snapshotOf(all: Collection, problems: DiagnosticList): Snapshot {
  const placeOf = ({ source }: { readonly source: Source }): Span => ({ source, start: 0, end: 0 });
  const pods = sortDistinct('Pod', all.pods, placeOf, problems);
  const services = sortDistinct('Service', all.services, placeOf, problems);
  const namespaces = sortDistinct('Namespace', all.namespaces, placeOf, problems);
  const nodes = sortDistinct('Node', all.nodes, placeOf, problems);
  const dnsSnapshots = sortDistinct('DNSSnapshot', all.dnsSnapshots, placeOf, problems);
  const podTemplates = orderedTemplates(all.podTemplates, problems);
  const namespaceByName = new Map(namespaces.map((each) => [each.name, each]));
  const nodeByName = new Map(nodes.map((each) => [each.name, each]));
  return { namespaceByName, pods, nodeByName, services, dnsSnapshots, podTemplates };
}

/** A Pod that is there twice has been reported among the pods. */
function orderedTemplates(found: readonly PodTemplate[], problems: DiagnosticList): readonly PodTemplate[] {
  const kinds = [...groupBy(found, ({ kind }) => kind)].sort(([a], [b]) => (a < b ? -1 : 1));
  const distinct = kinds.flatMap(([kind, templates]) =>
    sortDistinct(
      kind,
      templates,
      ({ source }) => ({ source, start: 0, end: 0 }),
      kind === 'Pod' ? createDiagnosticList() : problems,
    ),
  );
  return distinct.sort(compareObjects);
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
