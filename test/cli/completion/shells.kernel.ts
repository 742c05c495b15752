// The scripts for zsh and fish, run by these shells, which CI installs. It stands beside the tests of the kernel because it
// needs programs that not everybody has; where one is missing it fails.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { printFish } from '../../../src/cli/completion/print-fish.ts';
import { printZsh } from '../../../src/cli/completion/print-zsh.ts';
import type { ProgramWords } from '../../../src/cli/completion/program-words.ts';
import { describe } from '../../kit/suite.ts';
import { hostileProgram, scriptFor } from './scripts.ts';

const folder = mkdtempSync(join(tmpdir(), 'netpolc-completion-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const files = join(folder, 'files');
mkdirSync(files);
writeFileSync(join(files, 'cluster.json'), '{}');

/** What zsh would list for a line, on a terminal of its own: every match passes through `compadd`. */
const zshProbe = `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "cd $2; PROMPT=; autoload -Uz compinit; compinit -u -D; source $1"
zpty -w z 'finish () { print -r -- "</END/>"; compstate[insert]=; compstate[list]=; }'
zpty -w z 'compadd () {
  if (( \${@[(I)-[OAD]]} )); then builtin compadd "$@"; return; fi
  local -a found; builtin compadd -O found "$@"; print -rl -- "" "<"\${^found}">"; builtin compadd "$@" }'
zpty -w z "zle -C probe complete-word _main_complete; bindkey '^I' probe; comppostfuncs=(finish)"
zpty -w z 'print READY'
zpty -r z out '*READY*READY*'
zpty -n -w z "$3"$'\\t'
zpty -r z out '*</END/>*'
print -r -- "$out"
zpty -d z`;

function zsh(line: string, script: string): readonly string[] {
  const output = execFileSync('zsh', ['-f', '-c', zshProbe, 'zsh', script, files, line], { encoding: 'utf8' });
  return [...output.matchAll(/^<(.+)>\r*$/gm)].map(([, word = '']) => word).filter((word) => word !== '/END/');
}

/** What fish offers for a line, without the descriptions. */
function fish(line: string, script: string): readonly string[] {
  const code = 'source $argv[1]; complete -C $argv[2]';
  const options = { encoding: 'utf8', cwd: files, env: { ...process.env, HOME: folder } } as const;
  const output = execFileSync('fish', ['--no-config', '-c', code, script, line], options);
  return output
    .split('\n')
    .map((each) => each.split('\t')[0] ?? '')
    .filter((word) => word !== '');
}

interface Shell {
  readonly name: 'zsh' | 'fish';
  readonly offers: (line: string, script: string) => readonly string[];
  readonly print: (program: ProgramWords) => string;
  /** How `ebpf` is offered behind `--target=`. */
  readonly behindEquals: string;
}

const shells: readonly Shell[] = [
  { name: 'zsh', offers: zsh, print: printZsh, behindEquals: 'ebpf' },
  { name: 'fish', offers: fish, print: printFish, behindEquals: '--target=ebpf' },
];

for (const { name, offers, print, behindEquals } of shells) {
  const own = join(folder, `netpolc.${name}`);
  writeFileSync(own, await scriptFor(name));
  const hostile = join(folder, `hostile.${name}`);
  writeFileSync(hostile, print(hostileProgram()));
  const sorted = (line: string, script = own): readonly string[] => [...offers(line, script)].sort();

  describe(`completion in ${name}`, (test) => {
    test('the scripts are sound', () => {
      for (const script of [own, hostile]) execFileSync(name, ['-n', script]);
    });

    test('offers the commands', () => {
      assert.equal(sorted('netpolc com'), ['compile', 'completion']);
      assert.equal(sorted('netpolc help tr'), ['trace']);
      assert.equal(sorted('kubectl-netpolc com'), ['compile', 'completion']);
    });

    test('offers the options of a command', () => {
      assert.equal(sorted('netpolc compile --each'), ['--each-node']);
      assert.equal(sorted('netpolc trace --each'), []);
    });

    test('offers the values of an option, also behind `=`', () => {
      assert.equal(sorted('netpolc compile --target '), ['ebpf', 'iptables', 'nftables']);
      assert.equal(sorted('netpolc compile --target=e'), [behindEquals]);
      assert.equal(sorted('netpolc completion '), ['bash', 'fish', 'zsh']);
    });

    test('offers files where paths fit, and nothing where only a name does', () => {
      assert.equal(sorted('netpolc compile clu'), ['cluster.json']);
      assert.equal(sorted('netpolc compile -s clu'), ['cluster.json']);
      assert.equal(sorted('netpolc compile --node clu'), []);
      assert.equal(sorted('netpolc explain clu'), []);
      assert.equal(sorted('netpolc clu'), []);
    });

    test('whatever stands in the definitions is text', () => {
      assert.equal(sorted('netpolc g', hostile), ['go']);
      assert.equal(sorted('netpolc go --pick ', hostile), ['$(touch bad)', "it's", 'plain', 'two words']);
      assert.equal(sorted('netpolc go ', hostile), ['`touch bad`', 'a:b']);
      assert.equal(sorted('netpolc go --f', hostile), ['--flag']);
      assert.not.ok(existsSync(join(files, 'bad')));
    });
  });
}
