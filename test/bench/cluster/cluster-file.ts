// Cluster files on disk, made once and kept in `.bench/`.
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Manifest } from '../../properties/world/manifest.ts';
import { clusterManifests } from './manifests.ts';
import { planCluster, type ClusterSize } from './plan.ts';

export const benchFolder = resolve(import.meta.dirname, '../../../.bench');

/** `kubectl` indents by four, `jq -c` by nothing. Four makes 150,000 pods longer than a JavaScript string may be. */
export type Indent = 0 | 4;

/** Path of the file for a size; written when it is not there yet. Streams: memory does not grow with the cluster. */
export async function clusterFile(size: ClusterSize, indent: Indent = 0): Promise<string> {
  const path = join(benchFolder, `cluster-${size.pods}-${size.nodes}-${size.policies}-indent${indent}.json`);
  if (existsSync(path)) return path;
  mkdirSync(benchFolder, { recursive: true });
  const unfinished = `${path}.part`;
  await pipeline(Readable.from(listText(clusterManifests(planCluster(size)), indent)), createWriteStream(unfinished));
  renameSync(unfinished, path);
  return path;
}

/** A List as kubectl prints it: keys sorted, `kind` after `items`. Pieces of about 256 KB. */
function* listText(objects: Iterable<Manifest>, indent: Indent): Generator<string> {
  const [newline, space] = indent === 0 ? ['', ''] : ['\n', ' '];
  const inner = (levels: number): string => newline + ' '.repeat(indent * levels);
  let pending = `{${inner(1)}"apiVersion":${space}"v1",${inner(1)}"items":${space}[`;
  let separator = '';
  for (const object of objects) {
    const text = JSON.stringify(object, null, indent).replaceAll('\n', inner(2));
    pending += `${separator}${inner(2)}${text}`;
    separator = ',';
    if (pending.length < 2 ** 18) continue;
    yield pending;
    pending = '';
  }
  yield `${pending}${inner(1)}],${inner(1)}"kind":${space}"List",${inner(1)}"metadata":${space}{${inner(2)}"resourceVersion":${space}""${inner(1)}}${newline}}\n`;
}
