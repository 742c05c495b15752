import * as assert from 'uvu/assert';
import { Command } from 'commander';
import { applyConfig, type ConfiguredFlags } from '../../src/cli/apply-config.ts';
import { addInputOptions, type InputFlags } from '../../src/cli/input-options.ts';
import { createFakeHost, type FakeMachine } from '../../src/host/fake-host.ts';
import { header } from '../config/parse-text.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { cluster, dbPolicy, netpolc } from './shop.ts';

const inputs = 'policies: [policies]\nsnapshots: [cluster.yaml]\n';

/** A machine on which netpolc.yaml stands in the working folder. */
function configured(body: string, machine: FakeMachine = {}): FakeMachine {
  return { ...machine, files: { ...machine.files, 'netpolc.yaml': header + body } };
}

/** The options of a command with an input, after words and a configuration. */
async function optionsFor(words: readonly string[], body: string): Promise<InputFlags & ConfiguredFlags> {
  const command = addInputOptions(new Command('any')).parse(words, { from: 'user' });
  const { value, diagnostics } = await applyConfig(command, createFakeHost(configured(body)));
  assert.equal([value, diagnostics], [true, []]);
  return command.opts();
}

describe('netpolc.yaml', (test) => {
  test('gives every command with an input its input', async () => {
    const machine = configured(inputs, { files: { 'a.flows': 'allow prod/api -> prod/db:5432\n' } });
    for (const line of [
      'ir',
      'compile --target nftables',
      'trace --from prod/api --to prod/db --port 5432 --expect allow',
      'trace --from prod/api --to prod/db --port 5433 --expect deny',
      'test --flows a.flows --engine oracle',
    ]) {
      const { exitCode, err } = await netpolc(line, machine);
      assert.is(exitCode, 0, `${line}: ${err}`);
      assert.not.match(err, /netpolc\.yaml|error/, line);
    }
    assert.is((await netpolc('ir', machine)).err, '');
  });

  test('is found at or above the working folder, and paths in it are relative to its own', async () => {
    const files = { '/netpolc.yaml': header + inputs, '/policies/db.yaml': dbPolicy, '/cluster.yaml': cluster };
    const { exitCode, out } = await netpolc('ir', { files });
    assert.is(exitCode, 0);
    assert.match(out, /"file": "\.\.\/policies\/db\.yaml"/);
    const near = await netpolc('ir', { files: { ...files, 'netpolc.yaml': header + inputs } });
    assert.match(near.out, /"file": "policies\/db\.yaml"/);
  });

  test('is not looked for above a repository', async () => {
    const files = { '/netpolc.yaml': header + inputs, '/policies/db.yaml': dbPolicy, '/cluster.yaml': cluster };
    for (const git of [{ folders: ['.git'] }, { files: { '.git': 'gitdir: ../elsewhere\n' } }]) {
      const { exitCode, err } = await netpolc('ir', { ...git, files: { ...files, ...git.files } });
      assert.is(exitCode, 2);
      assert.match(err, /no input/);
    }
    const atRoot = await netpolc('ir', { ...configured(inputs), folders: ['.git'] });
    assert.is(atRoot.exitCode, 0);
  });

  test('a folder of that name is none', async () => {
    assert.is((await netpolc('ir', { folders: ['netpolc.yaml'] })).exitCode, 2);
  });

  test('--config names another one, --no-config means none', async () => {
    const files = { 'ci/strict.yaml': `${header}policies: [../policies]\nsnapshots: [/here/cluster.yaml]\n` };
    const named = await netpolc('ir --config ci/strict.yaml', configured('broken: 1\n', { files }));
    assert.is(named.exitCode, 0, named.err);
    assert.match(named.out, /"file": "ci\/\.\.\/policies\/db\.yaml"/);
    const none = await netpolc('ir --no-config', configured(inputs));
    assert.is(none.exitCode, 2);
    const fine = await netpolc('ir policies -s cluster.yaml --no-config', configured('broken: 1\n'));
    assert.is(fine.exitCode, 0);
  });

  test('standing among the policies it is no policy', async () => {
    const { exitCode, err } = await netpolc('ir . --no-config', configured('lint: {severity: {L-01: off}}\n'));
    assert.equal([exitCode, err.includes('error')], [0, false]);
  });

  test('the default of an option stays visible in help', async () => {
    const { out, exitCode } = await netpolc('ir --help', configured('icmpEcho: always\nnamespace: shop\n'));
    assert.is(exitCode, 0);
    const text = out.replaceAll(/\s+/g, ' ');
    assert.match(text, /never or always \(default never\)/);
    assert.match(text, /\(default default\)/);
    assert.match(text, /--no-config/);
    assert.match((await netpolc('--help')).out, /netpolc\.yaml/);
  });
});

