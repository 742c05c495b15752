// Objects → files, in the many ways in which people write them.
import { stringify } from 'yaml';
import type { InputFile } from '../../../src/input/world.ts';
import { textAt, type Json, type Manifest } from './manifest.ts';
import type { Random } from './random.ts';

/** How a world is written down. Means nothing: the same world comes out whatever is chosen. */
export interface Rendering {
  readonly policies: FileStyle;
  readonly cluster: FileStyle;
  /** The policies stand in the snapshot, as `kubectl get …,netpol` prints them, and not in files of their own. */
  readonly together: boolean;
}

export type FileStyle =
  'yaml' | 'yaml-list' | 'yaml-flow' | 'yaml-quoted' | 'json' | 'json-indented' | 'one-file-each' | 'typed-lists';

/** Read ten times as fast as YAML. */
export const jsonRendering: Rendering = { policies: 'json', cluster: 'json', together: false };

const styles = [
  'yaml',
  'yaml-list',
  'yaml-flow',
  'yaml-quoted',
  'json',
  'json-indented',
  'one-file-each',
  'typed-lists',
] as const;

export function randomRendering(random: Random): Rendering {
  return { policies: random.pick(styles), cluster: random.pick(styles), together: random.chance(0.15) };
}

/** The files of a world. Files without any object are left out. */
export function renderFiles({
  policies,
  clusterPolicies,
  cluster,
  rendering,
}: {
  readonly policies: readonly Manifest[];
  readonly clusterPolicies: readonly Manifest[];
  readonly cluster: readonly Manifest[];
  readonly rendering: Rendering;
}): readonly InputFile[] {
  const all = [...policies, ...clusterPolicies];
  const snapshot = rendering.together ? [...cluster, ...all] : cluster;
  return [
    ...(rendering.together ? [] : filesOf(all, rendering.policies, 'policies')),
    ...filesOf(snapshot, rendering.cluster, 'snapshot'),
  ];
}

/** Many documents of YAML as a person writes them; also the form of golden cases. */
export function yamlDocuments(objects: readonly Manifest[]): string {
  return objects.map((object) => yaml(object)).join('---\n');
}

function filesOf(objects: readonly Manifest[], style: FileStyle, role: InputFile['role']): readonly InputFile[] {
  if (objects.length === 0) return [];
  if (style === 'one-file-each')
    return objects.map((object, index) => file(`${role}/${index}.yaml`, role, yaml(object)));
  if (style === 'typed-lists')
    return typedLists(objects).map((list, index) => file(`${role}/${index}.json`, role, JSON.stringify(list)));
  return [file(`${role}.${style.startsWith('json') ? 'json' : 'yaml'}`, role, textOf(objects, style))];
}

/** As the API server answers: a `PodList`, whose items do not repeat what they are. */
function typedLists(objects: readonly Manifest[]): readonly Manifest[] {
  const kinds = [...new Set(objects.map((object) => textAt(object, 'kind') ?? ''))];
  return kinds.map((kind) => {
    const items = objects.filter((object) => object['kind'] === kind);
    const { apiVersion = 'v1' } = items[0] ?? {};
    return { apiVersion, kind: `${kind}List`, items: items.map(({ apiVersion: _, kind: __, ...rest }) => rest) };
  });
}

function textOf(objects: readonly Manifest[], style: Exclude<FileStyle, 'one-file-each' | 'typed-lists'>): string {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  switch (style) {
    case 'yaml':
      return yamlDocuments(objects);
    case 'yaml-list':
      return yaml(list);
    case 'yaml-flow':
      return yaml(list, { collectionStyle: 'flow' });
    case 'yaml-quoted':
      return objects.map((object) => yaml(object, { defaultStringType: 'QUOTE_DOUBLE' })).join('---\n');
    case 'json':
      return JSON.stringify(list);
    case 'json-indented':
      return JSON.stringify(list, null, 4);
  }
}

/** Quotes what YAML 1.1 would read differently, as a careful author does (S-107). */
function yaml(value: Json, options: object = {}): string {
  return stringify(value, { compat: 'yaml-1.1', aliasDuplicateObjects: false, ...options });
}

/** In chunks of odd sizes, cut anywhere, also inside a character or a number. */
function file(name: string, role: InputFile['role'], text: string): InputFile {
  const bytes = new TextEncoder().encode(text);
  return {
    name,
    role,
    async *chunks() {
      await Promise.resolve();
      for (let start = 0; start < bytes.length; start += 997) yield bytes.subarray(start, start + 997);
    },
  };
}
