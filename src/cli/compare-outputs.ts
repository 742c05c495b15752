// What changes in the compiled output of the nodes that a difference can concern.
import type { Compiler } from '../compile.ts';
import { hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { comparableText } from '../diff/comparable-text.ts';
import { compareInventories } from '../diff/compare-inventories.ts';
import type { ComparedWorld, WorldDiff } from '../diff/diff-worlds.ts';
import { textDiff } from '../diff/text-diff.ts';
import type { Ir } from '../ir/ir.ts';
import type { OutputDocument } from '../report/document.ts';
import type { Inventory, Target } from '../target.ts';
import { version } from '../version.ts';
import type { ComparedWorlds } from './load-compared.ts';

export interface OutputOptions {
  readonly targets: readonly Target[];
  /** Whether the artifacts are compared line by line as well. */
  readonly text: boolean;
}

/**
 * Sorted by node, then target; only what differs. A node that is on one side only is compared with nothing. Pods that stand in
 * for others are on no node.
 */
export function compareOutputs(
  { base, head }: ComparedWorlds,
  diff: WorldDiff,
  options: OutputOptions,
): Outcome<readonly OutputDocument[]> {
  const diagnostics = new Set<Diagnostic>();
  const outputs: OutputDocument[] = [];
  for (const node of concernedNodes(base, head, diff)) {
    const [before, after] = [base, head].map(({ compiler }) => irOf(compiler, node, diagnostics));
    if (before === undefined || after === undefined || sameMeaning(before, after)) continue;
    for (const target of options.targets) {
      const output = compareTarget({ target, node, before, after, text: options.text }, diagnostics);
      if (output !== null) outputs.push(output);
    }
  }
  const found = [...diagnostics];
  return { value: hasErrors(found) ? null : outputs, diagnostics: found };
}

/** With one snapshot, the nodes of pods that may differ; otherwise every node. */
function concernedNodes(base: ComparedWorld, head: ComparedWorld, { suspects }: WorldDiff): readonly string[] {
  const nodes =
    base.world.snapshot === head.world.snapshot
      ? suspects.flatMap((subject) => (subject.head ?? subject.base)?.owners.map(({ node }) => node) ?? [])
      : [...base.compiler.nodes, ...head.compiler.nodes];
  return [...new Set(nodes.filter((node) => node !== null))].sort();
}

/** Null where the node does not exist. */
function irOf(compiler: Compiler, name: string, diagnostics: Set<Diagnostic>): Ir | null {
  if (!compiler.nodes.has(name)) return null;
  const { value, diagnostics: found } = compiler.ir({ kind: 'node', name });
  for (const each of found) diagnostics.add(each);
  return value;
}

/** Endpoints refer to profiles by the hash of their content. */
function sameMeaning(a: Ir | null, b: Ir | null): boolean {
  const facts = (ir: Ir | null): unknown => ir?.endpoints.map(({ origins: _, ...rest }) => rest);
  return JSON.stringify(facts(a)) === JSON.stringify(facts(b));
}

interface Question {
  readonly target: Target;
  readonly node: string;
  readonly before: Ir | null;
  readonly after: Ir | null;
  readonly text: boolean;
}

function compareTarget(
  { target, node, before, after, text }: Question,
  diagnostics: Set<Diagnostic>,
): OutputDocument | null {
  const [was, is] = [before, after].map((ir) => (ir === null ? nothing : produce(ir, target, text, diagnostics)));
  if (was === undefined || is === undefined) return null;
  const diff = text ? diffTexts(was.files, is.files, node) : null;
  return { target: target.name, node, ...compareInventories(was.inventory, is.inventory), diff };
}

interface Produced {
  readonly inventory: Inventory | null;
  readonly files: ReadonlyMap<string, string>;
}

const nothing: Produced = { inventory: null, files: new Map() };

function produce(ir: Ir, target: Target, text: boolean, diagnostics: Set<Diagnostic>): Produced {
  const { value: plan, diagnostics: found } = target.plan(ir, { switches: new Set(), version });
  for (const each of found) diagnostics.add(each);
  if (plan === null || hasErrors(found)) return nothing;
  const files = text
    ? target.print(plan).filter(({ isScript, content }) => isScript !== true && typeof content === 'string')
    : [];
  return {
    inventory: target.inventory(plan),
    files: new Map(files.map(({ suffix, content }) => [suffix, content as string])),
  };
}

/** One file after another. Files of bytes are what the text files say, packed. */
function diffTexts(base: ReadonlyMap<string, string>, head: ReadonlyMap<string, string>, node: string): string {
  return [...new Set([...base.keys(), ...head.keys()])]
    .map((suffix) =>
      textDiff(
        { label: `base/${node}.${suffix}`, text: comparableText(base.get(suffix) ?? '') },
        { label: `head/${node}.${suffix}`, text: comparableText(head.get(suffix) ?? '') },
      ),
    )
    .map(({ text }) => text)
    .join('');
}
