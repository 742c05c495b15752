import * as assert from 'uvu/assert';
import type { Judge } from '../../src/cli/engines.ts';
import { judgeFlows, type ResolvedLine } from '../../src/cli/judge-flows.ts';
import {
  aloneRemarks,
  isFinding,
  printJudgedAsJson,
  printJudgedAsText,
  summarize,
} from '../../src/cli/print-judged.ts';
import { diagnose } from '../../src/diagnostics/diagnostic.ts';
import { parseAddress } from '../../src/net/address.ts';
import type { Verdict } from '../../src/net/flow.ts';
import { wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const address = must(parseAddress('192.0.2.1'));
const flow = {
  source: address,
  destination: address,
  protocol: 'TCP',
  port: 80,
  sourceNode: null,
  destinationNode: null,
} as const;

function line(expect: Verdict | null): ResolvedLine {
  const span = { source: wholeSource('f.jsonl', '{}'), start: 0, end: 2 };
  const end = { kind: 'address', address } as const;
  return {
    flow,
    line: { from: end, to: end, protocol: 'TCP', port: 80, family: null, expect, fields: { port: 80 }, span },
  };
}

function engine(name: string, ...said: readonly (Verdict | readonly Verdict[])[]): Judge {
  const value = said.map((verdicts) =>
    [verdicts].flat().map((verdict, index) => ({ engine: index === 0 ? name : `${name}/${index}`, verdict })),
  );
  return { name, judge: async () => ({ value, diagnostics: [] }) };
}

describe('judging flows by several engines', (test) => {
  test('engines that disagree are a finding, with and without an expectation', async () => {
    const engines = [engine('oracle', 'allow', 'allow', 'allow'), engine('ir', 'allow', 'deny', 'deny')];
    const { value } = await judgeFlows([line('allow'), line('allow'), line(null)], engines);
    const judged = must(value);
    assert.equal(judged.map(isFinding), [false, true, true]);
    assert.equal(judged.map(printJudgedAsText), [
      'pass    192.0.2.1 -> 192.0.2.1:80/TCP: allow\n',
      'DIFFER  192.0.2.1 -> 192.0.2.1:80/TCP: oracle allow, ir deny, expected allow (f.jsonl:1)\n',
      'DIFFER  192.0.2.1 -> 192.0.2.1:80/TCP: oracle allow, ir deny (f.jsonl:1)\n',
    ]);
    assert.is(
      summarize(judged, ['oracle', 'ir']),
      '3 flows (engines oracle, ir): 1 passed, 0 failed, 2 with engines that disagree',
    );
  });

  test('with three and more, the one that says otherwise than all others is named', async () => {
    const engines = [
      engine('oracle', 'allow', 'allow', 'allow', 'deny'),
      engine('ir', 'allow', 'allow', 'deny', 'deny'),
      engine('nftables', 'allow', 'allow', 'deny', 'deny'),
      engine('ebpf', 'allow', 'deny', 'allow', 'allow'),
    ];
    const judged = must((await judgeFlows([line(null), line(null), line(null), line(null)], engines)).value);
    // Two against two: nobody stands alone.
    assert.equal(
      judged.map(({ alone }) => alone),
      [null, 'ebpf', null, 'ebpf'],
    );
    assert.match(printJudgedAsText(must(judged[1])), /nftables allow, ebpf deny; ebpf stands alone \(f\.jsonl:1\)/);
    assert.match(printJudgedAsJson(must(judged[1])), /"engine":"ebpf","alone":true/);
    assert.equal(aloneRemarks(judged), ['ebpf stands alone on 2 flows']);
  });

  test('JSON has one line an engine, each with its own pass', async () => {
    const engines = [engine('oracle', 'allow'), engine('ir', 'deny')];
    const [judged] = must((await judgeFlows([line('allow')], engines)).value);
    assert.is(
      printJudgedAsJson(must(judged)),
      '{"port":80,"verdict":"allow","pass":true,"engine":"oracle","schemaVersion":1}\n' +
        '{"port":80,"verdict":"deny","pass":false,"engine":"ir","schemaVersion":1}\n',
    );
  });

  test('an engine that contradicts itself disagrees', async () => {
    const { value } = await judgeFlows([line('allow')], [engine('nftables', ['allow', 'deny'])]);
    assert.equal(must(value).map(isFinding), [true]);
  });

  test('an engine that cannot answer leaves no result', async () => {
    const problem = diagnose('NP7001', { program: 'nft' }, null);
    const unable: Judge = { name: 'nftables', judge: async () => ({ value: null, diagnostics: [problem] }) };
    assert.equal(await judgeFlows([line('allow')], [engine('ir', 'allow'), unable]), {
      value: null,
      diagnostics: [problem],
    });
  });

  test('an engine that leaves out a flow is a bug, not a verdict', async () => {
    let thrown = '';
    await judgeFlows([line('allow'), line('allow')], [engine('ir', 'allow')]).catch(
      (error: unknown) => (thrown = String(error)),
    );
    assert.match(thrown, /engine ir says nothing on flow 1/);
  });
});
