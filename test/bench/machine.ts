// Scripts of shell lines in namespaces of their own, with files beside them. Nothing is left, however they end.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { printText } from '../../src/diagnostics/text.ts';
import { createRealHost } from '../../src/host/real-host.ts';
import { inNamespaces, scriptHead } from '../../src/replay/namespaces.ts';
import { prepareEngine, type PreparedFiles } from '../../src/replay/prepare-engine.ts';
import type { Engine } from '../../src/target.ts';

const host = createRealHost();

/** Files by their path from the script's folder; those of an engine's commands stand under `engine/`. */
export type ScriptFiles = Map<string, string | Uint8Array>;

/** Runs the lines as root of fresh network, mount and process namespaces and gives what they print. Throws when one fails. */
export async function runScript(lines: readonly string[], files: ScriptFiles): Promise<string> {
  const folder = await host.makeTemporaryFolder();
  try {
    for (const [name, content] of [...files, ['script.sh', [...scriptHead, ...lines, ''].join('\n')] as const]) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    const { exitCode, stdout, stderr } = await host.run({
      argv: inNamespaces(host, join(folder, 'script.sh')),
      stdin: null,
    });
    if (exitCode !== 0) throw new Error(`a script of the benchmark ended with ${exitCode}:\n${stderr}`);
    return stdout;
  } finally {
    await host.remove(folder);
  }
}

/** What an engine makes ready, such as a program built from source. Throws when it cannot. */
export async function prepared(engine: Engine): Promise<PreparedFiles> {
  const { value, diagnostics } = await prepareEngine(engine, host);
  if (value === null) throw new Error(printText(diagnostics, { color: false }));
  return value;
}
