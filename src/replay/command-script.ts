// Commands of an engine as lines of a session's shell script, and the files that they read.
import type { HostCommand } from '../target.ts';

/** A command, the folder that it runs in, and the file for its standard input, relative to the script. */
export interface CommandScript {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly stdin: string | null;
}

/** Puts what commands read beside the script, and says in which folder under `engine/` each of them runs. */
export function commandScripts(
  files: Map<string, string | Uint8Array>,
  prefix: string,
  commands: readonly HostCommand[],
  folderOf: (index: number) => string,
): readonly CommandScript[] {
  return commands.map(({ argv, stdin, files: own = [] }, index) => {
    const folder = `engine/${folderOf(index)}`;
    for (const { name, content } of own) files.set(`${folder}/${name}`, content);
    if (stdin !== null) files.set(`${prefix}-${index}`, stdin);
    return { argv, folder, stdin: stdin === null ? null : `${prefix}-${index}` };
  });
}

/** The line. Files are opened before the folder is changed; what the command says goes to standard error, or to a file or `&3`. */
export function commandLine({ argv, folder, stdin }: CommandScript, output: string | null = null): string {
  const run = `(mkdir -p ${folder} && cd ${folder} && ${argv.map(quote).join(' ')})`;
  return `${run} < ${stdin ?? '/dev/null'} >${output ?? '&2'}`;
}

/** A word for the shell, whatever is in it. */
function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
