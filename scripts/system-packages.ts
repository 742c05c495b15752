// The operating system's programs that the tests in the kernel and in a browser need, and how they get there.
import { access, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';

/** Program, or a file where there is no program → Debian package. */
const packageByProgram = {
  nft: 'nftables',
  'iptables-restore': 'iptables',
  ipset: 'ipset',
  conntrack: 'conntrack',
  tcpreplay: 'tcpreplay',
  tcpdump: 'tcpdump',
  ip: 'iproute2',
  unshare: 'util-linux',
  socat: 'socat',
  clang: 'clang',
  cc: 'gcc',
  bpftool: 'bpftool',
  zsh: 'zsh',
  fish: 'fish',
  chromium: 'chromium',
  '/usr/include/bpf/libbpf.h': 'libbpf-dev',
} as const;

/**
 * Installs what is missing when this is root on Debian or Ubuntu; prints the one command that does otherwise. Whatever
 * is still missing then makes those tests fail and say so.
 */
export async function installSystemPackages(): Promise<void> {
  const missing = await missingPackages();
  if (missing.length === 0) return;
  const install = ['apt-get', 'install', '--yes', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0 || !(await isDebian())) {
    console.log(`Some tests need programs that are not installed. As root, on Debian or Ubuntu:\n`);
    console.log(`  apt-get update && ${install.join(' ')}\n`);
    return;
  }
  console.log(`Installing ${missing.join(' ')}`);
  const options = {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    stdout: 'ignore',
    stderr: 'inherit',
    reject: false,
  } as const;
  await execa('apt-get', ['update', '--quiet'], options);
  const [program = '', ...args] = install;
  await execa(program, args, options);
}

async function missingPackages(): Promise<readonly string[]> {
  const found = await Promise.all(
    Object.entries(packageByProgram).map(async ([program, name]) => ((await isInstalled(program)) ? [] : [name])),
  );
  return [...new Set(found.flat())];
}

async function isInstalled(program: string): Promise<boolean> {
  const folders = program.startsWith('/')
    ? ['/']
    : [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const tries = await Promise.all(
    folders.map(async (folder) =>
      access(join(folder, program)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return tries.includes(true);
}

async function isDebian(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(?:_LIKE)?=.*(?:debian|ubuntu)/m.test(release);
}
