// The script for bash, run by bash: what it offers for words that somebody has typed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { printBash } from '../../../src/cli/completion/print-bash.ts';
import { describe } from '../../kit/suite.ts';
import { hostileProgram, scriptFor } from './scripts.ts';

const script = await scriptFor('bash');
const folder = mkdtempSync(join(tmpdir(), 'netpolc-completion-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Runs the function of a script as readline would. `files`: the words are left to bash, which completes files. */
function complete(words: readonly string[], text = script): { readonly offered: readonly string[]; files: boolean } {
  const code = `${text}
compopt() { [[ $* == '+o default' ]] && files=no; }
files=yes COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
registration=$(complete -p netpolc)
[[ $registration == *'-o default'* ]] || exit 1
function=\${registration#* -F }
"\${function%% *}"
printf '%s\\n' "$files" "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['--norc', '-u', '-c', code, 'bash', ...words], {
    encoding: 'utf8',
    cwd: folder,
  });
  const [files, ...offered] = output.split('\n').slice(0, -1);
  return { offered: offered.filter((word) => word !== ''), files: files === 'yes' };
}

describe('completion in bash', (test) => {
  test('offers the commands', () => {
    assert.equal(complete(['netpolc', 'com']).offered, ['compile', 'completion']);
    assert.equal(complete(['netpolc', 'ex']), { offered: ['explain'], files: false });
    assert.equal(complete(['netpolc', 'help', 'tr']).offered, ['trace']);
    assert.ok(complete(['netpolc', '']).offered.includes('help'));
  });

  test('offers the options of the program and of a command', () => {
    assert.equal(complete(['netpolc', '--']).offered, ['--version', '--help']);
    assert.equal(complete(['netpolc', 'compile', '--e']).offered, ['--each-node']);
    assert.equal(complete(['netpolc', 'trace', 'policies', '--no-c']).offered, ['--no-config']);
    assert.equal(complete(['netpolc', 'trace', '--e']).offered, ['--expect']);
    assert.equal(complete(['netpolc', 'explain', '--each']).offered, []);
  });

  test('offers the values of an option, also behind `=`', () => {
    const targets = ['nftables', 'iptables', 'ebpf'];
    assert.equal(complete(['netpolc', 'compile', '--target', '']), { offered: targets, files: false });
    assert.equal(complete(['netpolc', 'compile', '--target', '=']).offered, targets);
    assert.equal(complete(['netpolc', 'compile', '--target', '=', 'e']).offered, ['ebpf']);
    assert.equal(complete(['netpolc', 'test', '--engine', 'iptables']).offered, ['iptables', 'iptables-legacy']);
    assert.equal(complete(['netpolc', 'completion', '']).offered, ['bash', 'zsh', 'fish']);
  });

  test('leaves paths to bash', () => {
    const files = { offered: [], files: true };
    assert.equal(complete(['netpolc', 'compile', '']), files);
    assert.equal(complete(['netpolc', 'compile', '-s', 'clu']), files);
    assert.equal(complete(['netpolc', 'test', '--flows', '=', '']), files);
    assert.equal(complete(['netpolc', 'ir', '-o', '']), files);
    assert.equal(complete(['netpolc', 'ir', '--config', '']), files);
  });

  test('offers nothing where only a name fits', () => {
    const nothing = { offered: [], files: false };
    assert.equal(complete(['netpolc', 'compile', '--node', '']), nothing);
    assert.equal(complete(['netpolc', 'trace', '--from', 'prod/']), nothing);
    assert.equal(complete(['netpolc', 'explain', 'NP']), nothing);
  });

  test('also completes the kubectl plug-in', () => {
    assert.match(script, /^complete -o default -F _netpolc netpolc kubectl-netpolc$/m);
  });

  test('whatever stands in the definitions is text', () => {
    const text = printBash(hostileProgram());
    const all = ['two words', "it's", '$(touch bad)', 'plain'];
    assert.equal(complete(['netpolc', 'go', '--pick', ''], text).offered, all);
    assert.equal(complete(['netpolc', 'go', '--pick', '$'], text).offered, ['$(touch bad)']);
    assert.equal(complete(['netpolc', 'go', ''], text).offered, ['a:b', '`touch bad`']);
    assert.equal(complete(['netpolc', 'go', '--f'], text).offered, ['--flag']);
    assert.not.ok(existsSync(join(folder, 'bad')));
  });

  test('what somebody typed is text', () => {
    assert.equal(complete(['netpolc', '*']).offered, []);
    assert.equal(complete(['netpolc', '$(touch bad)', '--engine', '`touch bad`']).offered, []);
    assert.not.ok(existsSync(join(folder, 'bad')));
  });
});
