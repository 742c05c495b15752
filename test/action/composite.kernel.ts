// The whole action, step by step, over real repositories and a stand-in of GitHub's API.
import * as assert from 'uvu/assert';
import { readFileSync } from 'node:fs';
import { inRepository, type Repository } from '../git/repository.ts';
import { cluster, dbPolicy } from '../cli/shop.ts';
import { describe } from '../kit/suite.ts';
import { action, runJob, withBuiltAction, type Job, type JobResult } from './composite.ts';
import { withFakeGithub, type FakeGithub } from './fake-github.ts';

/** The backup server may connect as well: one connection gained. */
const wider = `${dbPolicy}    - from: [{ipBlock: {cidr: 192.168.5.10/32}}]\n`;
const inputs = { policies: 'policies', snapshot: 'cluster.json', report: 'false' };

interface Scene {
  readonly repository: Repository;
  readonly github: FakeGithub;
  /** Runs the action on the merge of `main` and the branch that is checked out. */
  readonly run: (more?: Partial<Job>) => Promise<JobResult>;
}

let actionPath = '';

/** A repository with `before` on main and `after` on a branch, and the pull request between them. */
async function inPull(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string | null>>,
  act: (scene: Scene) => Promise<void>,
): Promise<void> {
  await inRepository(async (repository) => {
    const { git, write, commit, folder } = repository;
    write('cluster.json', cluster);
    for (const [path, text] of Object.entries(before)) write(path, text);
    const base = commit('base');
    git('checkout', '--quiet', '-b', 'change');
    for (const [path, text] of Object.entries(after)) {
      if (text === null) git('rm', '--quiet', '-r', path);
      else write(path, text);
    }
    const head = commit('change');
    git('checkout', '--quiet', '--detach', base);
    git('merge', '--quiet', '--no-ff', '-m', 'merge', head);
    const payload = { pull_request: { number: 7, base: { sha: base }, head: { sha: head } } };
    await withFakeGithub((github) => {
      const job = { folder, inputs, event: { name: 'pull_request', payload }, apiUrl: github.url };
      return act({ repository, github, run: (more = {}) => runJob(actionPath, { ...job, ...more }) });
    });
  });
}

const annotationsIn = ({ log }: JobResult): readonly string[] =>
  log.split('\n').filter((line) => /^::(?:error|warning|notice)/.test(line));

