// How verdicts are put together from what arrived, with a kernel that is a function.
import * as assert from 'uvu/assert';
import type { Outcome } from '../../src/diagnostics/diagnostic.ts';
import { createFakeHost } from '../../src/host/fake-host.ts';
import type { Host, RunResult } from '../../src/host/host.ts';
import { formatAddress, parseAddress } from '../../src/net/address.ts';
import type { Flow } from '../../src/net/flow.ts';
import { replay } from '../../src/replay/replay.ts';
import { nodesOfFlows } from '../../src/replay/stations.ts';
import type { ReplayResult } from '../../src/replay/visits.ts';
import type { Artifact, Engine } from '../../src/target.ts';
import { pod, snapshot } from '../kit/build.ts';
import { createFakeKernel, type SentPacket } from '../kit/fake-kernel.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const cluster = snapshot(
  [pod('a/one', { ips: ['10.0.0.1'], node: 'n1' }), pod('a/two', { ips: ['10.0.0.2'], node: 'n2' })],
  { a: {} },
  { n1: ['192.168.0.1'], n2: ['192.168.0.2'] },
);

/** An engine whose artifacts say which node they are for. */
const engine: Engine = {
  name: 'fake',
  programs: [{ name: 'load', package: 'loaders' }],
  prepare: () => [],
  attach: () => [],
  apply: (artifacts) => artifacts.map(({ content }) => ({ argv: ['load'], stdin: content.toString() })),
  remove: () => [],
};

const flow = (from: string, to: string, port = 80): Flow => ({
  source: must(parseAddress(from), from),
  destination: must(parseAddress(to), to),
  protocol: 'TCP',
  port,
  sourceNode: null,
  destinationNode: null,
});

const run = async (
  flows: readonly Flow[],
  host: Host,
  topology: 'routed' | 'bridged' = 'routed',
): Promise<Outcome<readonly ReplayResult[]>> => {
  const artifactsOf = (): Outcome<readonly Artifact[]> => ({
    value: [{ suffix: 'x', content: 'rules' }],
    diagnostics: [],
  });
  return replay([{ world: { snapshot: cluster }, artifactsOf, flows }], { engine, topology }, host);
};

const codes = ({ diagnostics }: Outcome<unknown>): readonly string[] => diagnostics.map(({ code }) => code);
const isProbe = ({ text }: SentPacket): boolean => !text.includes('198.19.');

