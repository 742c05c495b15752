import * as assert from 'uvu/assert';
import { oneElementALine } from '../../src/diff/element-lines.ts';
import { describe } from '../kit/suite.ts';

describe('one element a line', (test) => {
  test('a list is cut at its commas and keeps its indentation', () => {
    assert.is(
      oneElementALine('set x {\n  10.0.0.1, 10.0.0.2,\n  10.0.0.3\n}\n'),
      'set x {\n  10.0.0.1\n  10.0.0.2\n  10.0.0.3\n}\n',
    );
  });
  test('elements of several words stay whole', () => {
    assert.is(oneElementALine('  a . b, c . d\n'), '  a . b\n  c . d\n');
    assert.is(oneElementALine('  10.0.0.0-10.0.0.9, 10.1.0.0/16'), '  10.0.0.0-10.0.0.9\n  10.1.0.0/16');
  });
  test('where lines were broken makes no difference', () => {
    assert.is(oneElementALine(' a, b,\n c\n'), oneElementALine(' a,\n b, c\n'));
  });
  test('comments, quoted text, blocks and ports of one rule are no lists', () => {
    const others = [
      '  # TCP 80, TCP 443',
      '  10.0.0.7 : jump in_db, # prod/db',
      '  ip saddr @x return comment "a, b"',
      '  icmp type { echo-request, echo-reply } accept',
      '-A NPC1-P -p tcp -m multiport --dports 80,443 -j RETURN',
      '    {"key":["0x01","0x02"],"value":["0x01"]},',
      '',
      '  drop',
    ].join('\n');
    assert.is(oneElementALine(others), others);
  });
  test('a list of a hundred thousand elements on one line is cut as any other', () => {
    const elements = Array.from({ length: 100_000 }, (_, index) => `e${index}`);
    assert.is(oneElementALine(`  ${elements.join(', ')}`), elements.map((element) => `  ${element}`).join('\n'));
  });
});
