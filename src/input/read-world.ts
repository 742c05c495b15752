// Files → the world: every policy and every cluster object, typed and checked. The front of the pipeline.
import { diagnose, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../collections/get-or-make.ts';
import { createDiagnosticList, type DiagnosticList } from '../diagnostics/diagnostic-list.ts';
import { clusterPolicyKey, compareClusterPolicies, type ClusterPolicy } from '../policy/cluster-policy.ts';
import { createPool } from '../snapshot/pool.ts';
import type { PodTemplate } from '../snapshot/snapshot.ts';
import { wholeSource } from '../source/source.ts';
import { addCollection, createCollection, haveSameCluster, replaceByName, type Collection } from './collection.ts';
import { compareObjects, sortDistinct } from './distinct.ts';
import { readFile } from './read-file.ts';
import type { InputFile, ReadOptions, World } from './world.ts';

/**
 * Reads all files. The value is null when anything is wrong that is an error; up to 100 errors are reported.
 *
 * Policies come from the files that were given as policies, or from snapshots when there are none. The order of files
 * and objects changes nothing but the order of diagnostics. Memory: what the world keeps, and for one file at a time a
 * chunk of JSON or the whole of a YAML file. Source: S-101 to S-112, S-301 to S-324.
 */
export async function readWorld(files: readonly InputFile[], options: ReadOptions): Promise<Outcome<World>> {
  const policiesGiven = files.some(({ role }) => role === 'policies');
  const read = createReader(options, !policiesGiven);
  if (!options.planned) return worldOf([await read(files)]);
  const isSnapshot = ({ role }: InputFile): boolean => role === 'snapshot';
  const common = await read(files.filter(isSnapshot));
  const own = await read(files.filter((file) => !isSnapshot(file)));
  return worldOf(replaceByName(common, own));
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
  const read = createReader(options, false);
  const shared = await read(common);
  const collections: Collection[] = [];
  for (const files of own) collections.push(await read(files));
  const outcomes = collections.map((each) => worldOf(options.planned ? replaceByName(shared, each) : [shared, each]));
  const diagnostics = [...new Set(outcomes.flatMap((outcome) => outcome.diagnostics))];
  const worlds = outcomes.flatMap(({ value }) => value ?? []);
  if (worlds.length < own.length) return { value: null, diagnostics };
  return { value: worlds.map((world, index) => shareSnapshot(world, worlds, collections, index)), diagnostics };
}

/** The first world's snapshot, when this one's own files say the same about the cluster. */
function shareSnapshot(
  world: World,
  worlds: readonly World[],
  collections: readonly Collection[],
  index: number,
): World {
  const [first, own, firstWorld] = [collections[0], collections[index], worlds[0]];
  if (first === undefined || own === undefined || firstWorld === undefined || !haveSameCluster(first, own))
    return world;
  return { ...world, snapshot: firstWorld.snapshot };
}

/** Reads files one after another into one collection; what they have in common is pooled. */
function createReader(
  options: ReadOptions,
  snapshotPolicies: boolean,
): (files: readonly InputFile[]) => Promise<Collection> {
  const { namespace, namedPortsInit } = options;
  const snapshot = { namespace, namedPortsInit, pool: createPool() };
  return async (files) => {
    const all = createCollection();
    for (const file of files) {
      const name = file.name === '-' ? '<stdin>' : file.name;
      const policiesCount = file.role === 'policies' || snapshotPolicies;
      const found = await readFile(file, { name, role: file.role, policiesCount, options, snapshot });
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

function worldOf(collections: readonly Collection[]): Outcome<World> {
  const all = createCollection();
  for (const each of collections) addCollection(all, each);
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
  const podTemplates = orderedTemplates(all.podTemplates, problems);
  if (hasErrors(problems.found)) return { value: null, diagnostics: problems.found };
  const namespaceByName = new Map(namespaces.map((each) => [each.name, each]));
  const nodeByName = new Map(nodes.map((each) => [each.name, each]));
  const skippedByKind = new Map([...all.skippedByKind].sort(([a], [b]) => (a < b ? -1 : 1)));
  const snapshot = { namespaceByName, pods, nodeByName, services, dnsSnapshots, podTemplates };
  return { value: { policies, clusterPolicies, snapshot, skippedByKind }, diagnostics: problems.found };
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
