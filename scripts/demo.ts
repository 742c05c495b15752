// `npm run demo`: the main job on the three-tier example, with nothing but Node installed. `--brief` prints less.
import { runCli } from '../src/cli/run-cli.ts';
import { createRealHost } from '../src/host/real-host.ts';

const host = createRealHost();
const brief = process.argv.includes('--brief');
const input = ['examples/three-tier/policies.yaml', '-s', 'examples/three-tier/cluster.yaml'];
const compile = ['compile', ...input, '--node', 'worker-1', '--target', 'nftables'];
const failures: string[] = [];

await show('The ruleset for one node. Comments say which policy, file and line stand behind a rule.', compile);
await show('An allowed connection, explained.', trace('shop/api-0'));
await show('A denied one.', trace('shop/web-0'));
await show('What the shop relies on, checked.', [
  'test',
  ...input,
  '--flows',
  'examples/three-tier/expectations.flows',
]);
await checkWithNft();
if (failures.length > 0) {
  say(`\nFailed: ${failures.join('; ')}\n`);
  process.exitCode = 1;
}

function trace(from: string): readonly string[] {
  return ['trace', ...input, '--from', from, '--to', 'shop/db-0', '--port', '5432'];
}

async function show(title: string, words: readonly string[]): Promise<void> {
  say(`\n── ${title}\n$ netpolc ${words.join(' ')}\n\n`);
  const quiet = brief && words[0] === 'compile';
  const exitCode = await runCli(words, quiet ? { ...host, writeOut: async () => undefined } : host);
  if (quiet) say('(printed without --brief)\n');
  if (exitCode !== 0) failures.push(`netpolc ${words[0] ?? ''} ended with ${exitCode}`);
}

/** Has the kernel's own parser read the ruleset, where nft is and may be used. Loads nothing. */
async function checkWithNft(): Promise<void> {
  say('\n── The kernel’s own parser reads the ruleset; nothing is loaded.\n');
  const found = await host.run({ argv: ['nft', '--version'], stdin: null });
  if (found.exitCode !== 0) {
    say('nft is not installed here, so this step is left out.\n');
    return;
  }
  const allowed = await host.run({ argv: ['nft', '--check', '-f', '-'], stdin: 'add table inet netpolc\n' });
  if (allowed.exitCode !== 0) {
    say('nft may not be used here without more rights, so this step is left out.\n');
    return;
  }
  const exitCode = await runCli([...compile, '--check'], { ...host, writeOut: async () => undefined });
  if (exitCode === 0) say(`${found.stdout.trim()} accepts it.\n`);
  else failures.push('nft --check');
}

function say(text: string): void {
  process.stdout.write(text);
}
