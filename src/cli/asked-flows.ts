// `--from`, `--to` and `-l` → the connections that `trace` is asked about.
import { diagnose, type Outcome } from '../diagnostics/diagnostic.ts';
import { endpointHint, formatEndpointName, parseEndpointName } from '../flows/endpoint-name.ts';
import type { EndpointName, FlowLine } from '../flows/flow-line.ts';
import type { Family } from '../net/address.ts';
import type { Verdict } from '../net/flow.ts';
import type { Protocol } from '../net/protocol.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { wholeSource, type Source } from '../source/source.ts';
import { andThen, fine } from './and-then.ts';
import { selectPods } from './select-pods.ts';

export interface FlowFlags {
  readonly from?: string;
  readonly to?: string;
  readonly selector?: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly family?: Family;
  readonly expect?: Verdict;
}

/** Both ends as named; null is the end for which `-l` stands. */
export interface AskedEnds {
  readonly from: EndpointName | null;
  readonly to: EndpointName | null;
}

/** Reads the ends: both, or one of them and a selector. Needs no input, so that a slip shows at once. */
export async function readEnds(flags: FlowFlags): Promise<Outcome<AskedEnds>> {
  const problem = misuse(flags);
  if (problem !== null) return { value: null, diagnostics: [diagnose('NP7005', { problem }, null)] };
  return andThen(readEnd('--from', flags.from), (from) =>
    andThen(readEnd('--to', flags.to), (to) => fine({ from: from.name, to: to.name })),
  );
}

/** The connections: one, or one for every pod that the selector selects. */
export async function askedFlows(
  ends: AskedEnds,
  flags: FlowFlags,
  snapshot: Snapshot,
): Promise<Outcome<readonly FlowLine[]>> {
  const { from, to } = ends;
  if (from !== null && to !== null) return fine([flowLine(from, to, flags)]);
  return andThen(await selectPods(flags.selector ?? '', snapshot), (pods) => {
    const names = pods.map(({ namespace, name }) => ({ kind: 'pod' as const, namespace, name }));
    return fine(names.map((pod) => flowLine(from ?? pod, to ?? pod, flags)));
  });
}

function misuse({ from, to, selector }: FlowFlags): string | null {
  const given = [from, to].filter((end) => end !== undefined).length;
  if (selector === undefined) return given === 2 ? null : 'a trace needs both ends: `--from` and `--to`';
  if (given === 2) return '`-l` stands for one end of the connection, and both are given';
  return given === 1 ? null : '`-l` stands for one end of the connection, and the other is missing';
}

function readEnd(option: string, text: string | undefined): Outcome<{ readonly name: EndpointName | null }> {
  if (text === undefined) return fine({ name: null });
  const name = parseEndpointName(text);
  if (name !== null) return fine({ name });
  const hint = endpointHint(text);
  const extras = hint === null ? {} : { hint };
  return { value: null, diagnostics: [diagnose('NP7008', { option, text }, null, extras)] };
}

/** A line as a flows file would hold it; places are those in the words of the command line. */
function flowLine(from: EndpointName, to: EndpointName, flags: FlowFlags): FlowLine {
  const { protocol, port, family = null, expect = null } = flags;
  const [fromText, toText] = [formatEndpointName(from), formatEndpointName(to)];
  const source: Source = wholeSource('<command line>', `--from ${fromText} --to ${toText}`);
  const toStart = `--from ${fromText} --to `.length;
  return {
    from,
    to,
    protocol,
    port,
    family,
    expect,
    fields: { from: fromText, to: toText, protocol, port, ...(family === null ? {} : { family }) },
    span: { source, start: 0, end: toStart + toText.length },
    endSpans: {
      from: { source, start: '--from '.length, end: '--from '.length + fromText.length },
      to: { source, start: toStart, end: toStart + toText.length },
    },
  };
}
