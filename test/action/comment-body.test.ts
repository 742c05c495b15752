import * as assert from 'uvu/assert';
import { commentLimit, printComment, printSummary, type Told } from '../../src/action/comment-body.ts';
import type { SarifLog } from '../../src/action/sarif-log.ts';
import { diagnose, type Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { printSarif } from '../../src/diagnostics/sarif.ts';
import type { ConnectionDocument, DiffDocument } from '../../src/report/document.ts';
import { summarizeDiff } from '../../src/report/summary.ts';
import { wholeSource } from '../../src/source/source.ts';
import { describe } from '../kit/suite.ts';

const [base, head] = ['a'.repeat(40), 'b'.repeat(40)];
const links = { repository: 'https://h/o/r', run: 'https://h/o/r/actions/runs/42', report: null };

function told(more: Partial<Told>): Told {
  const revisions = { base, head, isCheckedOut: true, prefix: 'deploy/' };
  const state: Told['state'] = { comparison: { kind: 'compared', exitCode: 0 }, revisions };
  return { state, document: null, problems: null, lint: null, links, ...more };
}

function documentOf(connections: readonly ConnectionDocument[]): DiffDocument {
  const parts = { connections, isolation: [], outputs: [] };
  return {
    schemaVersion: 1,
    kind: 'diff',
    base: '',
    head: '',
    workloads: [],
    summary: summarizeDiff({ ...parts, nodes: [], compared: 0 }),
    ...parts,
  };
}

function logOf(file: string, count = 1): SarifLog {
  const source = wholeSource(file, 'one\ntwo\n');
  const one: Diagnostic = diagnose('NP2001', { path: '@octocat', pruned: false }, { source, start: 4, end: 7 });
  return JSON.parse(printSarif(Array.from({ length: count }, () => one))) as SarifLog;
}

const invalid = (side: 'base' | 'head', problems: SarifLog): Told =>
  told({ state: { ...told({}).state, comparison: { kind: 'invalid', side } }, problems });

const footer =
  '<sub>[`aaaaaaa`](https://h/o/r/commit/' +
  base +
  ') → [`bbbbbbb`](https://h/o/r/commit/' +
  head +
  ') · [run](https://h/o/r/actions/runs/42)</sub>';

describe('a comment', (test) => {
  test('begins with its hidden marker, then the result, and ends with what was compared', () =>
    assert.is(
      printComment('eu', told({ document: documentOf([]) })),
      `<!-- netpolc:diff:eu -->\n**No connection changes**\n\n${footer}`,
    ));

  test('links to the report where there is one, and tells how much lint found', () => {
    const report = 'https://h/o/r/actions/runs/42/artifacts/1';
    const text = printComment(
      'eu',
      told({ document: documentOf([]), lint: logOf('p.yaml', 2), links: { ...links, report } }),
    );
    assert.match(text, `· [full report](${report}) ·`);
    assert.match(text, '\n\nLint found 2 errors.\n\n');
  });

  test('lists mistakes with links, mentioning nobody', () => {
    const text = printComment('eu', invalid('head', logOf('p.yaml')));
    assert.match(text, '**The policies are not valid: what changes could not be told**');
    assert.match(text, `\n- error [\`deploy/p.yaml:2\`](https://h/o/r/blob/${head}/deploy/p.yaml#L2) `);
    assert.match(text, '@&#8203;octocat');
    assert.not.match(text, '@octocat');
  });

  test('shows mistakes of the base at the base', () => {
    const text = printComment('eu', invalid('base', logOf(`git:${base}:./p.yaml`)));
    assert.match(text, `[\`deploy/p.yaml:2\`](https://h/o/r/blob/${base}/deploy/p.yaml#L2)`);
  });

  test('is never longer than GitHub takes', () => {
    const party = (workload: string): ConnectionDocument['source'] => ({
      kind: 'workload',
      workload,
      pods: null,
      count: 1,
    });
    const connections = Array.from({ length: 3000 }, (_, index): ConnectionDocument => {
      const ends = { source: party(`shop/web-${index}`), destination: party(`shop/db-${index}`) };
      return { change: 'gained', ...ends, families: ['IPv4'], ports: [], text: `TCP ${index}`, causes: [] };
    });
    const large = printComment('eu', told({ document: documentOf(connections), lint: logOf('p.yaml', 3) }));
    assert.ok(large.length <= commentLimit && large.length > commentLimit * 0.9, `${large.length}`);
    assert.match(large, /… and \d+ more changes: see \[the full report\]\(https:\/\/h\/o\/r\/actions\/runs\/42\)/);
    const wrong = printComment('eu', invalid('head', logOf('p.yaml', 3000)));
    assert.ok(wrong.length <= commentLimit && wrong.length > commentLimit * 0.9, `${wrong.length}`);
    assert.match(wrong, /\n- … and \d+ more\n/);
  });
});

describe('a summary', (test) => {
  test('has every finding of lint', () => {
    const text = printSummary('Network policies', told({ document: documentOf([]), lint: logOf('p.yaml', 30) }));
    assert.ok(
      text.startsWith('## Network policies\n\n**No connection changes**\n\n### Lint\n\nLint found 30 errors.\n'),
    );
    assert.is(text.match(/^- error /gm)?.length, 30);
  });
});
