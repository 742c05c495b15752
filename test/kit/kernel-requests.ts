// Worlds made ready for the kernel: what the replay needs to know, from a compiler.
import { emitScope, type Compiler } from '../../src/compile.ts';
import { printText } from '../../src/diagnostics/text.ts';
import type { Flow, Verdict } from '../../src/net/flow.ts';
import { createRealHost } from '../../src/host/real-host.ts';
import { replay } from '../../src/replay/replay.ts';
import { whyNotSendable } from '../../src/replay/sendable.ts';
import { testRun } from '../../src/replay/test-run.ts';
import type { ReplayRequest } from '../../src/replay/visits.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import type { Target } from '../../src/target.ts';
import type { KernelEngine, Setting } from './kernel-engines.ts';

/** A world with flows whose verdicts are known. */
export interface KernelCase {
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly compiler: Compiler;
  readonly flows: readonly { readonly flow: Flow; readonly expect: Verdict; readonly text: string }[];
}

/**
 * What the kernel said otherwise, per case, at the nodes and, where there is no bridge, at one gateway; and how many
 * packets it took.
 */
export interface KernelJudgement {
  readonly disagreementsByCase: ReadonlyMap<string, readonly string[]>;
  readonly packets: number;
  readonly verdicts: number;
}

const host = createRealHost();

/** Replays every case in one session. Throws when the session fails: no verdict is better than a wrong one. */
export async function judgeByKernel(
  cases: readonly KernelCase[],
  { target, engine }: KernelEngine,
  setting: Setting,
): Promise<KernelJudgement> {
  // A gateway routes: nobody puts the pods of other machines on its bridge.
  const asked = cases.flatMap((each) =>
    setting === 'bridged' ? [askNodes(each, target)] : [askNodes(each, target), askGateway(each, target)],
  );
  const requests = asked.map(({ request }) => request);
  const { value, diagnostics } = await (setting === 'test-run'
    ? testRun(requests, engine, host)
    : replay(requests, { engine, topology: setting }, host));
  if (value === null) throw new Error(printText(diagnostics, { color: false }));
  const disagreementsByCase = new Map<string, readonly string[]>();
  for (const [index, { name, flows, where }] of asked.entries()) {
    const wrong = flows.flatMap(({ expect, text }, at) => {
      const verdict = value[index]?.verdicts[at];
      return verdict === expect
        ? []
        : [`the kernel (${engine.name}, ${setting}, ${where}) says ${verdict}, not ${expect}: ${text}`];
    });
    disagreementsByCase.set(name, [...(disagreementsByCase.get(name) ?? []), ...wrong]);
  }
  return {
    disagreementsByCase,
    packets: value.reduce((sum, { packets }) => sum + packets, 0),
    verdicts: value.reduce((sum, { verdicts }) => sum + verdicts.length, 0),
  };
}

interface Asked {
  readonly name: string;
  readonly where: string;
  readonly flows: KernelCase['flows'];
  readonly request: ReplayRequest;
}

function askNodes(each: KernelCase, target: Target): Asked {
  const flows = each.flows.filter(({ flow }) => whyNotSendable(flow) === null);
  return { name: each.name, where: 'nodes', flows, request: requestOf(each, target, flows, 'nodes') };
}

/** Traffic of nodes themselves is left out: what is a node's own there is a neighbour's here. */
function askGateway(each: KernelCase, target: Target): Asked {
  const flows = each.flows.filter(
    ({ flow }) => whyNotSendable(flow) === null && flow.sourceNode === null && flow.destinationNode === null,
  );
  return { name: each.name, where: 'gateway', flows, request: requestOf(each, target, flows, 'gateway') };
}

function requestOf(
  { name, snapshot, compiler }: KernelCase,
  target: Target,
  flows: KernelCase['flows'],
  at: 'nodes' | 'gateway',
): ReplayRequest {
  return {
    label: name,
    world: { snapshot },
    artifactsOf: (scope) => emitScope(compiler, scope, target, { version: 'test' }),
    flows: flows.map(({ flow }) => flow),
    at,
  };
}
