// Steps of the action in this process, where netpolc or GitHub are played.
import * as assert from 'uvu/assert';
import { findPaths } from '../../src/action/compared-paths.ts';
import { diffWords, lintWords } from '../../src/action/diff-words.ts';
import { createGithubApi } from '../../src/action/github-api.ts';
import { runAction } from '../../src/action/run-action.ts';
import { createNetpolc, type RunNetpolc } from '../../src/action/run-netpolc.ts';
import { diagnose } from '../../src/diagnostics/diagnostic.ts';
import { printSarif } from '../../src/diagnostics/sarif.ts';
import { createFakeHost, type FakeHost, type FakeMachine } from '../../src/host/fake-host.ts';
import { wholeSource } from '../../src/source/source.ts';
import { cluster, dbPolicy } from '../cli/shop.ts';
import { hostIn, inRepository, type Repository } from '../git/repository.ts';
import { describe } from '../kit/suite.ts';

const wider = `${dbPolicy}    - from: [{ipBlock: {cidr: 192.168.5.10/32}}]\n`;

/** Files as the machine has them, git as the repository has it. */
function hostOver({ folder }: Repository, machine: FakeMachine): FakeHost {
  return { ...createFakeHost(machine), stream: hostIn(folder).stream };
}

const runnerEnv = {
  GITHUB_EVENT_NAME: 'push',
  GITHUB_EVENT_PATH: '/event.json',
  GITHUB_OUTPUT: '/output',
  GITHUB_REPOSITORY: 'o/shop',
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_STEP_SUMMARY: '/summary',
  NETPOLC_FOLDER: '/temp/netpolc/default',
  RUNNER_TEMP: '/temp',
  INPUT_POLICIES: 'policies',
  INPUT_SNAPSHOT: 'cluster.json',
  INPUT_SARIF: 'true',
};

interface Played {
  readonly exitCode: number;
  readonly host: FakeHost;
}

/** Runs all steps after a push that changes the policy. `play` answers some command lines in netpolc's place. */
async function push(
  play: (words: readonly string[], real: RunNetpolc) => ReturnType<RunNetpolc>,
  env: Readonly<Record<string, string>> = {},
): Promise<Played> {
  const played: Played[] = [];
  await inRepository(async (repository) => {
    repository.write('policies/db.yaml', dbPolicy);
    const before = repository.commit();
    const files = { 'policies/db.yaml': wider, 'cluster.json': cluster, '/event.json': JSON.stringify({ before }) };
    const host = hostOver(repository, { files, env: { ...runnerEnv, ...env } });
    const sleep = (): Promise<void> => Promise.resolve();
    const api = createGithubApi({ url: '', graphqlUrl: '', token: '', sleep, nowSeconds: () => 0 });
    const real = createNetpolc(host);
    const context = {
      host,
      netpolc: (words: readonly string[]) => play(words, real),
      api,
      secret: () => 's3cret',
      sleep,
    };
    let exitCode = 0;
    for (const step of ['compare', 'lint', 'publish']) if (exitCode === 0) exitCode = await runAction(step, context);
    played.push({ exitCode, host });
  });
  const [first] = played;
  if (first === undefined) throw new Error('nothing was played');
  return first;
}

const finding = diagnose(
  'NP2307',
  { path: 'spec', cidr: '10.0.0.1/8', canonical: '10.0.0.0/8' },
  { source: wholeSource('policies/db.yaml', 'a\nb\n'), start: 2, end: 3 },
);

