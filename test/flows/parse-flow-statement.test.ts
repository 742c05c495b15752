import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { parseFlowStatement } from '../../src/flows/parse-flow-statement.ts';
import { wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

function fieldsOf(text: string): readonly unknown[] {
  const { value, diagnostics } = parseFlowStatement(wholeSource('x.flows', text));
  assert.equal(diagnostics, [], text);
  return must(value, text).map(({ fields }) => fields);
}

describe('statements of the readable language', (test) => {
  const api = { from: 'prod/api', to: 'prod/db', protocol: 'TCP', port: 3306 };
  const cases: readonly (readonly [text: string, fields: readonly unknown[]])[] = [
    ['allow prod/api -> prod/db:3306/TCP', [{ ...api, expect: 'allow' }]],
    ['allow prod/api -> prod/db:3306', [{ ...api, expect: 'allow' }]],
    ['deny prod/api -> prod/db:3306/UDP', [{ ...api, protocol: 'UDP', expect: 'deny' }]],
    ['ask prod/api -> prod/db:3306/SCTP', [{ ...api, protocol: 'SCTP' }]],
    ['  allow\tprod/api->prod/db:3306# why', [{ ...api, expect: 'allow' }]],
    ['ask prod/api -> prod/db:3306 over IPv6', [{ ...api, family: 'IPv6' }]],
    [
      'ask prod/api -> prod/db:53, 3306/UDP over IPv4',
      [
        { ...api, protocol: 'UDP', port: 53, family: 'IPv4' },
        { ...api, protocol: 'UDP', family: 'IPv4' },
      ],
    ],
    ['ask 10.0.0.1 -> 10.0.0.2:80', [{ from: '10.0.0.1', to: '10.0.0.2', protocol: 'TCP', port: 80 }]],
    ['ask fd00::1 -> [FD00::2]:80', [{ from: 'fd00::1', to: 'fd00::2', protocol: 'TCP', port: 80 }]],
    ['ask [fd00::1] -> [::2]:80', [{ from: 'fd00::1', to: '::2', protocol: 'TCP', port: 80 }]],
    ['ask node:ab -> node:cd:80', [{ from: 'node:ab', to: 'node:cd', protocol: 'TCP', port: 80 }]],
    ['ask host:fd -> host:a.b-c:80', [{ from: 'host:fd', to: 'host:a.b-c', protocol: 'TCP', port: 80 }]],
    ['ask allow/deny -> over/ask:80', [{ from: 'allow/deny', to: 'over/ask', protocol: 'TCP', port: 80 }]],
    ['ask node/node -> host/host:80', [{ from: 'node/node', to: 'host/host', protocol: 'TCP', port: 80 }]],
    ['ask a/cafe -> b/beef:80', [{ from: 'a/cafe', to: 'b/beef', protocol: 'TCP', port: 80 }]],
  ];
  for (const [text, fields] of cases) test(text, () => assert.equal(fieldsOf(text), fields));

  test('a comment alone is no flow and no problem', () => {
    assert.equal(parseFlowStatement(wholeSource('x.flows', '  # deny a/b -> c/d:1')).diagnostics, []);
    assert.equal(parseFlowStatement(wholeSource('x.flows', '#')).value ?? [], []);
  });

  test('the span is the statement without margin and comment, with the places of both ends', () => {
    const line = wholeSource('x.flows', '  allow a/b -> [fd00::7]:80  # why');
    const flow = must(parseFlowStatement(line).value?.[0]);
    assert.equal([flow.span.start, flow.span.end], [2, 27]);
    assert.equal([flow.endSpans?.from.start, flow.endSpans?.from.end], [8, 11]);
    assert.equal([flow.endSpans?.to.start, flow.endSpans?.to.end], [15, 24]);
    assert.is(flow.expect, 'allow');
  });
});

describe('statements that are wrong', (test) => {
  /** Code, place, a phrase of the message and one of the hint. */
  const broken: readonly (readonly [
    text: string,
    ...problems: (readonly [string, number, number, string, string])[],
  ])[] = [
    [
      'alow a/b -> c/d:80',
      ['NP1044', 0, 4, 'expected `allow`, `deny` or `ask`, found `alow`', 'did you mean `allow`?'],
    ],
    ['ALLOW a/b -> c/d:80', ['NP1044', 0, 5, 'found `ALLOW`', 'did you mean `allow`?']],
    ['a/b -> c/d:80', ['NP1044', 0, 1, 'found `a`', 'a line begins with']],
    ['allow a/b c/d:80', ['NP1044', 10, 11, 'expected `->`, found `c`', 'write `->`']],
    ['allow a/b → c/d:80', ['NP1044', 10, 11, 'expected `->`, found `→`', 'write `->`']],
    ['allow a/b > c/d:80', ['NP1044', 10, 11, 'expected `->`, found `>`', 'write `->`']],
    ['allow a/b:1 -> c/d:80', ['NP1044', 9, 10, 'expected `->`, found `:`', 'the destination alone']],
    ['allow a/b -> c/d', ['NP1044', 16, 16, 'expected `:` and a port, found the end of the line', 'needs the port']],
    ['allow a/b -> c/d # no port', ['NP1044', 16, 16, 'expected `:` and a port, found the end', 'needs the port']],
    ['allow a/b -> fd00::7:80', ['NP1044', 23, 23, 'expected `:` and a port', '`[fd00::7]:80`']],
    ['allow a/b -> [10.0.0.1]:80', ['NP1044', 14, 22, 'expected an IPv6 address, found `10.0.0.1`', '']],
    ['allow a/b -> c/d:', ['NP1044', 17, 17, 'expected a port, found the end', '']],
    ['allow a/b -> c/d:80/', ['NP1044', 20, 20, 'expected a protocol, found the end', '']],
    ['allow a/b -> c/d:1/UDP,2/TCP', ['NP1044', 22, 23, 'found `,`', 'a line for each protocol']],
    ['allow a/b -> c/d:80 443', ['NP1044', 20, 23, 'or the end of the line, found `443`', '']],
    ['allow a/b -> c/d:80 over', ['NP1044', 24, 24, 'expected `IPv4` or `IPv6`, found the end', '']],
    ['allow -> c/d:80', ['NP1044', 6, 8, 'expected an endpoint, found `->`', '']],
    ['allow a/ -> c/d:80', ['NP1044', 9, 11, 'expected a name, found `->`', '']],
    ['allow a/b -> node:', ['NP1044', 18, 18, 'expected a name, found the end', '']],
    ['allow a/b -> c/d:80/tcp', ['NP1045', 20, 23, '`protocol` must be TCP, UDP or SCTP, not `tcp`', 'mean `TCP`?']],
    ['allow a/b -> c/d:80/ICMP', ['NP1045', 20, 24, '`protocol` must be TCP, UDP or SCTP, not `ICMP`', '']],
    ['allow a/b -> c/d:80 over ipv6', ['NP1045', 25, 29, '`family` must be IPv4 or IPv6', 'did you mean `IPv6`?']],
    ['allow a/b -> c/d:0', ['NP1045', 17, 18, '`port` must be a whole number from 1 to 65535, not `0`', '']],
    ['allow a/b -> c/d:65536', ['NP1045', 17, 22, 'not `65536`', '']],
    ['allow a/b -> c/d:080', ['NP1045', 17, 20, 'not `080`', '']],
    ['allow a/b -> c/d:http', ['NP1045', 17, 21, 'not `http`', 'a packet carries a number']],
    ['allow a/b -> c/d:80-90', ['NP1045', 17, 22, 'not `80-90`', 'with commas between them']],
    ['allow api -> c/d:80', ['NP1045', 6, 9, '`from` must be `namespace/pod`', '`NAMESPACE/api`']],
    ['allow a/b -> 10.0.0.0/8:80', ['NP1045', 13, 23, '`to` must be `namespace/pod`', 'not a block']],
    ['{"from":"a/b"}', ['NP1049', 0, 1, 'this line is JSON', '.jsonl']],
    [
      'deny api -> 10.0.0.300:0,x/tcp over v4',
      ['NP1045', 5, 8, '`from`', ''],
      ['NP1045', 12, 22, '`to`', ''],
      ['NP1045', 23, 24, 'not `0`', ''],
      ['NP1045', 25, 26, 'not `x`', ''],
      ['NP1045', 27, 30, 'not `tcp`', ''],
      ['NP1045', 36, 38, 'not `v4`', ''],
    ],
  ];
  for (const [text, ...problems] of broken) {
    test(text, () => {
      const { value, diagnostics } = parseFlowStatement(wholeSource('x.flows', text));
      assert.is(value, null);
      assert.equal(
        diagnostics.map(({ code, span }) => [code, span?.start, span?.end]),
        problems.map(([code, start, end]) => [code, start, end]),
      );
      for (const [index, [, , , message, hint]] of problems.entries()) {
        assert.ok(diagnostics[index]?.message.includes(message), diagnostics[index]?.message);
        assert.ok((diagnostics[index]?.hint ?? '').includes(hint), diagnostics[index]?.hint ?? 'no hint');
      }
    });
  }

  test('control characters are refused (NP1006)', () => {
    const [problem] = parseFlowStatement(wholeSource('x.flows', 'allow a/b -> c/d:80 # \u001b[2J')).diagnostics;
    assert.equal([problem?.code, problem?.span?.start], ['NP1006', 22]);
  });

  test('any text gives flows, nothing, or problems, and never throws', () => {
    const words = [
      'allow',
      'ask',
      'a',
      '/',
      '->',
      ':',
      '80',
      ',',
      '[',
      ']',
      'fd00::7',
      'node',
      ' ',
      '#',
      'over',
      '💩',
      '-',
    ];
    const piece = fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), piece), (text) => {
        const { value, diagnostics } = parseFlowStatement(wholeSource('x.flows', text));
        assert.not((value ?? []).length > 0 && diagnostics.length > 0);
      }),
      { numRuns: 1000 },
    );
  });
});
