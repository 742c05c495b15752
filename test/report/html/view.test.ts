// What the matrix shows of a document: lines, cells, filter, folds.
import * as assert from 'uvu/assert';
import type { DiffDocument, MatrixDocument } from '../../../src/report/document.ts';
import { entryGroups } from '../../../src/report/html/model/entries.ts';
import { pageData } from '../../../src/report/html/model/page-data.ts';
import { viewOf, type View } from '../../../src/report/html/model/view.ts';
import { defaultState, parseHash, printHash, type ViewState } from '../../../src/report/html/model/view-state.ts';
import { describe } from '../../kit/suite.ts';
import { cause, connection, everything, outside, pods, workload } from './document-parts.ts';
import { largeMatrix } from './large.ts';
import { shopDiff, shopMatrix } from './shop.ts';

const ends = [workload('a/x'), workload('a/y', { pods: 1 }), workload('b/z')];

describe('the lines of a matrix', (test) => {
  test('are, of a comparison, those with changes', () => {
    const view = viewWith(shopDiff, {});
    assert.equal(keys(view.rows), [
      'ingress-nginx/',
      'ingress-nginx/controller',
      'monitoring/',
      'monitoring/prometheus',
      'payments/',
      'payments/api',
      'shop/',
      'shop/cart',
      'shop/web',
      'shop/{tier=batch}',
      '*',
    ]);
  });
  test('are all workloads and what is outside otherwise', () => {
    assert.is(viewWith(shopDiff, { onlyUsed: false }).columns.lines.length, 4 + 10 + 1);
    assert.is(viewWith(shopMatrix, {}).rows.lines.length, 4 + 8 + 1);
    assert.is(viewWith(shopMatrix, { onlyUsed: true }).rows.lines.length, 4 + 5 + 1);
  });
  test('stay apart when a namespace is called outside', () => {
    const view = viewWith(matrixOf([], [workload('outside/x')]), {});
    assert.equal(keys(view.rows), ['outside/', 'outside/x', '*']);
  });
  test('begin folded when they are many', () => {
    assert.is(viewWith(largeMatrix, {}).rows.lines.length, 21);
  });
});

describe('the cells of a matrix', (test) => {
  test('are of what changed, whatever stayed the same beside it', () => {
    const view = viewWith(
      diffOf([
        connection('gained', pods('a/x'), pods('a/y'), 1),
        connection('kept', pods('a/x'), pods('a/y'), 2),
        connection('lost', pods('a/y'), pods('b/z'), 1),
        connection('gained', pods('a/y'), pods('b/z'), 2),
        connection('kept', pods('b/z'), pods('a/y'), 2),
      ]),
      { onlyUsed: false },
    );
    assert.equal(states(view), ['a/x a/y gained', 'a/y b/z both', 'b/z a/y kept']);
  });
  test('are of everything only when all pods and all ports are meant', () => {
    const view = viewWith(
      matrixOf([
        everything('kept', pods('a/x'), pods('a/y')),
        everything('kept', pods('a/x', ['a/x-0']), pods('b/z')),
        connection('kept', pods('a/y'), pods('b/z'), 80),
        everything('kept', pods('b/z'), outside('any address', ['0.0.0.0/0', '::/0'])),
        everything('kept', outside('10.0.0.0/8'), pods('b/z')),
      ]),
      {},
    );
    assert.equal(states(view), ['a/x a/y every', 'a/x b/z some', 'a/y b/z some', 'b/z * every', '* b/z some']);
  });
  test('of folded namespaces are of everything only when every pair is', () => {
    const folded = { rows: new Set(['a']), columns: new Set(['a']) };
    const three = [
      everything('kept', pods('a/x'), pods('a/x')),
      everything('kept', pods('a/x'), pods('a/y')),
      everything('kept', pods('a/y'), pods('a/x')),
    ];
    assert.equal(states(viewWith(matrixOf(three), { folded })), ['a/ a/ every']);
    assert.equal(states(viewWith(matrixOf(three.slice(1)), { folded })), ['a/ a/ some']);
  });
});

