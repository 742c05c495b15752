// A trace for people and for programs.
import { cutText, escapeText } from '../diagnostics/safe-text.ts';
import type { Verdict } from '../net/flow.ts';
import type { Protocol } from '../net/protocol.ts';
import { endRecord, sideRecord } from './document.ts';
import { endName, sideLines } from './print-side.ts';
import type { Direction } from './side.ts';
import type { Trace, TraceEnd } from './trace.ts';

/** A line longer than this quotes something huge. */
const longestLine = 400;

/**
 * Tells a trace: the question and the verdict, then each side with its reasons, then what would have to change.
 *
 * Lines are ended. Text from the input is escaped: nothing printed can steer a terminal.
 */
export function printTrace(trace: Trace): string {
  const self = trace.egress.kind === 'exempt' && trace.egress.why === 'self';
  const sides = self ? [sideLines(trace, 'egress')] : [sideLines(trace, 'egress'), sideLines(trace, 'ingress')];
  const paragraphs = [[questionText(trace)], ...sides, suggestionLines(trace)].filter((lines) => lines.length > 0);
  return paragraphs.map((lines) => lines.map((line) => `${safe(line)}\n`).join('')).join('\n');
}

/** A trace as plain JSON values. */
export interface TraceDocument {
  readonly schemaVersion: 1;
  readonly verdict: Verdict;
  /** The sides that deny; both are judged even when the first denies. */
  readonly deniedBy: readonly Direction[];
  readonly source: object;
  readonly destination: object;
  readonly protocol: Protocol;
  readonly port: number;
  readonly egress: object;
  readonly ingress: object;
}

/** A trace for programs. Text from the input is as it was: whoever prints the JSON escapes it. */
export function traceDocument(trace: Trace): TraceDocument {
  const { verdict, flow } = trace;
  return {
    schemaVersion: 1,
    verdict,
    deniedBy: (['egress', 'ingress'] as const).filter((direction) => trace[direction].verdict === 'deny'),
    source: endRecord(trace.source),
    destination: endRecord(trace.destination),
    protocol: flow.protocol,
    port: flow.port,
    egress: sideRecord(trace, 'egress'),
    ingress: sideRecord(trace, 'ingress'),
  };
}

function questionText({ verdict, source, destination, flow }: Trace): string {
  const ends = `${nameWithAddress(source)} -> ${nameWithAddress(destination)}`;
  return `${verdict}  ${ends} ${flow.protocol} ${flow.port}`;
}

function nameWithAddress(end: TraceEnd): string {
  const name = endName(end);
  return name === end.address ? name : `${name} (${end.address})`;
}

function suggestionLines(trace: Trace): readonly string[] {
  const suggestions = (['egress', 'ingress'] as const).flatMap((direction) => suggestionsOf(trace, direction));
  const distinct = [...new Set(suggestions)];
  const [only] = distinct;
  if (distinct.length < 2) return only === undefined ? [] : [`To allow it: ${only}.`];
  return ['To allow it, all of this is needed:', ...distinct.map((suggestion) => `  ${suggestion}.`)];
}

function suggestionsOf(trace: Trace, direction: Direction): readonly string[] {
  const side = trace[direction];
  return side.kind === 'exempt' ? [] : side.pods.flatMap((judgement) => judgement.suggestion ?? []);
}

function safe(line: string): string {
  return cutText(escapeText(line), longestLine);
}
