// A flow as written → the flow that the oracle, the IR and the kernel answer: two addresses of one family.
import { diagnose, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { families, type Address, type Family } from '../net/address.ts';
import type { Flow } from '../net/flow.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { FlowLine } from './flow-line.ts';
import { resolveEnd, type End } from './resolve-end.ts';
import { createSnapshotNames } from './snapshot-names.ts';

export type FlowResolver = (line: FlowLine) => Outcome<Flow>;

/** The nearest name is searched for this many unknown ends: a file for another cluster would search for every line. */
const mostHints = 100;

/**
 * Makes the resolver of a snapshot. It is O(1) a flow; the first flow indexes the snapshot.
 *
 * A pod means its address, a hostNetwork pod its node. An address that a live pod or a node has means that pod or node.
 * The family is the line's, else IPv4 when both ends have it, else the one that both have. What cannot be found is an
 * error (NP1052 to NP1057), both ends at once.
 */
export function createFlowResolver(snapshot: Snapshot): FlowResolver {
  const names = createSnapshotNames(snapshot);
  let unknown = 0;
  return (line) => {
    const from = resolveEnd(names, line.from, line.endSpans?.from ?? line.span, unknown < mostHints);
    const to = resolveEnd(names, line.to, line.endSpans?.to ?? line.span, unknown < mostHints);
    if (from.end !== null && to.end !== null) return connect(from.end, to.end, line);
    const problems = [from.problem, to.problem].filter((problem) => problem !== null);
    unknown += problems.length;
    return { value: null, diagnostics: problems };
  };
}

function connect(from: End, to: End, line: FlowLine): Outcome<Flow> {
  const family = line.family ?? commonFamily(from, to);
  const source = family === null ? null : addressOf(from, family);
  const destination = family === null ? null : addressOf(to, family);
  if (source === null || destination === null) return { value: null, diagnostics: familyProblems(from, to, line) };
  const { protocol, port } = line;
  return {
    value: { source, destination, protocol, port, sourceNode: from.node, destinationNode: to.node },
    diagnostics: [],
  };
}

/** IPv4 when both ends have it. */
function commonFamily(from: End, to: End): Family | null {
  return families.find((family) => addressOf(from, family) !== null && addressOf(to, family) !== null) ?? null;
}

function addressOf(end: End, family: Family): Address | null {
  return end.addresses.find((address) => address.family === family) ?? null;
}

function familyProblems(from: End, to: End, line: FlowLine): readonly Diagnostic[] {
  const spans = { from: line.endSpans?.from ?? line.span, to: line.endSpans?.to ?? line.span };
  const { family } = line;
  const lacking = [
    { end: from, span: spans.from },
    { end: to, span: spans.to },
  ].filter(({ end }) => (family === null ? end.addresses.length === 0 : addressOf(end, family) === null));
  if (lacking.length > 0) return lacking.map(({ end, span }) => noAddress(end, family, span));
  const fromFamily = from.addresses[0]?.family ?? 'IPv4';
  const toFamily = to.addresses[0]?.family ?? 'IPv4';
  return [diagnose('NP1057', { from: from.name, fromFamily, to: to.name, toFamily }, spans.to)];
}

function noAddress(end: End, family: Family | null, span: FlowLine['span']): Diagnostic {
  const other = end.addresses[0]?.family;
  const hint =
    other === undefined ? 'give the address itself' : `it has ${other} only: ask for that, or leave the family out`;
  return diagnose('NP1056', { end: end.name, family: family ?? 'IP' }, span, { hint });
}