describe('a replay', (test) => {
  for (const topology of ['routed', 'bridged'] as const) {
    test(`allows what every node lets through, and asks both nodes (${topology})`, async () => {
      const kernel = createFakeKernel(() => true);
      const { value, diagnostics } = await run([flow('10.0.0.1', '10.0.0.2')], kernel, topology);
      assert.equal(diagnostics, []);
      assert.equal(value?.[0]?.verdicts, ['allow']);
      // Two nodes, each asked once, and once more with the reply.
      assert.is(value?.[0]?.packets, 4);
    });
    test(`denies what one node stops, whichever it is (${topology})`, async () => {
      // Nodes have source ports of their own: the first node's is the lower one.
      const first = createFakeKernel((packet) => !isProbe(packet) || !packet.text.includes(' 20000 '));
      const second = createFakeKernel((packet) => !isProbe(packet) || !packet.text.includes(' 20001 '));
      for (const kernel of [first, second]) {
        const { value } = await run([flow('10.0.0.1', '10.0.0.2'), flow('10.0.0.1', '203.0.113.1')], kernel, topology);
        assert.equal(value?.[0]?.verdicts, kernel === first ? ['deny', 'deny'] : ['deny', 'allow']);
      }
    });
  }
  test('a flow between two addresses that no pod has meets no node', async () => {
    const kernel = createFakeKernel(() => false);
    const { value } = await run([flow('203.0.113.1', '203.0.113.2')], kernel);
    assert.equal(value?.[0], { verdicts: ['allow'], packets: 0 });
  });
  test('the same question asked twice is one probe', async () => {
    const { value } = await run(
      [flow('10.0.0.1', '10.0.0.2'), flow('10.0.0.1', '10.0.0.2')],
      createFakeKernel(() => true),
    );
    assert.equal(value?.[0], { verdicts: ['allow', 'allow'], packets: 4 });
  });
  test('source ports keep out of the way of the ports that are asked about', async () => {
    const texts: string[] = [];
    const kernel = createFakeKernel(({ text }) => texts.push(text) > 0);
    await run([flow('10.0.0.1', '10.0.0.2', 20_000)], kernel);
    assert.not.ok(texts.some((text) => text.includes('tcp 20000 ') && !text.startsWith('10.0.0.2')));
    assert.ok(texts.some((text) => text.includes('tcp 20001 20000')));
  });
  test('a lost sentinel means no verdict (NP7042)', async () => {
    assert.equal(codes(await run([flow('10.0.0.1', '10.0.0.2')], createFakeKernel(isProbe))), ['NP7042']);
  });
  test('the node itself has a sentinel of its own: a deaf observer is no denial (NP7042)', async () => {
    const toNode = { ...flow('10.0.0.1', '192.168.0.1'), destinationNode: 'n1' };
    const hears = createFakeKernel(() => true);
    assert.equal((await run([toNode], hears)).value?.[0]?.verdicts, ['allow']);
    const stops = createFakeKernel(({ text }) => !text.includes('192.168.0.1'));
    assert.equal((await run([toNode], stops)).value?.[0]?.verdicts, ['deny']);
    const isDeaf = createFakeKernel(({ text }) => !text.includes('192.168.0.1') && !text.includes('198.19.255.3'));
    assert.equal(codes(await run([toNode], isDeaf)), ['NP7042']);
  });
  test('a node answers to the addresses that flows call its own, also without a Node object', () => {
    const toNode = { ...flow('10.0.0.1', '192.168.7.7'), destinationNode: 'n1' };
    const fromNode = { ...flow('192.168.7.8', '10.0.0.1'), sourceNode: 'n1' };
    const [node] = nodesOfFlows({ ...cluster, nodeByName: new Map() }, [toNode, fromNode]);
    assert.equal(node?.ownAddresses.map(formatAddress), ['192.168.7.7', '192.168.7.8']);
  });
  test('a pod with the address of a node cannot be judged: its node keeps the packets (NP7043)', async () => {
    const lent = snapshot([pod('a/one', { ips: ['192.168.0.1'] })], { a: {} }, { n1: ['192.168.0.1'] });
    for (const each of [flow('203.0.113.1', '192.168.0.1'), flow('192.168.0.1', '203.0.113.1')]) {
      const artifactsOf = (): Outcome<readonly []> => ({ value: [], diagnostics: [] });
      const kernel = createFakeKernel(() => true);
      const outcome = await replay(
        [{ world: { snapshot: lent }, artifactsOf, flows: [each] }],
        { engine, topology: 'routed' },
        kernel,
      );
      assert.equal(codes(outcome), ['NP7043']);
    }
  });
  test('a session that lost sentinels is held once more, and then counts', async () => {
    let sentinels = 0;
    const kernel = createFakeKernel((packet) => isProbe(packet) || sentinels++ > 0);
    const { value, diagnostics } = await run([flow('10.0.0.1', '10.0.0.2')], kernel);
    assert.equal(diagnostics, []);
    assert.equal(value?.[0]?.verdicts, ['allow']);
  });
  test('a reply that does not come back is told, never counted as allowed (NP7044)', async () => {
    const kernel = createFakeKernel((packet) => !isProbe(packet) || packet.stage === 'first');
    const outcome = await run([flow('10.0.0.1', '10.0.0.2')], kernel);
    assert.is(outcome.value, null);
    assert.equal(codes(outcome), ['NP7044', 'NP7044']);
  });
  test('what no kernel forwards is refused before anything is run (NP7043)', async () => {
    const hopeless = ['127.0.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', 'fe80::1', 'ff02::1', '::', '::1'];
    for (const address of hopeless) {
      const host = createFakeHost({ uid: 0 });
      const outcome = await run([flow(address.includes(':') ? 'fd00::1' : '10.0.0.1', address)], host);
      assert.equal(codes(outcome), ['NP7043'], address);
      assert.equal(host.commands, []);
    }
  });
});

describe('a replay that cannot run', (test) => {
  const failing = (stderr: string, missing: string | null = null): Host =>
    createFakeHost({
      uid: 1000,
      program: ({ argv }): Partial<RunResult> =>
        argv[0] === 'unshare'
          ? { exitCode: 1, stderr }
          : { exitCode: argv.at(-1) === `command -v ${missing}` ? 127 : 0 },
    });
  test('names the program that is missing (NP7001)', async () => {
    const outcome = await run([flow('10.0.0.1', '10.0.0.2')], failing('not found', 'tcpreplay'));
    assert.equal(codes(outcome), ['NP7001']);
    assert.match(outcome.diagnostics[0]?.message ?? '', /tcpreplay/);
  });
  test('says why namespaces cannot be made (NP7040)', async () => {
    const outcome = await run([flow('10.0.0.1', '10.0.0.2')], failing('unshare failed: Operation not permitted'));
    assert.equal(codes(outcome), ['NP7040']);
    assert.match(outcome.diagnostics[0]?.message ?? '', /Operation not permitted/);
  });
  test('says at which node artifacts were refused (NP7041)', async () => {
    const outcome = await run([flow('10.0.0.1', '10.0.0.2')], failing('station 0\nfine\nstation 1\nsyntax error'));
    assert.equal(codes(outcome), ['NP7041']);
    const { message = '' } = outcome.diagnostics[0] ?? {};
    assert.match(message, /node n2.*syntax error/);
    assert.not.match(message, /fine/);
  });
  test('asks for a user namespace when it is not root, and leaves no folder behind', async () => {
    const commands: (readonly string[])[] = [];
    const fake = createFakeHost({
      uid: 1000,
      program: ({ argv }) => {
        commands.push(argv);
        return { exitCode: 1 };
      },
    });
    await run([flow('10.0.0.1', '10.0.0.2')], fake);
    assert.equal(commands[0]?.slice(0, 3), ['unshare', '--user', '--map-root-user']);
    assert.equal(fake.paths(), []);
  });
});
