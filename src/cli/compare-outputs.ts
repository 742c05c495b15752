// What changes in the compiled output of the nodes that a difference can concern.
import type { Compiler } from '../compile.ts';
import { hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { comparableText } from '../diff/comparable-text.ts';
import { compareInventories } from '../diff/compare-inventories.ts';
import type { WorldDiff } from '../diff/diff-worlds.ts';
import { textDiff } from '../diff/text-diff.ts';
import type { Ir } from '../ir/ir.ts';
import type { LocalEndpoint } from '../lower/endpoints.ts';
import { formatAddress } from '../net/address.ts';
import type { OutputComparison, OutputDocument } from '../report/document.ts';
import type { Inventory, Target } from '../target.ts';
import { version } from '../version.ts';
import type { ComparedWorlds } from './load-compared.ts';

export interface OutputOptions {
  readonly targets: readonly Target[];
  /** Whether the artifacts are compared line by line as well. */
  readonly text: boolean;
  /** Compare every node, however many. */
  readonly eachNode: boolean;
  /** Whether somebody asked for outputs, rather than taking what there is. */
  readonly asked: boolean;
}

/** In larger clusters compiling the first node takes as long as the whole comparison: it is done when it is asked for. */
const mostPods = 50_000;

/** After so many things in plans no further node is compared, unless all are wanted: a node of a large cluster has thousands. */
const enough = 300_000;

/**
 * Which nodes get another output is told without compiling any. A node that is on one side only is compared with nothing. Pods
 * that stand in for others are on no node.
 */
export function compareOutputs(
  { base, head }: ComparedWorlds,
  diff: WorldDiff,
  options: OutputOptions,
): Outcome<OutputComparison> {
  const diagnostics = new Set<Diagnostic>();
  const outputs: OutputDocument[] = [];
  const nodes = options.targets.length === 0 ? [] : changedNodes(diff);
  const isTooMuch = !options.asked && base.world.snapshot.pods.length > mostPods;
  let compared = 0;
  for (const node of isTooMuch ? [] : nodes) {
    if (!options.eachNode && outputs.reduce(sizeOf, 0) > enough) break;
    const [before = null, after = null] = [base, head].map(({ compiler }) => irOf(compiler, node, diagnostics));
    for (const target of options.targets) {
      outputs.push(compareTarget({ target, node, before, after, text: options.text }, diagnostics));
    }
    compared++;
  }
  const found = [...diagnostics];
  return { value: hasErrors(found) ? null : { outputs, nodes, compared }, diagnostics: found };
}

function sizeOf(sum: number, { sets, elements, rules }: OutputDocument): number {
  return [sets, elements, rules].reduce((all, { before, after }) => all + before + after, sum);
}

/** The nodes of endpoints that came, went, moved, or are treated otherwise. */
function changedNodes({ suspects, stateOf }: WorldDiff): readonly string[] {
  const changed = suspects.filter((subject) => {
    const { base, head } = subject;
    if (base !== head && (base === null || head === null || placeOf(base) !== placeOf(head))) return true;
    return !stateOf(subject, 'ingress').isSame || !stateOf(subject, 'egress').isSame;
  });
  const owners = changed.flatMap(({ base, head }) => [...(base?.owners ?? []), ...(head?.owners ?? [])]);
  return [...new Set(owners.flatMap(({ node }) => node ?? []))].sort();
}

/** Where an endpoint is and what its addresses are. */
function placeOf({ owners, addresses }: LocalEndpoint): string {
  return [...owners.map(({ node }) => node ?? ''), ...addresses.map(formatAddress)].join(' ');
}

/** Null where the node does not exist. */
function irOf(compiler: Compiler, name: string, diagnostics: Set<Diagnostic>): Ir | null {
  if (!compiler.nodes.has(name)) return null;
  const { value, diagnostics: found } = compiler.ir({ kind: 'node', name });
  for (const each of found) diagnostics.add(each);
  return value;
}

interface Question {
  readonly target: Target;
  readonly node: string;
  readonly before: Ir | null;
  readonly after: Ir | null;
  readonly text: boolean;
}

function compareTarget({ target, node, before, after, text }: Question, diagnostics: Set<Diagnostic>): OutputDocument {
  const [was = nothing, is = nothing] = [before, after].map((ir) =>
    ir === null ? nothing : produce(ir, target, text, diagnostics),
  );
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
