// A comparison as a comment shows it.
import * as assert from 'uvu/assert';
import type {
  CauseDocument,
  ConnectionDocument,
  CountDocument,
  DiffDocument,
  IsolationDocument,
  PartyDocument,
} from '../../src/report/document.ts';
import { printDiffMarkdown } from '../../src/report/print-diff-markdown.ts';
import { summarizeDiff } from '../../src/report/summary.ts';
import { describe } from '../kit/suite.ts';

const pods = (workload: string): PartyDocument => ({ kind: 'workload', workload, pods: null, count: 1 });

const cause = (more: Partial<CauseDocument> = {}): CauseDocument => ({
  world: 'head',
  side: 'destination',
  effect: 'allows',
  policy: 'shop/db',
  path: 'spec.ingress[0]',
  file: 'policies/db.yaml',
  line: 9,
  column: 7,
  ...more,
});

const connection = (more: Partial<ConnectionDocument> = {}): ConnectionDocument => ({
  change: 'gained',
  source: pods('shop/web'),
  destination: pods('shop/db'),
  families: ['IPv4'],
  ports: [{ transport: 'TCP', first: 5432, last: 5432 }],
  text: 'TCP 5432',
  causes: [cause()],
  ...more,
});

function documentOf(some: Partial<Pick<DiffDocument, 'connections' | 'isolation' | 'outputs'>>): DiffDocument {
  const parts = { connections: [], isolation: [], outputs: [], ...some };
  return {
    schemaVersion: 1,
    kind: 'diff',
    base: 'b',
    head: 'h',
    workloads: [],
    summary: summarizeDiff({ ...parts, nodes: [...new Set(parts.outputs.map(({ node }) => node))], compared: 0 }),
    ...parts,
  };
}

const none: CountDocument = { before: 0, after: 0, added: 0, removed: 0 };
const output = { target: 'nftables', sets: none, rules: none, diff: null };
const header = '| | From | To | Ports | Because |\n| --- | --- | --- | --- | --- |\n';
const urls = { base: 'https://h/blob/b', head: 'https://h/blob/h' };

