import * as assert from 'uvu/assert';
import { createFakeHost } from '../../src/host/fake-host.ts';
import { prepareEngine } from '../../src/replay/prepare-engine.ts';
import type { Engine } from '../../src/target.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

const engineThat = (...prepare: ReturnType<Engine['prepare']>): Engine => ({
  name: 'fake',
  programs: [{ name: 'cc', package: 'gcc' }],
  prepare: () => prepare,
  attach: () => [],
  apply: () => [],
  remove: () => [],
});

describe('preparing an engine', (test) => {
  test('gives the files that its commands leave, and runs them once for all sessions', async () => {
    const engine = engineThat({ argv: ['cc', 'a.c'], stdin: null, files: [{ name: 'a.c', content: 'int a;' }] });
    const host = createFakeHost({ program: () => ({}) });
    const [one, two] = await Promise.all([prepareEngine(engine, host), prepareEngine(engine, host)]);
    assert.is(one, two);
    assert.equal(
      [...must(one.value)].map(([name, content]) => [name, Buffer.from(content).toString()]),
      [['a.c', 'int a;']],
    );
    assert.is(host.commands.length, 1);
    assert.equal(host.commands[0]?.argv.slice(-2), ['cc', 'a.c']);
    assert.equal(host.paths(), [], 'nothing stays on the machine');
  });

  test('with nothing to prepare touches nothing', async () => {
    const host = createFakeHost();
    assert.is((await prepareEngine(engineThat(), host)).value?.size, 0);
    assert.equal(host.commands, []);
  });

  test('a missing program is named with its package (NP7001); one that fails speaks for itself (NP7041)', async () => {
    const engine = engineThat({ argv: ['cc', 'a.c'], stdin: null });
    const without = createFakeHost({
      program: ({ argv }) => (argv.includes('command -v cc') ? { exitCode: 1 } : { exitCode: 127, stderr: 'sh: cc' }),
    });
    const [missing] = (await prepareEngine(engine, without)).diagnostics;
    assert.is(missing?.code, 'NP7001');
    assert.match(missing?.hint ?? '', /package `gcc`/);
    const failing = createFakeHost({
      program: ({ argv }) => (argv.includes('command -v cc') ? {} : { exitCode: 1, stderr: 'a.c:1: no such type' }),
    });
    const { value, diagnostics } = await prepareEngine(engine, failing);
    assert.is(value, null);
    assert.is(diagnostics[0]?.code, 'NP7041');
    assert.match(diagnostics[0]?.message ?? '', /the preparation of fake: a\.c:1: no such type/);
    assert.equal(failing.paths(), [], 'nothing stays on the machine');
  });
});
