// Starts a task in namespaces of its own and brings back its report. Nothing is left, however it ends.
import { fileURLToPath } from 'node:url';
import { printText } from '../../src/diagnostics/text.ts';
import { createRealHost } from '../../src/host/real-host.ts';
import { inNamespaces } from '../../src/replay/namespaces.ts';
import { prepareEngine } from '../../src/replay/prepare-engine.ts';
import type { Engine } from '../../src/target.ts';
import type { Reports } from './inside.ts';
import { setupScript } from './setup.ts';

const host = createRealHost();

const [register, inside] = ['../../scripts/register.mjs', './inside.ts'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** Throws, with what the session said, when the task does not come to its end. */
export async function runTask<T extends keyof Reports>(engine: Engine, task: T, seed = 0): Promise<Reports[T]> {
  const { value: prepared, diagnostics } = await prepareEngine(engine, host);
  if (prepared === null) throw new Error(printText(diagnostics, { color: false }));
  const folder = await host.makeTemporaryFolder();
  try {
    for (const [name, content] of prepared) await put(`${folder}/engine/${name}`, content);
    const node = `'${process.execPath}' --import '${register}' '${inside}' '${engine.name}' ${task} ${seed}`;
    await put(`${folder}/session.sh`, setupScript(node));
    const { exitCode, stdout, stderr } = await host.run({
      argv: inNamespaces(host, `${folder}/session.sh`),
      stdin: null,
    });
    if (exitCode !== 0) throw new Error(`the session ended with ${exitCode}:\n${stderr}`);
    return JSON.parse(stdout) as Reports[T];
  } finally {
    await host.remove(folder);
  }
}

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await (await host.stage(path, content)).commit();
}
