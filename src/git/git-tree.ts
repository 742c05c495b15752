// What `git ls-tree -r -z` prints → the folders of a revision.

/** One thing in a folder. `oid` names its content. `twice` is what a sound tree cannot hold: one name for two things. */
export type GitEntry =
  | GitFolder
  | { readonly kind: 'file'; readonly oid: string }
  | { readonly kind: 'link'; readonly oid: string }
  | { readonly kind: 'submodule' }
  | { readonly kind: 'twice' };

export interface GitFolder {
  readonly kind: 'folder';
  readonly entryByName: Map<string, GitEntry>;
}

/** Reads a listing: `MODE TYPE OID<tab>PATH<nul>`, paths from the root. Other modes than those of git do not occur. */
export function parseTree(listing: Uint8Array): GitFolder {
  const root: GitFolder = { kind: 'folder', entryByName: new Map() };
  for (let at = 0; at < listing.length;) {
    const tab = listing.indexOf(0x09, at);
    const end = listing.indexOf(0, tab);
    const [mode = '', , oid = ''] = decodeName(listing.subarray(at, tab)).split(' ');
    addEntry(root, decodeName(listing.subarray(tab + 1, end)), entryOf(mode, oid));
    at = end + 1;
  }
  return root;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A name as text. Names are bytes: where they are not UTF-8, those beyond ASCII are written as `\xE9`. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    const texts = [...bytes].map((byte) =>
      byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase()}`,
    );
    return texts.join('');
  }
}

function entryOf(mode: string, oid: string): GitEntry {
  if (mode === '160000') return { kind: 'submodule' };
  return { kind: mode === '120000' ? 'link' : 'file', oid };
}

function addEntry(root: GitFolder, path: string, entry: GitEntry): void {
  const steps = path.split('/');
  const name = steps.pop() ?? '';
  let folder = root;
  for (const step of steps) {
    const next = folder.entryByName.get(step) ?? { kind: 'folder', entryByName: new Map<string, GitEntry>() };
    folder.entryByName.set(step, next.kind === 'folder' ? next : { kind: 'twice' });
    if (next.kind !== 'folder') return;
    folder = next;
  }
  folder.entryByName.set(name, folder.entryByName.has(name) ? { kind: 'twice' } : entry);
}