describe('the action', (test) => {
  let remove = (): void => undefined;
  test.before(
    () =>
      new Promise<void>((built) => {
        void withBuiltAction((path) => {
          actionPath = path;
          built();
          return new Promise<void>((done) => (remove = done));
        });
      }),
  );
  test.after(() => remove());

  test('tells a connection gained: comment, annotation, summary, outputs', () =>
    inPull({ 'policies/db.yaml': dbPolicy }, { 'policies/db.yaml': wider }, async ({ github, repository, run }) => {
      const result = await run();
      assert.is(result.exitCode, 0, result.log);
      const line = 'Gained outside (192.168.5.10) → prod/db: everything';
      const [comment] = github.comments;
      assert.is(github.comments.length, 1);
      assert.ok(comment?.body.startsWith(`<!-- netpolc:diff:default -->\n**${line}**\n`), comment?.body);
      const head = repository.git('rev-parse', 'HEAD').trim();
      assert.ok(
        comment?.body.includes(`(https://github.example/o/shop/blob/${head}/policies/db.yaml#L11)`),
        comment?.body,
      );
      assert.ok(result.summary.startsWith(`## Network policies\n\n**${line}**\n`));
      const [annotation, ...more] = annotationsIn(result);
      assert.equal(more, []);
      assert.match(
        annotation ?? '',
        /^::warning file=policies\/db\.yaml,line=11,endLine=11,title=connection gained \(NP6201\)::outside \(192\.168\.5\.10\) -> prod\/db is possible now: everything/,
      );
      const { gained, lost, summary } = result.outputs;
      assert.equal([gained, lost, summary], ['1', '0', 'Gained outside (192.168.5.10) -> prod/db: everything']);
      assert.is(result.outputs['comment-url'], 'https://github.example/o/shop/pull/7#issuecomment-100');
      assert.equal(
        result.used.map(([name]) => name),
        ['actions/cache/restore@v4'],
      );
    }));

  test('fails by fail-on only when everything is published', () =>
    inPull({ 'policies/db.yaml': dbPolicy }, { 'policies/db.yaml': wider }, async ({ github, run }) => {
      const result = await run({ inputs: { ...inputs, 'fail-on': 'gained', sarif: 'true', comment: 'true' } });
      assert.is(result.exitCode, 1);
      assert.is(github.comments.length, 1);
      assert.equal(
        result.used.map(([name]) => name),
        ['actions/cache/restore@v4', 'github/codeql-action/upload-sarif@v3'],
      );
      assert.is((await run({ inputs: { ...inputs, 'fail-on': 'lost' } })).exitCode, 0);
      assert.is(github.comments.length, 1);
    }));

  test('lints, reports and scans when asked to', () =>
    inPull(
      { 'policies/db.yaml': dbPolicy },
      { 'policies/db.yaml': wider.replace('policyTypes: [Ingress]', 'policyTypes: [Ingress, Egress]') },
      async ({ github, run }) => {
        const url = 'https://github.example/o/shop/actions/runs/42/artifacts/9';
        const played = { artifact: { 'artifact-url': url } };
        const result = await run({
          inputs: { ...inputs, report: 'true', lint: 'true', sarif: 'true', key: 'eu' },
          played,
        });
        const [, artifact, sarif] = result.used;
        assert.equal([artifact?.[0], artifact?.[1]['name']], ['actions/upload-artifact@v4', 'netpolc-eu']);
        assert.equal(
          artifact?.[1]['path']
            ?.trim()
            .split('\n')
            .map((path) => path.split('/').slice(-3).join('/').trim()),
          ['netpolc/eu/report.html', 'netpolc/eu/diff.json'],
        );
        assert.match(sarif?.[1]['sarif_file'] ?? '', /\/netpolc\/eu\/netpolc\.sarif$/);
        // L-14: the port of the example names no protocol.
        assert.match(result.summary, /### Lint\n\nLint found 1 note\.\n\n- note \[`policies\/db\.yaml:10`\]/);
        assert.match(github.comments[0]?.body ?? '', `· [full report](${url}) ·`);
        assert.match(github.comments[0]?.body ?? '', /\nLint found 1 note\./);
      },
    ));

  test('takes a folder that is new, or gone, for a side without policies', async () => {
    await inPull({}, { 'policies/db.yaml': dbPolicy }, async ({ run }) => {
      const result = await run();
      assert.is(result.exitCode, 0, result.log);
      assert.match(result.outputs['summary'] ?? '', /^Lost .*Newly isolated: 1 workload side$/);
    });
    await inPull({ 'policies/db.yaml': dbPolicy }, { policies: null }, async ({ run }) => {
      const result = await run();
      assert.match(result.outputs['summary'] ?? '', /^Gained .*No longer isolated: 1 workload side$/);
    });
  });

  test('refuses a folder that neither side has', () =>
    inPull({ 'policies/db.yaml': dbPolicy }, { 'policies/db.yaml': wider }, async ({ github, run }) => {
      const result = await run({ inputs: { ...inputs, policies: 'policies\npolicy' } });
      assert.is(result.exitCode, 3);
      assert.match(annotationsIn(result)[0] ?? '', /^::error title=netpolc \(NP1002\)::.*policy/);
      assert.equal(github.comments, []);
    }));

  test('makes no comment when nothing changes, and brings an earlier one up to date', () =>
    inPull({ 'policies/db.yaml': dbPolicy }, { 'README.md': 'hello' }, async ({ github, run }) => {
      const result = await run();
      assert.equal([result.exitCode, github.comments, annotationsIn(result)], [0, [], []]);
      assert.match(result.summary, /\*\*No connection changes\*\*/);
      github.comments.push({ id: 5, login: 'github-actions[bot]', body: '<!-- netpolc:diff:default -->\n**Gained**' });
      await run();
      assert.match(github.comments[0]?.body ?? '', /^<!-- netpolc:diff:default -->\n\*\*No connection changes\*\*\n/);
    }));

  test('shows invalid policies at their lines, in the comment as well, and fails', () =>
    inPull(
      { 'policies/db.yaml': dbPolicy },
      { 'policies/db.yaml': dbPolicy.replace('policyTypes', 'policyType') },
      async ({ github, run }) => {
        const result = await run();
        assert.is(result.exitCode, 3);
        assert.match(annotationsIn(result)[0] ?? '', /^::error file=policies\/db\.yaml,line=7,.*NP2001/);
        assert.match(
          github.comments[0]?.body ?? '',
          /\*\*The policies are not valid: what changes could not be told\*\*\n\n- error \[`policies\/db\.yaml:7`\]/,
        );
        assert.match(result.summary, /policies are not valid/);
      },
    ));

  test('does not stand in the way of whoever mends the policies of the base', () =>
    inPull(
      { 'policies/db.yaml': dbPolicy.replace('policyTypes', 'policyType') },
      { 'policies/db.yaml': dbPolicy },
      async ({ github, run }) => {
        const result = await run();
        assert.is(result.exitCode, 0, result.log);
        assert.match(github.comments[0]?.body ?? '', /The policies of the base are not valid/);
      },
    ));

  test('passes with a notice where the token may not comment, and the summary has it all', () =>
    inPull({ 'policies/db.yaml': dbPolicy }, { 'policies/db.yaml': wider }, async ({ github, run }) => {
      github.faults.push({
        on: /^POST \/repos/,
        times: 9,
        status: 403,
        message: 'Resource not accessible by integration',
      });
      const result = await run();
      assert.equal([result.exitCode, github.comments], [0, []]);
      assert.match(annotationsIn(result).at(-1) ?? '', /^::notice::No comment: the token may not write any/);
      assert.match(result.summary, /Gained outside/);
    }));

  test('comments after a run for a fork, and reads the fork without checking it out', () =>
    inPull({ 'policies/db.yaml': dbPolicy }, { 'policies/db.yaml': wider }, async ({ github, repository, run }) => {
      const [base = '', head = ''] = repository.git('rev-parse', 'HEAD^1', 'HEAD^2').trim().split('\n');
      repository.git('checkout', '--quiet', 'main');
      const payload = {
        workflow_run: { head_sha: head, head_branch: 'patch', head_repository: { owner: { login: 'mallory' } } },
      };
      const event = { name: 'workflow_run', payload };
      assert.match((await run({ event })).log, /^::notice::No open pull request/m);
      github.pulls.push({ number: 7, base: { sha: base }, head: { sha: head } });
      const result = await run({ event });
      assert.is(result.exitCode, 0, result.log);
      assert.ok(github.requests.includes('GET /repos/o/shop/pulls?state=open&per_page=100&head=mallory%3Apatch'));
      assert.match(github.comments[0]?.body ?? '', /\*\*Gained outside \(192\.168\.5\.10\) → prod\/db: everything\*\*/);
      assert.equal(annotationsIn(result), []);
    }));

  test('lets no file name and no policy give orders to the runner', () => {
    const name = 'policies/::error::$(touch hacked).yaml';
    return inPull(
      { 'policies/db.yaml': dbPolicy },
      { [name]: `::add-mask::x\n::set-output name=folder::/\n${dbPolicy}` },
      async ({ run }) => {
        const { exitCode, log } = await run();
        assert.is(exitCode, 3, log);
        const heeded = log.replace(/^::stop-commands::(\S+)\n[\s\S]*?^::\1::\n/gm, '');
        assert.not.match(heeded, /^\s*::(?:add-mask|set-output)|^\s*::error::\$/m);
        assert.match(heeded, /^::error file=policies\/%3A%3Aerror%3A%3A\$\(touch hacked\)\.yaml,line=1,/m);
      },
    );
  });
});

describe('action.yml', (test) => {
  const text = readFileSync('action.yml', 'utf8');
  const { steps } = action.runs;

  test('has no expression in a script', () =>
    assert.equal(
      steps.filter(({ run }) => run?.includes('${{')),
      [],
    ));

  test('hands every input on, and no other', () => {
    const used = new Set([...text.matchAll(/\$\{\{ inputs\.([\w-]+)|if: inputs\.([\w-]+)/g)].map(([, a, b]) => a ?? b));
    assert.equal([...used].sort(), Object.keys(action.inputs).sort());
  });

  test('uses only these actions of others', () => {
    assert.equal(
      steps.flatMap(({ uses }) => uses ?? []),
      [
        'actions/cache/restore@v4',
        'actions/cache/save@v4',
        'actions/upload-artifact@v4',
        'github/codeql-action/upload-sarif@v3',
      ],
    );
  });
});
