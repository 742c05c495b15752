import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
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