describe('a comparison in Markdown', (test) => {
  test('says all of it in its first line, and what follows is a table', () =>
    assert.is(
      printDiffMarkdown(documentOf({ connections: [connection()] })),
      `**Gained shop/web → shop/db: TCP 5432**\n\n${header}| ➕&nbsp;gained | \`shop/web\` | \`shop/db\` | \`TCP 5432\` | \`shop/db ingress[0]\` (\`policies/db.yaml:9\`) allows it now |\n`,
    ));

  test('without any change is that line', () =>
    assert.is(printDiffMarkdown(documentOf({})), '**No connection changes**\n'));

  test('links pieces of policies to their lines, on the side where they stand', () => {
    const gone = cause({ world: 'base', file: 'git:abc:./po licies/a#b.yaml', line: 3 });
    const text = printDiffMarkdown(
      documentOf({ connections: [connection(), connection({ change: 'lost', causes: [gone] })] }),
      {
        limit: null,
        urls,
        reportUrl: null,
      },
    );
    assert.match(text, '[`shop/db ingress[0]`](https://h/blob/h/policies/db.yaml#L9) allows it now');
    assert.match(text, '[`shop/db ingress[0]`](https://h/blob/b/po%20licies/a%23b.yaml#L3) allowed it before');
  });

  test('has no link for a file that is in no repository', () => {
    const causes = [cause({ file: '/elsewhere/x.yaml' })];
    const text = printDiffMarkdown(documentOf({ connections: [connection({ causes })] }), {
      limit: null,
      urls,
      reportUrl: null,
    });
    assert.match(text, '`shop/db ingress[0]` (`/elsewhere/x.yaml:9`) allows it now');
  });

  test('tells connections alike in one row, and causes alike in one sentence', () => {
    const causes = [
      cause({ effect: 'isolates', path: 'spec.podSelector' }),
      cause({ effect: 'isolates', policy: 'shop/all', path: 'spec.podSelector' }),
    ];
    const lost = ['shop/a', 'shop/b'].map((source) => connection({ change: 'lost', source: pods(source), causes }));
    const rows = printDiffMarkdown(documentOf({ connections: lost }))
      .split('\n')
      .slice(4);
    assert.equal(rows, [
      '| ➖&nbsp;lost | `shop/a, shop/b` | `shop/db` | `TCP 5432` | `shop/db podSelector` (`policies/db.yaml:9`), `shop/all podSelector` (`policies/db.yaml:9`) isolate the destination now |',
      '',
    ]);
  });

  test('shows isolation and compiled output below', () => {
    const isolation: IsolationDocument[] = [
      {
        change: 'isolated',
        direction: 'ingress',
        workload: 'shop/db',
        pods: null,
        policies: [cause({ path: 'spec.podSelector' })],
      },
      { change: 'open', direction: 'egress', workload: 'shop/web', pods: ['shop/web-0'], policies: [] },
    ];
    const outputs = ['n1', 'n2'].map((node) => ({ ...output, node, elements: { ...none, added: 2 } }));
    const text = printDiffMarkdown(documentOf({ isolation, outputs }));
    assert.match(
      text,
      '\n- `shop/db` isolated for ingress now, selected by `shop/db podSelector` (`policies/db.yaml:9`)\n',
    );
    assert.match(text, '\n- `shop/web (only shop/web-0)` open for egress now\n');
    assert.match(
      text,
      '<details><summary>Compiled output</summary>\n\n- nftables, 2 nodes, `n1` first: elements +2 -0\n',
    );
  });

  test('of a large change is folded behind its first line', () => {
    const connections = Array.from({ length: 13 }, (_, index) => connection({ text: `TCP ${index}` }));
    assert.match(
      printDiffMarkdown(documentOf({ connections })),
      /\*\*\n\n<details><summary>All connections and workloads<\/summary>\n\n\| \| From/,
    );
    assert.not.match(printDiffMarkdown(documentOf({ connections: connections.slice(1) })), /<details>/);
  });

  test('keeps to a limit by leaving out whole rows, and counts them', () => {
    const connections = Array.from({ length: 40 }, (_, index) => connection({ text: `TCP ${index}` }));
    const isolation: IsolationDocument[] = [
      { change: 'isolated', direction: 'ingress', workload: 'shop/db', pods: null, policies: [cause()] },
    ];
    const document = documentOf({ connections, isolation });
    const whole = printDiffMarkdown(document);
    for (const limit of [1000, 2000, whole.length - 1]) {
      const text = printDiffMarkdown(document, {
        limit,
        urls: { base: null, head: null },
        reportUrl: 'https://h/runs/1',
      });
      assert.ok(text.length <= limit, `${text.length} of ${limit}`);
      const rows = text.split('\n').filter((line) => line.startsWith('| ➕'));
      assert.ok(rows.every((row) => row.endsWith(' |')));
      const left = Number(/… and (\d+) more changes?: see \[the full report\]\(https:\/\/h\/runs\/1\)/.exec(text)?.[1]);
      assert.is(rows.length + left, 41);
    }
    assert.is(
      printDiffMarkdown(document, { limit: whole.length, urls: { base: null, head: null }, reportUrl: null }),
      whole,
    );
  });

  test('is not led astray by names', () => {
    const evil = 'policies/x`|\n@octocat --> <img src=x onerror=alert(1)> [a](b).yaml';
    const causes = [cause({ file: evil, policy: '@octocat/#1' })];
    const source = pods('ns/`|@octocat');
    const document = documentOf({ connections: [connection({ source, causes })] });
    const text = printDiffMarkdown(document, { limit: null, urls, reportUrl: null });
    const [first = '', , , , row = '', ...rest] = text.split('\n');
    assert.is(first, '**Gained ns/\\`\\|@&#8203;octocat → shop/db: TCP 5432**');
    assert.equal(rest, ['']);
    assert.is(row.split('|').length, 7);
    assert.not.match(row, /<img|<script/);
    const shown = row.replace(/`[^`]*`|<code>.*?<\/code>/g, '').replace(/\]\(\S*\)/g, '');
    assert.not.match(shown, /@|octocat/);
  });
});