describe('an option', (test) => {
  const everything = `${inputs}namespace: shop\ndecode: warn\nallowIncomplete: true\nnamedPortsInit: all\nallowEgressToOwnNode: true\nicmpEcho: always\ncolor: never\n`;

  test('is what the configuration says when the command line does not', async () => {
    const { lintSettings, ...flags } = await optionsFor([], everything);
    assert.equal(flags, {
      filename: ['policies'],
      snapshot: ['cluster.yaml'],
      namespace: 'shop',
      decode: 'warn',
      allowIncomplete: true,
      namedPortsInit: 'all',
      allowEgressToOwnNode: true,
      icmpEcho: 'always',
      color: 'never',
      diagnostics: 'text',
    });
    assert.is(lintSettings?.severityById.size, 0);
  });

  test('is its default when neither says anything', async () => {
    const { filename, snapshot, namespace, decode, allowIncomplete, icmpEcho, color } = await optionsFor([], '');
    assert.equal([filename, snapshot, namespace, decode], [[], [], 'default', 'strict']);
    assert.equal([allowIncomplete, icmpEcho, color], [false, 'never', 'auto']);
  });

  test('on the command line always wins, also when it says the default', async () => {
    const words =
      '-f a.yaml -s b.json --namespace default --decode strict --no-allow-incomplete --named-ports-init sidecars --no-allow-egress-to-own-node --icmp-echo never --color auto';
    const { lintSettings, ...flags } = await optionsFor(words.split(' '), everything);
    assert.equal(flags, {
      filename: ['a.yaml'],
      snapshot: ['b.json'],
      namespace: 'default',
      decode: 'strict',
      allowIncomplete: false,
      namedPortsInit: 'sidecars',
      allowEgressToOwnNode: false,
      icmpEcho: 'never',
      color: 'auto',
      diagnostics: 'text',
    });
    assert.ok(lintSettings);
  });

  test('policies named as words are used instead of those of the file, and its snapshots stay', async () => {
    const { filename, snapshot } = await optionsFor(['other.yaml'], inputs);
    assert.equal([filename, snapshot], [[], ['cluster.yaml']]);
  });

  test('settings about lints reach the command', async () => {
    const { lintSettings } = await optionsFor([], 'lint: {severity: {L-07: off}, annotations: true}\n');
    assert.equal([...must(lintSettings).severityById], [['L-07', 'off']]);
    assert.is(must(lintSettings).annotations, true);
  });

  test('changes meaning from the file as it does from the command line', async () => {
    const fromFile = await netpolc('ir', configured(`${inputs}icmpEcho: always\n`));
    const fromWords = await netpolc('ir policies -s cluster.yaml --icmp-echo always');
    assert.is(fromFile.out, fromWords.out);
    assert.match(fromFile.out, /"icmpEcho": true/);
    const undone = await netpolc('ir --icmp-echo never', configured(`${inputs}icmpEcho: always\n`));
    assert.match(undone.out, /"icmpEcho": false/);
  });
});

describe('a configuration with mistakes', (test) => {
  test('is an error at its place, and nothing is done', async () => {
    const { exitCode, out, err } = await netpolc('ir policies -s cluster.yaml', configured('polices: [policies]\n'));
    assert.equal([exitCode, out], [3, '']);
    assert.match(err, /^netpolc\.yaml:3:1: error NP2001: unknown field "polices"$/m);
    assert.match(err, /did you mean `policies`\?/);
  });

  test('is called by its path', async () => {
    const above = await netpolc('ir', { files: { '/netpolc.yaml': `${header}icmpEcho: alwyas\n` } });
    assert.match(above.err, /^\.\.\/netpolc\.yaml:3:11: error NP1062/m);
    const named = await netpolc('ir --config ci/x.yaml', { files: { 'ci/x.yaml': 'kind: Config\n' } });
    assert.match(named.err, /^ci\/x\.yaml:1:1: error NP1061/m);
  });

  test('is reported in the form that was asked for', async () => {
    const { exitCode, err } = await netpolc('ir --diagnostics json', configured('polices: []\n'));
    assert.is(exitCode, 3);
    assert.equal((JSON.parse(err) as { diagnostics: { code: string }[] }).diagnostics[0]?.code, 'NP2001');
  });

  test('that cannot be had is an error', async () => {
    const missing = await netpolc('ir --config netpolc.yml', configured(inputs));
    assert.is(missing.exitCode, 3);
    assert.match(missing.err, /error NP1002.*netpolc\.yml.*\n.*did you mean `netpolc\.yaml`\?/);
    const unreadable = await netpolc('ir', { ...configured(inputs), forbidden: ['netpolc.yaml'] });
    assert.is(unreadable.exitCode, 3);
    assert.match(unreadable.err, /error NP1003: `netpolc\.yaml`/);
    assert.is((await netpolc('ir --config -', { stdin: header })).exitCode, 2);
  });

  test('that names what does not exist is an error about that', async () => {
    const { exitCode, err } = await netpolc('ir', { files: { '/netpolc.yaml': `${header}policies: [gone]\n` } });
    assert.is(exitCode, 3);
    assert.match(err, /error NP1002: there is no file or folder `\.\.\/gone`/);
  });

  test('does not keep help, explain or completion from working', async () => {
    for (const line of ['--help', 'ir --help', 'explain NP1061', 'completion bash']) {
      assert.is((await netpolc(line, configured('broken: [\n'))).exitCode, 0, line);
    }
  });
});
