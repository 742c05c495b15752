// A script in namespaces of its own: how it is started, and what to say when it fails.
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { HostCommand, Program } from '../target.ts';

/** Files of a script, by name; the script itself is `session.sh`. */
export type ScriptFiles = ReadonlyMap<string, string | Uint8Array>;

/** What a script left: the folder that it ran in, which is gone once it was read, and its standard output. */
export interface Left {
  readonly folder: string;
  readonly stdout: string;
}

/**
 * Puts the files into a folder of their own, runs `session.sh` there in namespaces of its own, and reads what it left.
 * Errors: those of `whyFailed`, and of `read`. Nothing stays behind: namespaces end with the script, also when it is killed.
 */
export async function runScript<Value>(
  files: ScriptFiles,
  parts: Omit<FailedScript, 'stderr'>,
  host: Host,
  read: (left: Left) => Outcome<Value> | Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const folder = await host.makeTemporaryFolder();
  try {
    for (const [name, content] of files) await (await host.stage(`${folder}/${name}`, content)).commit();
    const argv = inNamespaces(host, `${folder}/session.sh`);
    const { exitCode, stdout, stderr } = await host.run({ argv, stdin: null });
    if (exitCode === 0) return await read({ folder, stdout });
    return { value: null, diagnostics: [await whyFailed(host, { ...parts, stderr })] };
  } finally {
    await host.remove(folder);
  }
}

/** A root user's own namespaces, or, for others, those of a user namespace in which they are root. */
export function inNamespaces(host: Host, script: string): HostCommand['argv'] {
  const user = host.uid === 0 ? [] : ['--user', '--map-root-user'];
  return ['unshare', ...user, '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', script];
}

/** The beginning of every such script: stop at the first failure, in the script's folder, with places to put things. */
export const scriptHead: readonly string[] = [
  'set -eu',
  'cd "$(dirname "$0")"',
  // A folder of namespaces of our own: `ip netns` looks for them under /run.
  'mount -t tmpfs tmpfs /run',
  'mkdir -p /run/netns engine',
  // Files of an engine may be programs.
  'chmod -R u+x engine',
  // Ordinary users may not; the engines that need it say so.
  'mount -t bpf bpf /sys/fs/bpf 2> /dev/null || true',
  'set_to() { echo "$2" > "/proc/sys/$1"; }',
];

/** Says on standard error which station follows, for `whyFailed`. */
export function announceStation(number: number): string {
  return `echo "station ${number}" >&2`;
}

export interface FailedScript {
  readonly programs: readonly Program[];
  /** What stations are called, by number. */
  readonly labels: readonly string[];
  readonly stderr: string;
}

/** A missing program, namespaces that may not be made, or artifacts that were refused, told from the script's last words. */
export async function whyFailed(host: Host, { programs, labels, stderr }: FailedScript): Promise<Diagnostic> {
  for (const program of programs) {
    const { exitCode } = await host.run({ argv: ['sh', '-c', `command -v ${program.name}`], stdin: null });
    if (exitCode === 0) continue;
    const hint = `install the package \`${program.package}\` (its name on Debian and Ubuntu)`;
    return diagnose('NP7001', { program: program.name }, null, { hint });
  }
  const [, at, words = stderr] = /.*^station (\d+)$(.*)/ms.exec(stderr) ?? [];
  const reason = words.trim();
  if (at === undefined) return diagnose('NP7040', { reason }, null);
  return diagnose('NP7041', { station: labels[Number(at)] ?? at, reason }, null);
}
