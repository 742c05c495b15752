import * as assert from 'uvu/assert';
import { parseJsonFlow } from '../../src/flows/parse-json-flow.ts';
import { wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const ends = '"from":"a/b","to":"c/d"';

describe('flows as JSON Lines', (test) => {
  test('all fields are read, and echoed as written', () => {
    const text =
      '{"from":"prod/api","to":"[FD00::7]","protocol":"UDP","port":53,"family":"IPv6","expect":"deny","why":"no"}';
    const flow = must(parseJsonFlow(wholeSource('x.jsonl', text)).value?.[0]);
    assert.equal(flow.from, { kind: 'pod', namespace: 'prod', name: 'api' });
    assert.equal(flow.to, { kind: 'address', address: { family: 'IPv6', words: [0xfd000000, 0, 0, 7] } });
    assert.equal([flow.protocol, flow.port, flow.family, flow.expect], ['UDP', 53, 'IPv6', 'deny']);
    assert.equal(flow.fields, JSON.parse(text));
    assert.equal([flow.span.start, flow.span.end], [0, text.length]);
    assert.equal([flow.endSpans?.to.start, flow.endSpans?.to.end], [24, 35]);
  });

  test('protocol is TCP, family open and nothing expected when they are absent or null', () => {
    for (const more of ['', ',"protocol":null,"family":null,"expect":null,"why":null']) {
      const flow = must(parseJsonFlow(wholeSource('x.jsonl', `{${ends},"port":1${more}}`)).value?.[0]);
      assert.equal([flow.protocol, flow.family, flow.expect], ['TCP', null, null]);
    }
  });

  test('1 and 65535 are ports', () => {
    for (const port of [1, 65535]) {
      assert.is(parseJsonFlow(wholeSource('x.jsonl', `{${ends},"port":${port}}`)).value?.[0]?.port, port);
    }
  });
});

describe('JSON Lines that are wrong', (test) => {
  /** Code, the text under the caret, a phrase of the message and one of the hint. */
  const broken: readonly (readonly [text: string, ...problems: (readonly [string, string, string, string])[]])[] = [
    [`{${ends},"port":0}`, ['NP1045', '0', 'a whole number from 1 to 65535, not `0`', '']],
    [`{${ends},"port":65536}`, ['NP1045', '65536', 'not `65536`', '']],
    [`{${ends},"port":80.5}`, ['NP1045', '80.5', 'not `80.5`', '']],
    [`{${ends},"port":-1}`, ['NP1045', '-1', 'not `-1`', '']],
    [`{${ends},"port":"80"}`, ['NP1045', '"80"', 'not the string "80"', 'write 80 without quotes']],
    [`{${ends},"port":"http"}`, ['NP1045', '"http"', 'not the string "http"', 'a packet carries a number']],
    [`{${ends},"port":null}`, ['NP1045', 'null', 'not null', '']],
    [`{${ends},"port":[80]}`, ['NP1045', '[80]', 'not a list', '']],
    [`{${ends}}`, ['NP1047', `{${ends}}`, 'the flow has no `port`', 'add `"port"`']],
    [`{"to":"c/d","port":1}`, ['NP1047', '{"to":"c/d","port":1}', 'no `from`', '']],
    [`{"from":null,"to":"c/d","port":1}`, ['NP1045', 'null', '`from` must be `namespace/pod`', '']],
    [`{"from":7,"to":"c/d","port":1}`, ['NP1045', '7', '`from` must be', '']],
    [`{"from":"api","to":"c/d","port":1}`, ['NP1045', '"api"', 'not `api`', '`NAMESPACE/api`']],
    [`{${ends},"port":1,"protocol":"tcp"}`, ['NP1045', '"tcp"', 'TCP, UDP or SCTP, not `tcp`', 'did you mean `TCP`?']],
    [`{${ends},"port":1,"protocol":6}`, ['NP1045', '6', 'TCP, UDP or SCTP, not `6`', '']],
    [`{${ends},"port":1,"family":"v6"}`, ['NP1045', '"v6"', '`family` must be IPv4 or IPv6, not `v6`', '']],
    [`{${ends},"port":1,"expect":"Allow"}`, ['NP1045', '"Allow"', 'must be allow or deny', 'did you mean `allow`?']],
    [`{${ends},"port":1,"expect":true}`, ['NP1045', 'true', 'must be allow or deny, not `true`', '']],
    [`{${ends},"port":1,"why":{}}`, ['NP1045', '{}', '`why` must be a string, not an object', '']],
    [`{${ends},"port":1,"expects":"deny"}`, ['NP1046', '"expects"', 'no field `expects`', 'did you mean `expect`?']],
    [`{${ends},"port":1,"x":1}`, ['NP1046', '"x"', 'no field `x`', 'from, to, protocol, port, family, expect, why']],
    [`{${ends},"port":1,"__proto__":1}`, ['NP1046', '"__proto__"', 'no field `__proto__`', '']],
    [`[${ends}]`, ['NP1007', ':', 'this is not JSON', 'one whole JSON object']],
    ['[1]', ['NP1048', '[1]', 'expected a flow, found a list', 'each line is one flow']],
    ['"a/b"', ['NP1048', '"a/b"', 'found the string "a/b"', '']],
    [`{${ends},"port":1},`, ['NP1007', ',', 'nothing may follow', 'no comma after it']],
    [`{${ends},"from":"a/b","port":1}`, ['NP1008', '"from"', 'key `from` is given twice', 'remove one of them']],
    [' # note', ['NP1049', '#', 'read as JSON Lines', '`.flows`']],
    ['// note', ['NP1049', '//', 'read as JSON Lines', '`"why"`']],
    ['allow a/b -> c/d:80', ['NP1007', 'a', 'this is not JSON', '`.flows`']],
    [
      '{"port":0,"expect":"no","from":"x","too":"c/d"}',
      ['NP1047', '{"port":0,"expect":"no","from":"x","too":"c/d"}', 'the flow has no `to`', ''],
      ['NP1045', '0', '`port`', ''],
      ['NP1045', '"no"', '`expect`', ''],
      ['NP1045', '"x"', '`from`', ''],
      ['NP1046', '"too"', 'no field `too`', 'did you mean `to`?'],
    ],
  ];
  for (const [text, ...problems] of broken) {
    test(text, () => {
      const { value, diagnostics } = parseJsonFlow(wholeSource('x.jsonl', text));
      assert.is(value, null);
      assert.equal(
        diagnostics.map(({ code, span }) => [code, text.slice(span?.start, span?.end)]),
        problems.map(([code, marked]) => [code, marked]),
      );
      for (const [index, [, , message, hint]] of problems.entries()) {
        assert.ok(diagnostics[index]?.message.includes(message), diagnostics[index]?.message);
        assert.ok((diagnostics[index]?.hint ?? '').includes(hint), diagnostics[index]?.hint ?? 'no hint');
      }
    });
  }
});