describe('the steps', (test) => {
  test('lint beside the comparison: annotations, summary, code scanning, exit code', async () => {
    const { exitCode, host } = await push(async (words, real) => {
      if (words[0] !== 'lint') return real(words);
      assert.equal(words, ['lint', '--snapshot=cluster.json', '--format=sarif', '--', 'policies']);
      return { exitCode: 1, out: printSarif([finding]), err: '' };
    });
    assert.is(exitCode, 1);
    assert.match(host.out(), /\n::warning file=policies\/db\.yaml,line=2,endLine=2,col=1,endColumn=2,title=/);
    assert.match(host.text('/summary') ?? '', /\*\*Gained [^]*### Lint\n\nLint found 1 warning\./);
    const log = JSON.parse(host.text('/temp/netpolc/default/netpolc.sarif') ?? '') as {
      readonly runs: readonly unknown[];
    };
    assert.is(log.runs.length, 2);
  });

  test('go on without a report that cannot be made', async () => {
    const { exitCode, host } = await push(
      async (words, real) => {
        if (words[0] === 'lint') return { exitCode: 0, out: printSarif([]), err: '' };
        return words.includes('--format=html') ? { exitCode: 70, out: '', err: '::error::boom\n' } : real(words);
      },
      { INPUT_REPORT: 'true' },
    );
    assert.is(exitCode, 0);
    assert.match(
      host.out(),
      '::stop-commands::s3cret\n::error::boom\n::s3cret::\n::warning::The HTML report could not be made.\n',
    );
    assert.not.match(host.text('/output') ?? '', /report-path/);
    assert.match(host.text('/output') ?? '', /^gained<<s3cret\n1\ns3cret$/m);
  });

  test('end with the exit code of a netpolc that failed, and say so', async () => {
    const { exitCode, host } = await push(async () => ({ exitCode: 70, out: '', err: 'bug\n' }));
    assert.is(exitCode, 70);
    assert.match(host.text('/summary') ?? '', /\*\*netpolc failed, and what changes could not be told/);
  });

  test('refuse the event that would compare the base with itself', async () => {
    const { exitCode, host } = await push((words, real) => real(words), { GITHUB_EVENT_NAME: 'pull_request_target' });
    assert.is(exitCode, 2);
    assert.match(host.out(), /^::error title=netpolc \(NP7005\)::the event `pull_request_target`/m);
  });

  test('refuse inputs that are none', async () => {
    const { exitCode, host } = await push((words, real) => real(words), { INPUT_FAIL_ON: 'never' });
    assert.is(exitCode, 2);
    assert.match(host.out(), /^::error title=netpolc \(NP7005\)::`fail-on` is `never`/m);
  });
});

describe('the command lines', (test) => {
  const inputs = { snapshots: ['-s.json'], targets: ['ebpf'], args: ['--namespace', 'x'], failOn: 'any' as const };

  test('have every path behind the options, or bound to one', () => {
    const asked = { inputs, paths: { base: ['b1', 'b2'], head: ['-h1', 'h2'] }, nothingPath: '/nothing.yaml' };
    assert.equal(diffWords(asked, ['--format=json']), [
      'diff',
      '--namespace',
      'x',
      '--snapshot=-s.json',
      '--target=ebpf',
      '--fail-on=any',
      '--base=b2',
      '--head=h2',
      '--format=json',
      '--',
      'b1',
      '-h1',
    ]);
    assert.equal(lintWords(asked), ['lint', '--snapshot=-s.json', '--format=sarif', '--', '-h1', 'h2']);
  });

  test('name nothing for a side without policies', () => {
    const words = diffWords({ inputs, paths: { base: [], head: ['h'] }, nothingPath: '/nothing.yaml' }, []);
    assert.equal(words.slice(-2), ['/nothing.yaml', 'h']);
  });
});

describe('the policies of both sides', (test) => {
  const inShop = (act: (repository: Repository, base: string) => Promise<void>) => (): Promise<void> =>
    inRepository(async (repository) => {
      repository.write('policies/db.yaml', dbPolicy);
      repository.write('notes/README.md', '');
      repository.link('broken', 'nowhere');
      repository.link('alias', 'policies');
      await act(repository, repository.commit());
    });

  test(
    'are there or not: a folder without manifests is none, a link is followed',
    inShop(async (repository, base) => {
      const host = hostOver(repository, { files: { 'policies/db.yaml': '', 'new/x.yaml': '', 'notes/README.md': '' } });
      const find = async (...paths: readonly string[]) =>
        (await findPaths(paths, { base, head: base, isCheckedOut: true }, host)).value;
      assert.equal(await find('policies', 'new'), { base: [`git:${base}:./policies`], head: ['policies', 'new'] });
      assert.equal(await find('alias'), { base: [`git:${base}:./alias`], head: [] });
      assert.is(await find('notes'), null);
      assert.is(await find('absent'), null);
    }),
  );

  test(
    'are a mistake, and not nothing, where a link leads nowhere',
    inShop(async (repository, base) => {
      const host = hostOver(repository, { links: { broken: '/nowhere' } });
      const { value } = await findPaths(['broken'], { base, head: base, isCheckedOut: true }, host);
      assert.equal(value, { base: [`git:${base}:./broken`], head: ['broken'] });
    }),
  );
});
