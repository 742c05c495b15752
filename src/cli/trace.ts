// `netpolc trace`: the verdict on a connection and the whole reason.
import { InvalidArgumentError, type Command } from 'commander';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import { escapeJson } from '../diagnostics/safe-text.ts';
import type { FlowLine } from '../flows/flow-line.ts';
import { createFlowResolver } from '../flows/resolve-flow.ts';
import type { Host } from '../host/host.ts';
import type { World } from '../input/world.ts';
import { printTrace, traceDocument } from '../trace/print-trace.ts';
import { createTracer, type Trace } from '../trace/trace.ts';
import { andThen } from './and-then.ts';
import { askedFlows, readEnds, type FlowFlags } from './asked-flows.ts';
import { onlyDiagnostics, type CommandResult } from './command-result.ts';
import { addInputOptions, choice, compileOptions, optionalChoice, type InputFlags } from './input-options.ts';
import { loadJudgedWorld } from './judged-world.ts';
import { flowText } from './flow-text.ts';
import type { Finish } from './program.ts';
import { worldRemarks } from './world-remarks.ts';

interface TraceFlags extends InputFlags, FlowFlags {
  readonly format: 'text' | 'json';
}

const examples = `
An end is namespace/pod, an IP address, or node:NAME (traffic of the node itself).

Examples:
  netpolc trace policies/ -s cluster.json --from prod/api --to prod/db --port 5432
  netpolc trace policies/ -s cluster.json --from 203.0.113.9 --to prod/web --port 443 --expect deny
  netpolc trace -s cluster.json -l app=api --to prod/db --port 5432`;

/** Defines the command. */
export function defineTrace(command: Command, host: Host, finish: Finish): void {
  addInputOptions(addOwnOptions(command))
    .addHelpText('after', examples)
    .action(async (policies: string[], flags: TraceFlags) => finish(await trace(policies, flags, host), flags));
}

function addOwnOptions(command: Command): Command {
  return command
    .option('--from <end>', 'who connects')
    .option('--to <end>', 'who is connected to')
    .option('-l, --selector <labels>', 'instead of one end: every live pod with these labels, as kubectl selects')
    .requiredOption('--port <number>', 'destination port', parsePort)
    .addOption(choice('--protocol <name>', 'protocol', ['TCP', 'UDP', 'SCTP']))
    .addOption(optionalChoice('--family <name>', 'address family, where both ends have both', ['IPv4', 'IPv6']))
    .addOption(optionalChoice('--expect <verdict>', 'the verdict wanted, exit 1 otherwise', ['allow', 'deny']))
    .addOption(choice('--format <format>', 'shape of the result, json being one line a connection', ['text', 'json']));
}

async function trace(policies: readonly string[], flags: TraceFlags, host: Host): Promise<CommandResult> {
  const { value, diagnostics } = await andThen(await readEnds(flags), async (ends) =>
    andThen(await loadJudgedWorld(policies, flags, host), async ({ world }) =>
      andThen(await askedFlows(ends, flags, world.snapshot), (lines) => answer(lines, world, flags)),
    ),
  );
  if (value === null) return onlyDiagnostics(diagnostics);
  const { answers, remarks } = value;
  const unexpected = answers.filter(({ line, trace }) => line.expect !== null && line.expect !== trace.verdict);
  return {
    diagnostics,
    output:
      flags.format === 'json' ? answers.map(printAsJson) : [answers.map(({ trace }) => printTrace(trace)).join('\n')],
    remarks: [...remarks, ...unexpected.map(describeUnexpected)],
    findings: unexpected.length > 0,
  };
}

interface Answer {
  readonly line: FlowLine;
  readonly trace: Trace;
}

interface Answers {
  readonly answers: readonly Answer[];
  readonly remarks: readonly string[];
}

function answer(lines: readonly FlowLine[], world: World, flags: InputFlags): Outcome<Answers> {
  const resolve = createFlowResolver(world.snapshot);
  const tracer = createTracer(world, compileOptions(flags).semantics);
  const resolved = lines.map((line) => ({ line, outcome: resolve(line) }));
  const diagnostics = resolved.flatMap(({ outcome }) => outcome.diagnostics);
  const answers = resolved.flatMap(({ line, outcome }) =>
    outcome.value === null ? [] : [{ line, trace: tracer(outcome.value) }],
  );
  const value = answers.length < lines.length ? null : { answers, remarks: worldRemarks(world) };
  return { value, diagnostics };
}

/** The trace, and the connection in the words of the question. */
function printAsJson({ line, trace }: Answer): string {
  const { schemaVersion, ...rest } = traceDocument(trace);
  return `${escapeJson(JSON.stringify({ schemaVersion, ...line.fields, ...rest }))}\n`;
}

function describeUnexpected({ line, trace }: Answer): string {
  return `${flowText(line)}: expected ${line.expect ?? ''}, and the verdict is ${trace.verdict}`;
}

/** Reads a port number, 1 to 65535. */
export function parsePort(text: string): number {
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) throw new InvalidArgumentError('A port is a number from 1 to 65535.');
  return port;
}