describe('the filter', (test) => {
  const found = (filter: Partial<ViewState>): readonly number[] => viewWith(shopDiff, filter).passing;
  test('finds words in ends, pods, addresses, ports, policies, fields and files, in any case', () => {
    assert.equal(found({ text: 'Fraud-Check' }), [3]);
    assert.equal(found({ text: 'web-4' }), [7]);
    assert.equal(found({ text: '2001:db8' }), [11]);
    assert.equal(found({ text: '3306' }), [6]);
    assert.equal(found({ text: 'api-egress' }), [3, 4]);
    assert.equal(found({ text: 'podselector' }), [8, 10]);
    assert.equal(found({ text: 'shop.yaml:22' }), [9]);
  });
  test('wants all of the words', () => {
    assert.equal(found({ text: ' gained  payments/ledger ' }), [2]);
    assert.equal(found({ text: 'gained lost' }), []);
  });
  test('wants an end in one of the namespaces', () => {
    assert.equal(found({ namespaces: new Set(['monitoring']) }), [1, 2]);
    assert.equal(found({ namespaces: new Set(['*', 'monitoring']) }), [1, 2, 4, 11, 12]);
  });
});

describe('the address of the page', (test) => {
  const data = pageData(shopDiff);
  const standard = defaultState(data);
  test('says nothing when nothing was chosen', () => {
    assert.is(printHash(standard, standard), '');
    assert.equal(parseHash('', data, standard), standard);
  });
  test('says what was chosen, and is read again', () => {
    const state: ViewState = {
      text: 'a&b=#',
      namespaces: new Set(['shop', '*']),
      onlyUsed: false,
      folded: { rows: new Set(['payments']), columns: new Set() },
      zoom: 14,
      explained: ['shop/{tier=batch}', ''],
    };
    assert.equal(parseHash(`#${printHash(state, standard)}`, data, standard), state);
  });
  test('says that nothing is folded where much is by default', () => {
    const large = pageData(largeMatrix);
    const folded = defaultState(large);
    const open = { ...folded, folded: { rows: new Set<string>(), columns: folded.folded.columns } };
    assert.is(printHash(open, folded), 'rows=');
    assert.equal(parseHash('rows=', large, folded), open);
  });
  test('is believed only as far as the data know it', () => {
    const read = parseHash(
      '#zoom=13.5&zoom=1&namespace=nowhere&cell=shop/web&cell=shop/nothing&rows=x',
      data,
      standard,
    );
    assert.equal(read, { ...standard, folded: { ...standard.folded, rows: new Set() } });
  });
});

describe('the list of connections', (test) => {
  test('has one entry for what is alike, by source', () => {
    const because = [cause('a/p', 'spec.ingress[0]', 3)];
    const data = pageData(
      diffOf([
        connection('gained', pods('a/x'), pods('a/y'), 80, because),
        connection('gained', pods('a/x'), pods('b/z'), 80, because),
        connection('gained', pods('a/x'), pods('b/z'), 81, because),
        connection('lost', pods('a/x'), pods('b/z'), 80, because),
        connection('kept', pods('a/x'), pods('b/z'), 82, because),
        connection('gained', pods('a/y'), pods('b/z'), 80, because),
      ]),
    );
    const told = entryGroups(data).map(({ entity, entries }) => [entity, entries.map((each) => each.connections)]);
    assert.equal(told, [
      [0, [[0, 1], [2], [3]]],
      [1, [[5]]],
    ]);
  });
  test('tells all of a matrix, and reasons unless they are too many', () => {
    assert.is(entryGroups(pageData(shopMatrix)).flatMap(({ entries }) => entries).length, 10);
    const many = entryGroups(pageData(largeMatrix));
    assert.equal([many.length, many.flatMap(({ entries }) => entries).length], [300, 600]);
  });
});

function viewWith(document: DiffDocument | MatrixDocument, chosen: Partial<ViewState>): View {
  const data = pageData(document);
  return viewOf(data, { ...defaultState(data), ...chosen });
}

function keys({ lines }: View['rows']): readonly string[] {
  return lines.map(({ key }) => key);
}

/** `row column state`. */
function states({ rows, columns, cells }: View): readonly string[] {
  return cells.flatMap((some, row) =>
    [...some].map(([column, { state }]) => [rows.lines[row]?.key, columns.lines[column]?.key, state].join(' ')),
  );
}

function diffOf(connections: DiffDocument['connections']): DiffDocument {
  return { ...shopDiff, workloads: ends, connections, isolation: [], outputs: [] };
}

function matrixOf(connections: MatrixDocument['connections'], workloads = ends): MatrixDocument {
  return { ...shopMatrix, workloads, connections };
}
