// How verdicts are put together from lines, with an engine that is a function of the capture.
import * as assert from 'uvu/assert';
import { createFakeHost, type FakeHost } from '../../src/host/fake-host.ts';
import { parseAddress } from '../../src/net/address.ts';
import type { Flow } from '../../src/net/flow.ts';
import { testRun } from '../../src/replay/test-run.ts';
import type { CapturePoint, Engine } from '../../src/target.ts';
import { pod, snapshot } from '../kit/build.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const cluster = snapshot(
  [pod('a/one', { ips: ['10.0.0.1'], node: 'n1' }), pod('a/two', { ips: ['10.0.0.2'], node: 'n2' })],
  { a: {} },
  { n1: ['192.168.0.1'], n2: ['192.168.0.2'] },
);

const engine: Engine = {
  name: 'fake',
  programs: [],
  prepare: () => [],
  attach: () => [],
  apply: () => [{ argv: ['load'], stdin: null }],
  remove: () => [],
  judgeCapture: (point, capture) => ({
    argv: ['judge', point],
    stdin: null,
    files: [{ name: 'capture.pcap', content: capture }],
  }),
};

const flow = (from: string, to: string, ends: Partial<Flow> = {}): Flow => ({
  source: must(parseAddress(from), from),
  destination: must(parseAddress(to), to),
  protocol: 'TCP',
  port: 80,
  sourceNode: null,
  destinationNode: null,
  ...ends,
});

/** A host that answers for every `judge` line of the script, in its order. */
function hostSaying(answer: (point: string, index: number) => string): FakeHost {
  const fake = createFakeHost({ uid: 0 });
  let script = '';
  return {
    ...fake,
    stage: async (path, content) => {
      if (path.endsWith('session.sh')) script = content.toString();
      return fake.stage(path, content);
    },
    run: async () => {
      const asked = [...script.matchAll(/'judge' '(from|to|own)'/g)].map(([, point = '']) => point);
      return { exitCode: 0, stderr: '', stdout: asked.map((point, index) => `${answer(point, index)}\n`).join('') };
    },
  };
}

const judge = async (flows: readonly Flow[], host: FakeHost) =>
  testRun([{ world: { snapshot: cluster }, artifactsOf: () => ({ value: [], diagnostics: [] }), flows }], engine, host);

describe('a test run', (test) => {
  test('asks the source’s node on the way from it, the destination’s on the way to it, and needs both', async () => {
    const asked = async (refuse: CapturePoint | null): Promise<readonly string[] | undefined> =>
      (
        await judge(
          [flow('10.0.0.1', '10.0.0.2')],
          hostSaying((point) => (point === refuse ? 'drop' : 'pass')),
        )
      ).value?.[0]?.verdicts;
    assert.equal(await asked(null), ['allow']);
    assert.equal(await asked('from'), ['deny']);
    assert.equal(await asked('to'), ['deny']);
  });

  test('what a node itself sends to its pod is asked as its own', async () => {
    const host = hostSaying((point) => (point === 'own' ? 'pass' : 'drop'));
    const { value } = await judge([flow('192.168.0.1', '10.0.0.1', { sourceNode: 'n1' })], host);
    assert.equal(value?.[0]?.verdicts, ['allow']);
  });

  test('a missing or strange line is no verdict (NP7041)', async () => {
    for (const line of ['', 'passed', 'pass\npass']) {
      const { value, diagnostics } = await judge(
        [flow('10.0.0.1', '203.0.113.1')],
        hostSaying(() => line),
      );
      assert.is(value, null, line);
      assert.equal(
        diagnostics.map(({ code }) => code),
        ['NP7041'],
      );
    }
  });

  test('leaves nothing behind, also when the script fails', async () => {
    const fake = createFakeHost({
      uid: 0,
      program: ({ argv }) => (argv[0] === 'unshare' ? { exitCode: 1, stderr: 'station 0\nload: refused' } : {}),
    });
    const { diagnostics } = await judge([flow('10.0.0.1', '203.0.113.1')], fake);
    assert.match(diagnostics[0]?.message ?? '', /at node n1: load: refused/);
    assert.equal(fake.paths(), []);
  });
});
