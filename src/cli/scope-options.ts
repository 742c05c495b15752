// The options that choose what to compile for, and where the files go.
import type { Command } from 'commander';
import type { Compiler } from '../compile.ts';
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Scope } from '../ir/ir.ts';

export interface ScopeFlags {
  readonly node?: string;
  readonly eachNode?: true;
  readonly output?: string;
}

/** Adds the options of `ScopeFlags`. */
export function addScopeOptions(command: Command): Command {
  return command
    .option('--node <name>', 'only the pods of this node')
    .option('--each-node', 'every node, one folder each; needs -o')
    .option(
      '-o, --output <path>',
      'a file, or a folder in which files are called after the node; missing folders are created',
    );
}

/** Options that exclude each other or lack each other. */
export function checkScopeFlags({ node, eachNode, output }: ScopeFlags): Outcome<true> {
  const problem =
    eachNode === true && node !== undefined
      ? '`--node` and `--each-node` exclude each other'
      : eachNode === true && output === undefined
        ? '`--each-node` needs a folder to write into: -o DIR'
        : null;
  if (problem === null) return { value: true, diagnostics: [] };
  return { value: null, diagnostics: [diagnose('NP7005', { problem }, null)] };
}

/** What to compile, one after another. A node that nothing mentions is an error. */
export function scopesOf({ node, eachNode }: ScopeFlags, { nodes }: Compiler): Outcome<readonly Scope[]> {
  if (eachNode === true) {
    if (nodes.size === 0) return { value: null, diagnostics: [diagnose('NP7010', {}, null)] };
    return { value: [...nodes].map((name) => ({ kind: 'node', name })), diagnostics: [] };
  }
  if (node === undefined) return { value: [{ kind: 'snapshot' }], diagnostics: [] };
  if (nodes.has(node)) return { value: [{ kind: 'node', name: node }], diagnostics: [] };
  return { value: null, diagnostics: [diagnose('NP4002', { node }, null, { hint: unknownNodeHint(node, nodes) })] };
}

function unknownNodeHint(node: string, nodes: ReadonlySet<string>): string {
  const guess = nearest(node, [...nodes]);
  if (guess !== null) return `did you mean \`${guess}\`?`;
  if (nodes.size === 0) return 'the input mentions no node at all: give a snapshot with -s';
  const few = [...nodes].slice(0, mostNodes).map((each) => `\`${each}\``);
  return `the input has ${few.join(', ')}${nodes.size > mostNodes ? ` and ${nodes.size - mostNodes} more` : ''}`;
}

/** How many nodes a hint names. */
const mostNodes = 5;
