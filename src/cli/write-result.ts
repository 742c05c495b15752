// A result's way to its reader: standard output, or a file that is there wholly or not at all.
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { CommandResult } from './command-result.ts';
import { createStaging } from './staging.ts';

/** The result with its output written to the file; as it is without one. */
export async function writeResult(
  result: CommandResult,
  output: string | undefined,
  host: Host,
): Promise<CommandResult> {
  if (output === undefined || hasErrors(result.diagnostics)) return result;
  const problems = await writeFile(output, result.output.join(''), host);
  const diagnostics = [...result.diagnostics, ...problems];
  const remarks = problems.length === 0 ? [...result.remarks, `wrote ${output}`] : result.remarks;
  return { ...result, diagnostics, remarks, output: [] };
}

async function writeFile(path: string, content: string, host: Host): Promise<readonly Diagnostic[]> {
  const staging = createStaging({ kind: 'file', path, missing: true }, host);
  const problems = await staging.add([{ name: '', content }], '');
  if (problems.length > 0) {
    await staging.discard();
    return problems;
  }
  return staging.commit();
}
