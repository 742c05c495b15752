import * as assert from 'uvu/assert';
import { comparableText } from '../../src/diff/comparable-text.ts';
import { describe } from '../kit/suite.ts';

describe('a text for comparison', (test) => {
  test('a list is cut at its commas and keeps its indentation', () => {
    assert.is(
      comparableText('set x {\n  10.0.0.1, 10.0.0.2,\n  10.0.0.3\n}\n'),
      'set x {\n  10.0.0.1\n  10.0.0.2\n  10.0.0.3\n}\n',
    );
  });
  test('elements of several words stay whole', () => {
    assert.is(comparableText('  a . b, c . d\n'), '  a . b\n  c . d\n');
    assert.is(comparableText('  10.0.0.0-10.0.0.9, 10.1.0.0/16'), '  10.0.0.0-10.0.0.9\n  10.1.0.0/16');
  });
  test('where lines were broken makes no difference', () => {
    assert.is(comparableText(' a, b,\n c\n'), comparableText(' a,\n b, c\n'));
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
    assert.is(comparableText(others), others);
  });
  test('a name made from content stands before the first of its elements only', () => {
    const set = 'npc4sabcdefghijklmnopqrstuvwxyz';
    const other = 'npc6sabcdefghijklmnopqrstuvwxyz';
    const given = `create ${set} hash:ip\nadd ${set} 10.0.0.1\nadd ${set} 10.0.0.2\nadd ${other} fd00::1\n`;
    assert.is(comparableText(given), `create ${set} hash:ip\nadd ${set} 10.0.0.1\n  10.0.0.2\nadd ${other} fd00::1\n`);
    const chain = 'NPC1-RABCDEFGHIJKLMNOPQRSTUV';
    assert.is(comparableText(`-A ${chain} -j RETURN\n-A ${chain} -j DROP`), `-A ${chain} -j RETURN\n  -j DROP`);
    const pin = 'map update pinned /sys/fs/bpf/netpolc/0123456789abcdef-peers4';
    assert.is(comparableText(`${pin} key hex 01\n${pin} key hex 02`), `${pin} key hex 01\n  key hex 02`);
  });
  test('comments and names that somebody chose stay in every line', () => {
    const given = '# set abcdefghijklmnopqrstuvwxyz a\n# set abcdefghijklmnopqrstuvwxyz b\nadd web 1\nadd web 2\n';
    assert.is(comparableText(given), given);
  });
  test('a list of a hundred thousand elements on one line is cut as any other', () => {
    const elements = Array.from({ length: 100_000 }, (_, index) => `e${index}`);
    assert.is(comparableText(`  ${elements.join(', ')}`), elements.map((element) => `  ${element}`).join('\n'));
  });
});
