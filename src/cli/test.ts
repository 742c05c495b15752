// `netpolc test`: expectations about connections against what an engine, or several, say.
import type { Command } from 'commander';
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import type { FlowLine } from '../flows/flow-line.ts';
import { parseFlows } from '../flows/parse-flows.ts';
import { createFlowResolver } from '../flows/resolve-flow.ts';
import { selectFlows } from '../flows/select-flows.ts';
import type { Host } from '../host/host.ts';
import type { World } from '../input/world.ts';
import { parseLabelSelector } from '../policy/parse-label-selector.ts';
import { wholeSource } from '../source/source.ts';
import { andThen, fine } from './and-then.ts';
import { onlyDiagnostics, type CommandResult } from './command-result.ts';
import { engineNames, findEngines, type EngineFlags } from './engines.ts';
import { addInputOptions, choice, suggestion } from './input-options.ts';
import { loadJudgedWorld } from './judged-world.ts';
import { stdinTwice } from './load-world.ts';
import type { Finish } from './program.ts';
import { readText } from './read-text.ts';
import { judgeFlows, type ResolvedLine } from './judge-flows.ts';
import { aloneRemarks, isFinding, printJudgedAsJson, printJudgedAsText, summarize, whyRemark } from './print-judged.ts';
import { worldRemarks } from './world-remarks.ts';

interface TestFlags extends EngineFlags {
  readonly flows: string;
  readonly selector?: string;
  readonly format: 'text' | 'json';
}

const examples = `
Engines: ir (the compiled allow sets), oracle (the policies, read one by one); nftables, iptables, iptables-legacy, ebpf
(the kernel: network namespaces, the compiled rules and real packets, as root or, but for ebpf, in a user namespace);
ebpf-test-run (the eBPF programs run over captures: many flows, quickly); all, which also says which engine stands alone when they disagree.

A flow is a line of JSON, or of the readable language when the file's name ends in .flows:
  {"from":"prod/api","to":"prod/db","protocol":"TCP","port":3306,"expect":"allow"}
  allow prod/api -> prod/db:3306/TCP
Ends are namespace/pod, an IP address, or node:NAME. More of the readable language:
  deny  203.0.113.9 -> prod/db:22,3306     # several ports; TCP unless said otherwise
  ask   prod/api -> [2001:db8::7]:443      # no expectation: only asks
  allow prod/api -> prod/db:53/UDP over IPv6

Examples:
  netpolc test policies/ -s cluster.json --flows expected.flows
  netpolc test policies/ -s cluster.json --flows expected.jsonl --engine nftables
  netpolc test policies/ -s cluster.json --flows expected.jsonl -l app=db --format json`;

/** Defines the command. */
export function defineTest(command: Command, host: Host, finish: Finish): void {
  addInputOptions(addOwnOptions(command))
    .addHelpText('after', examples)
    .action(async (policies: string[], flags: TestFlags) => finish(await test(policies, flags, host), flags));
}

function addOwnOptions(command: Command): Command {
  return command
    .requiredOption('--flows <file>', 'the flows to check; - is standard input')
    .addOption(suggestion('--engine <name>', 'who answers', engineNames).default('ir'))
    .addOption(choice('--topology <kind>', 'for kernel engines: how pods are wired', ['both', 'routed', 'bridged']))
    .option('-l, --selector <labels>', 'only flows with an end that is a live pod with these labels')
    .addOption(choice('--format <format>', 'shape of the result, json being one line a flow', ['text', 'json']));
}

async function test(policies: readonly string[], flags: TestFlags, host: Host): Promise<CommandResult> {
  const engines = await andThen(checkStdin(policies, flags), () => findEngines(flags.engine));
  const outcome = await andThen(engines, async (makers) =>
    andThen(await readLines(flags, host), async (lines) =>
      andThen(await loadJudgedWorld(policies, flags, host), async ({ world, compiler }) => {
        const named = makers.map((make) => make({ world, compiler, flags, host }));
        return andThen(await resolveLines(lines, world, flags), async (resolved) =>
          andThen(await judgeFlows(resolved, named), (judged) =>
            fine({ judged, names: named.map(({ name }) => name), remarks: worldRemarks(world) }),
          ),
        );
      }),
    ),
  );
  if (outcome.value === null) return onlyDiagnostics(outcome.diagnostics);
  const { judged, names, remarks } = outcome.value;
  return {
    diagnostics: outcome.diagnostics,
    output: judged.map(flags.format === 'json' ? printJudgedAsJson : printJudgedAsText),
    remarks: [...remarks, ...whyRemark(judged), ...aloneRemarks(judged), summarize(judged, names)],
    findings: judged.some(isFinding),
  };
}

/** The flows file is read besides the world, which looks after its own files. */
function checkStdin(policies: readonly string[], { filename, snapshot, flows }: TestFlags): Outcome<true> {
  const misuse = flows === '-' ? stdinTwice([flows, ...policies, ...filename, ...snapshot]) : null;
  return misuse === null ? fine(true) : { value: null, diagnostics: [misuse] };
}

async function readLines({ flows }: TestFlags, host: Host): Promise<Outcome<readonly FlowLine[]>> {
  return andThen(await readText(flows, host), parseFlows);
}

/** The flows that the lines mean; with `-l`, those of the selected pods. */
async function resolveLines(
  lines: readonly FlowLine[],
  { snapshot }: World,
  { flows: file, selector }: TestFlags,
): Promise<Outcome<readonly ResolvedLine[]>> {
  const resolve = createFlowResolver(snapshot);
  const outcomes = lines.map((line) => ({ line, outcome: resolve(line) }));
  const diagnostics = outcomes.flatMap(({ outcome }) => outcome.diagnostics);
  const resolved = outcomes.flatMap(({ line, outcome }) =>
    outcome.value === null ? [] : [{ line, flow: outcome.value }],
  );
  if (selector === undefined) return { value: resolved, diagnostics };
  return andThen({ value: resolved, diagnostics }, () =>
    andThen(parseLabelSelector(wholeSource('--selector', selector)), (parsed) => {
      const selected = selectFlows(resolved, snapshot, parsed);
      if (selected.length > 0) return fine(selected);
      return { value: null, diagnostics: [diagnose('NP7011', { file, selector }, null)] };
    }),
  );
}
