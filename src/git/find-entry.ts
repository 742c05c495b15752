// A path in a revision → what is there, links followed as a kernel follows them.
import type { GitFolder } from './git-tree.ts';

/** What a path leads to. */
export type Found =
  | { readonly kind: 'file'; readonly oid: string }
  | { readonly kind: 'folder'; readonly folder: GitFolder; readonly realPath: string }
  | { readonly kind: 'missing' }
  | Stopped;

/**
 * There is no telling what a path leads to. `at` is what a link says for `nowhere` and `outside`, and for the others the
 * path from the root of what stopped the search. `unread`: the text of the link is not known.
 */
export interface Stopped {
  readonly kind: 'stopped';
  readonly why: 'nowhere' | 'outside' | 'circle' | 'unread' | 'submodule' | 'twice';
  readonly at: string;
}

/** How many links the kernel follows in one path. Source: path_resolution(7). */
const maxLinks = 40;

/** Where the search is, and what lies ahead of it. */
interface Walk {
  /** From the root down, one more than there are names. */
  readonly folders: GitFolder[];
  readonly names: string[];
  /** The next step is the last. */
  readonly ahead: string[];
  links: number;
  /** The link whose text is being followed, until fewer than `end` steps lie ahead. */
  link: { readonly text: string; readonly end: number } | null;
}

/** Follows `steps` from the root. `textByOid` has the text of every link that could be read. */
export function findEntry(root: GitFolder, steps: readonly string[], textByOid: ReadonlyMap<string, string>): Found {
  const walk: Walk = { folders: [root], names: [], ahead: [...steps].reverse(), links: 0, link: null };
  for (let step = walk.ahead.pop(); step !== undefined; step = walk.ahead.pop()) {
    if (walk.link !== null && walk.ahead.length < walk.link.end) walk.link = null;
    const found = walk.link !== null && isRelative(step) ? moveRelatively(walk, step) : enter(walk, step, textByOid);
    if (found !== null) return found;
  }
  return { kind: 'folder', folder: folderOf(walk), realPath: walk.names.join('/') };
}

/** Only links have such steps: git knows no other way to write a path from the root. */
function isRelative(step: string): boolean {
  return step === '' || step === '.' || step === '..';
}

function moveRelatively({ folders, names, link }: Walk, step: string): Found | null {
  if (step !== '..') return null;
  if (names.pop() === undefined) return { kind: 'stopped', why: 'outside', at: link?.text ?? '' };
  folders.pop();
  return null;
}

/** Goes one step down. Null when there is more to do. */
function enter(walk: Walk, step: string, textByOid: ReadonlyMap<string, string>): Found | null {
  const entry = folderOf(walk).entryByName.get(step);
  const at = [...walk.names, step].join('/');
  switch (entry?.kind) {
    case undefined:
      return missing(walk);
    case 'file':
      return walk.ahead.length > 0 ? missing(walk) : entry;
    case 'folder':
      walk.folders.push(entry);
      walk.names.push(step);
      return null;
    case 'link':
      return follow(walk, at, textByOid.get(entry.oid));
    case 'submodule':
    case 'twice':
      return { kind: 'stopped', why: entry.kind, at };
  }
}

function follow(walk: Walk, at: string, text: string | undefined): Found | null {
  if (text === undefined) return { kind: 'stopped', why: 'unread', at };
  if (++walk.links > maxLinks) return { kind: 'stopped', why: 'circle', at };
  if (text.startsWith('/')) return { kind: 'stopped', why: 'outside', at: text };
  walk.link = { text, end: walk.link?.end ?? walk.ahead.length };
  if (text === '') return missing(walk);
  walk.ahead.push(...text.split('/').reverse());
  return null;
}

function missing({ link }: Walk): Found {
  return link === null ? { kind: 'missing' } : { kind: 'stopped', why: 'nowhere', at: link.text };
}

function folderOf({ folders }: Walk): GitFolder {
  const folder = folders.at(-1);
  if (folder === undefined) throw new Error('the search has left the root');
  return folder;
}
