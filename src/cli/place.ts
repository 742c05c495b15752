// `-o`: what the path on the command line stands for.
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { isSystemError, reasonOf } from '../host/system-error.ts';
import type { ScopeFlags } from './scope-options.ts';

/**
 * Where results go. `missing` is a path at which nothing stands yet and that reads like a file's; `oneEach` a folder
 * with one folder for every node.
 */
export type Place =
  | { readonly kind: 'stdout' }
  | { readonly kind: 'file'; readonly path: string; readonly missing: boolean }
  | { readonly kind: 'folder'; readonly path: string; readonly oneEach: boolean };

/**
 * Decides where results go. What stands at the path decides; where nothing does, a name with an ending (`n1.nft`) is a
 * file and any other (`rules`, `rules.d/`) a folder.
 */
export async function placeOf({ output, eachNode }: ScopeFlags, host: Host): Promise<Outcome<Place>> {
  if (output === undefined) return done({ kind: 'stdout' });
  try {
    const kind = await host.kindOf(output);
    const folder =
      kind === 'folder' || (kind === 'missing' && (eachNode === true || !/[^./][^/]*\.[^/]+$/.test(output)));
    const oneEach = eachNode === true;
    if (folder) return done({ kind: 'folder', path: output.replace(/(?<=.)\/+$/, ''), oneEach });
    if (!oneEach) return done({ kind: 'file', path: output, missing: kind === 'missing' });
    const problem = `\`--each-node\` needs a folder to write into, and \`${output}\` is a file`;
    return { value: null, diagnostics: [diagnose('NP7005', { problem }, null)] };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { value: null, diagnostics: [diagnose('NP7004', { file: output, reason: reasonOf(error) }, null)] };
  }
}

function done(value: Place): Outcome<Place> {
  return { value, diagnostics: [] };
}
