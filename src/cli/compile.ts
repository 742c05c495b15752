// `netpolc compile`: policies and a snapshot → what a packet filter loads.
import type { Command } from 'commander';
import { targets } from '../../targets/index.ts';
import { emit } from '../compile.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { Ir } from '../ir/ir.ts';
import type { Artifact, Target } from '../target.ts';
import { version } from '../version.ts';
import { andThen } from './and-then.ts';
import { checkArtifacts } from './check-artifacts.ts';
import { onlyDiagnostics, type CommandResult } from './command-result.ts';
import { findTarget } from './find-target.ts';
import { addTargetSwitches, switchesOf } from './target-switches.ts';
import { addInputOptions, choice, suggestion, type InputFlags } from './input-options.ts';
import { runJob } from './job.ts';
import type { Finish } from './program.ts';
import { addScopeOptions, type ScopeFlags } from './scope-options.ts';

interface CompileFlags extends InputFlags, ScopeFlags {
  readonly target?: string;
  readonly check?: true;
  readonly format: 'text' | 'json';
}

const examples = `
Examples:
  netpolc compile policies/ -s cluster.json --node n1 --target nftables | nft -f -
  netpolc compile policies/ -s cluster.json --each-node --target nftables -o rules/
  netpolc compile policies/ -s cluster.json --target nftables --check -o netpolc.nft

Without --node and --each-node every pod of the snapshot counts as local: a gateway, or a quick look.`;

/** Defines the command. */
export function defineCompile(command: Command, host: Host, finish: Finish): void {
  addInputOptions(addOwnOptions(command))
    .addHelpText('after', examples)
    .action(async (policies: string[], flags: CompileFlags) => finish(await compile(policies, flags, host), flags));
}

const targetNames = targets.map(({ name }) => name);

function addOwnOptions(command: Command): Command {
  return addTargetSwitches(addScopeOptions(command))
    .addOption(suggestion('--target <name>', 'what to compile to', targetNames))
    .option('--check', "also ask the kernel's own parser, which takes root; nothing is loaded")
    .addOption(choice('--format <format>', 'shape of the result on standard output', ['text', 'json']));
}

async function compile(policies: readonly string[], flags: CompileFlags, host: Host): Promise<CommandResult> {
  const { value: target, diagnostics } = findTarget(flags.target ?? null);
  if (target === null) return onlyDiagnostics(diagnostics);
  const { value: switches, diagnostics: misuse } = switchesOf(target, flags);
  if (switches === null) return onlyDiagnostics(misuse);
  return runJob({
    policies,
    flags,
    host,
    produce: (ir) => produce(ir, target, { switches, checker: flags.check === true ? host : null }),
  });
}

/** The artifacts; with a machine to ask, only when it would take them. */
interface Produce {
  readonly switches: ReadonlySet<string>;
  readonly checker: Host | null;
}

async function produce(ir: Ir, target: Target, { switches, checker }: Produce): Promise<Outcome<readonly Artifact[]>> {
  return andThen(emit(ir, target, { version, switches }), async (artifacts) => {
    const diagnostics = checker === null ? [] : await checkArtifacts(target, artifacts, checker);
    return { value: artifacts, diagnostics };
  });
}
