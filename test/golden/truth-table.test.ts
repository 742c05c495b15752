import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as assert from 'uvu/assert';
import { toPlain } from '../../src/parse/plain.ts';
import { parseYaml } from '../../src/parse/yaml.ts';
import { wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { parseCaseFile } from './case-file.ts';
import { parseTruthTable } from './truth-table.ts';

const rest = `
UDP 80, SCTP 80, TCP 81, UDP 81, SCTP 81
     x/a y/a y/b
x/a   .   .   .
y/*   .   .   .
`;

const table = `
# y/b is closed for x
TCP 80
     x/a y/a y/b
x/a   .   .   X    # this one
y/a   .   .   .
y/b   .   .   .
${rest}`;

describe('parseTruthTable', (test) => {
  const cells = parseTruthTable(table);

  test('states every pair of pods for every protocol on both ports', () => {
    assert.is(cells.length, 3 * 3 * 6);
    assert.is(new Set(cells.map((cell) => [cell.from, cell.to, cell.protocol, cell.port].join())).size, 3 * 3 * 6);
  });

  test('a row is a source, a column a destination', () => {
    const denied = cells.filter((cell) => cell.expect === 'deny');
    assert.equal(denied, [{ from: 'x/a', to: 'y/b', expect: 'deny', protocol: 'TCP', port: 80 }]);
  });

  test('a starred row stands for the pods of its namespace', () => {
    const starred = cells.filter((cell) => cell.protocol === 'SCTP' && cell.port === 81);
    assert.equal(
      starred.map((cell) => `${cell.from} ${cell.to}`),
      ['x/a x/a', 'x/a y/a', 'x/a y/b', 'y/a x/a', 'y/a y/a', 'y/a y/b', 'y/b x/a', 'y/b y/a', 'y/b y/b'],
    );
  });

  test('another port is spoken of for every protocol', () => {
    const all = 'TCP 80, UDP 80, SCTP 80, TCP 81, UDP 81, SCTP 81, TCP 99';
    assert.throws(() => parseTruthTable(`${all}\n p/a\np/a .`), 'no grid speaks of UDP 99, SCTP 99');
    assert.is(parseTruthTable(`${all}, UDP 99, SCTP 99\n p/a\np/a .`).length, 9);
  });

  const mistakes: readonly (readonly [mistake: string, wrong: string, message: string])[] = [
    ['nothing', '', 'no grid speaks of TCP 80, UDP 80, SCTP 80, TCP 81, UDP 81, SCTP 81'],
    ['rows without a heading', ` x/a\nx/a .${rest}`, 'line 1: a grid begins with what it speaks of'],
    ['an unknown protocol', table.replace('TCP 80', 'ICMP 80'), 'line 3: `ICMP 80` is not a protocol and a port'],
    ['a port 0', table.replace('TCP 80', 'TCP 0'), 'line 3: `TCP 0` is not a protocol and a port'],
    ['a heading alone', `${table}TCP 99`, 'line 13: no destinations and no rows follow'],
    ['a service twice', table + table, 'line 15: a grid speaks of TCP 80 already'],
    ['a service never', rest, 'no grid speaks of TCP 80'],
    ['a row too few', table.replace('y/b   .', '#'), 'line 3: this grid has no row for y/b'],
    ['a row twice', table.replace('y/b   .', 'y/a   .'), 'line 7: y/a has a row already'],
    ['a starred row twice', table.replace('y/b   .', 'y/*   .'), 'line 7: y/a has a row already'],
    ['a row of nobody', table.replace('y/b   .', 'z/a   .'), 'line 7: z/a is not among the destinations'],
    ['a starred row of nobody', table.replace('y/b   .', 'z/*   .'), 'line 7: no destination is called like z/*'],
    ['a cell too few', table.replace('.   X', 'X'), 'line 5: 2 cells for 3 destinations'],
    ['another mark', table.replace('X', 'x'), 'line 5: `x` is neither `.` nor `X`'],
    ['a pod that does not reach itself', table.replace('x/a   .', 'x/a   X'), 'line 5: x/a always reaches itself'],
    ['a destination twice', table.replace('x/a y/a y/b', 'x/a y/a y/a'), 'line 4: a destination stands here twice'],
    [
      'other pods in another grid',
      table.replace('y/a y/b', 'y/a y/c').replace('y/b   .', 'y/c   .'),
      'line 9: other destinations',
    ],
  ];
  for (const [mistake, wrong, message] of mistakes) {
    test(`refuses ${mistake}`, () =>
      assert.throws(
        () => parseTruthTable(wrong),
        (e: Error) => e.message.startsWith(message),
      ));
  }
});

const golden = resolve(import.meta.dirname, '../../golden');
const scenarios = readdirSync(golden).filter((name) => name.startsWith('u-'));

describe('the public scenarios', (test) => {
  test('each of U-01 to U-44 has a folder', () => {
    const ids = Array.from({ length: 44 }, (_, index) => `u-${String(index + 1).padStart(2, '0')}`);
    const without = ids.filter((id) => !scenarios.some((name) => name.startsWith(id)));
    assert.equal(without, []);
  });

  test('each folder cites its scenario', () => {
    const wrong = scenarios.filter((name) => !caseOf(name).rules.includes(name.slice(0, 4).toUpperCase()));
    assert.equal(wrong, []);
  });

  test('each truth table speaks of every pod of its world', () => {
    const tables = scenarios.filter((name) => existsSync(join(golden, name, 'truth.txt')));
    assert.ok(tables.length >= 44);
    for (const name of tables) {
      const cells = parseTruthTable(readFileSync(join(golden, name, 'truth.txt'), 'utf8'));
      assert.equal([...new Set(cells.map((cell) => cell.from))].sort(), podsOf(name), name);
    }
  });

  test('a label that is added later is all that differs from the world', () => {
    const updated = scenarios.filter((name) => /^u-2[013]b/.test(name));
    assert.is(updated.length, 3);
    const world = listIn(join(golden, 'worlds', 'xyz.yaml'));
    for (const name of updated) {
      const lines = listIn(join(golden, name, 'snapshot.yaml'));
      assert.is(lines.filter((line, index) => line !== world[index]).length, 1, name);
      assert.is(lines.length, world.length, name);
    }
  });
});

function caseOf(name: string): ReturnType<typeof parseCaseFile> {
  return parseCaseFile(readFileSync(join(golden, name, 'case.yaml'), 'utf8'));
}

/** The lines of a file from its List on, without the comment above. */
function listIn(path: string): readonly string[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.slice(lines.indexOf('kind: List'));
}

/** `namespace/name` of the pods in the world of a scenario, sorted. */
function podsOf(name: string): readonly string[] {
  const { world } = caseOf(name);
  const path = world === null ? join(golden, name, 'snapshot.yaml') : join(golden, 'worlds', `${world}.yaml`);
  const [list] = must(parseYaml(wholeSource(path, readFileSync(path, 'utf8'))).value, path);
  const { items } = toPlain(must(list, path)) as { readonly items: readonly ClusterObject[] };
  return items
    .filter(({ kind }) => kind === 'Pod')
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
    .sort();
}

interface ClusterObject {
  readonly kind: string;
  readonly metadata: { readonly namespace: string; readonly name: string };
}
