// `netpolc ir`: the compiled allow sets as JSON.
import type { Command } from 'commander';
import type { Host } from '../host/host.ts';
import { printIr } from '../ir/json.ts';
import { fine } from './and-then.ts';
import type { CommandResult } from './command-result.ts';
import { addInputOptions, choice, type InputFlags } from './input-options.ts';
import { runJob } from './job.ts';
import type { Finish } from './program.ts';
import { addScopeOptions, type ScopeFlags } from './scope-options.ts';

interface IrFlags extends InputFlags, ScopeFlags {
  readonly format: 'json';
}

const examples = `
Examples:
  netpolc ir policies/ -s cluster.json --node n1
  netpolc ir policies/ -s cluster.json --each-node -o ir/

Inputs of equal meaning give equal documents, apart from what stands under "origin" and "origins".
The format is described by schema/ir.schema.json.`;

/** Defines the command. */
export function defineIr(command: Command, host: Host, finish: Finish): void {
  addInputOptions(addOwnOptions(command))
    .addHelpText('after', examples)
    .action(async (policies: string[], flags: IrFlags) => finish(await printScopes(policies, flags, host), flags));
}

function addOwnOptions(command: Command): Command {
  return addScopeOptions(command).addOption(choice('--format <format>', 'shape of the result', ['json']));
}

/** The document is the result as it is, on standard output and in files. */
function printScopes(policies: readonly string[], flags: IrFlags, host: Host): Promise<CommandResult> {
  return runJob({
    policies,
    flags: { ...flags, format: 'text' },
    host,
    produce: async (ir) => fine([{ suffix: 'ir.json', content: printIr(ir) }]),
  });
}
