// Reads `truth.txt`: who may reach whom, written by hand as grids. For golden cases whose truth is the full matrix.
import type { Verdict } from '../../src/net/flow.ts';
import { isProtocol, protocols, type Protocol } from '../../src/net/protocol.ts';

/** One cell, judged over every address family that both pods have. */
export interface TruthCell {
  /** `namespace/pod`, as is `to`. */
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly expect: Verdict;
}

/**
 * The cells of a truth table, in the order written. A grid is
 *
 *     TCP 80, UDP 80                        what it speaks of: one or more of protocol and port
 *          x/a x/b y/a y/b                  destinations, the same in every grid
 *     x/a   .   X   .   .                   a source: `.` allowed, `X` denied
 *     x/b   .   .   .   .
 *     y/*   X   X   .   .                   the sources y/a and y/b
 *
 * and `#` begins a comment. Strict: pods reach themselves (S-601), and each pod pair is stated exactly once for every
 * protocol, on 80, 81 and any other port that the table speaks of. Throws with the line otherwise.
 */
export function parseTruthTable(text: string): readonly TruthCell[] {
  const grids = splitGrids(text).map(parseGrid);
  checkSamePods(grids);
  checkEveryService(grids);
  return grids.flatMap(({ services, cells }) =>
    services.flatMap(({ protocol, port }) => cells.map((cell) => ({ ...cell, protocol, port }))),
  );
}

interface Line {
  readonly number: number;
  readonly text: string;
}

interface Service {
  readonly protocol: Protocol;
  readonly port: number;
}

interface Grid {
  readonly heading: Line;
  readonly services: readonly Service[];
  readonly pods: readonly string[];
  readonly cells: readonly Omit<TruthCell, keyof Service>[];
}

/** The lines that say something; each heading begins a grid. */
function splitGrids(text: string): readonly (readonly [heading: Line, ...rest: Line[]])[] {
  const grids: [Line, ...Line[]][] = [];
  for (const [index, whole] of text.split('\n').entries()) {
    const line: Line = { number: index + 1, text: whole.replace(/#.*/, '').trim() };
    if (line.text === '') continue;
    if (/^[A-Z]+ [0-9]/.test(line.text)) grids.push([line]);
    else (grids.at(-1) ?? fail(line, 'a grid begins with what it speaks of, such as `TCP 80, UDP 80`')).push(line);
  }
  return grids;
}

function parseGrid([heading, header, ...rows]: readonly [Line, ...Line[]]): Grid {
  const services = heading.text.split(',').map((part) => parseService(part.trim(), heading));
  const pods = (header ?? fail(heading, 'no destinations and no rows follow')).text.split(/\s+/);
  if (new Set(pods).size < pods.length) fail(header ?? heading, 'a destination stands here twice');
  const verdictsBySource = new Map<string, readonly Verdict[]>();
  for (const row of rows) readRow(row, pods, verdictsBySource);
  for (const pod of pods) if (!verdictsBySource.has(pod)) fail(heading, `this grid has no row for ${pod}`);
  const cells = [...verdictsBySource].flatMap(([from, verdicts]) =>
    verdicts.map((expect, index) => ({ from, to: pods[index] ?? '', expect })),
  );
  return { heading, services, pods, cells };
}

function parseService(text: string, line: Line): Service {
  const [, protocol = '', port = ''] = /^([A-Z]+) ([1-9][0-9]{0,4})$/.exec(text) ?? [];
  if (!isProtocol(protocol)) return fail(line, `\`${text}\` is not a protocol and a port`);
  return { protocol, port: Number(port) };
}

function readRow(line: Line, pods: readonly string[], verdictsBySource: Map<string, readonly Verdict[]>): void {
  const [name = '', ...marks] = line.text.split(/\s+/);
  const sources = name.endsWith('/*') ? pods.filter((pod) => pod.startsWith(name.slice(0, -1))) : [name];
  if (marks.length !== pods.length) fail(line, `${marks.length} cells for ${pods.length} destinations`);
  if (sources.length === 0) fail(line, `no destination is called like ${name}`);
  const verdicts = marks.map((mark) => parseMark(mark, line));
  for (const source of sources) {
    if (!pods.includes(source)) fail(line, `${source} is not among the destinations`);
    if (verdictsBySource.has(source)) fail(line, `${source} has a row already`);
    if (verdicts[pods.indexOf(source)] === 'deny') fail(line, `${source} always reaches itself`);
    verdictsBySource.set(source, verdicts);
  }
}

function parseMark(mark: string, line: Line): Verdict {
  if (mark === '.') return 'allow';
  return mark === 'X' ? 'deny' : fail(line, `\`${mark}\` is neither \`.\` nor \`X\``);
}

function checkSamePods(grids: readonly Grid[]): void {
  const pods = grids[0]?.pods.join(' ');
  for (const grid of grids) if (grid.pods.join(' ') !== pods) fail(grid.heading, 'other destinations than above');
}

/** Every protocol on every port in question, in one grid each. */
function checkEveryService(grids: readonly Grid[]): void {
  const stated = new Set<string>();
  for (const { heading, services } of grids) {
    for (const { protocol, port } of services) {
      const name = `${protocol} ${port}`;
      if (stated.has(name)) fail(heading, `a grid speaks of ${name} already`);
      stated.add(name);
    }
  }
  const ports = new Set([80, 81, ...grids.flatMap(({ services }) => services.map(({ port }) => port))]);
  const wanted = [...ports].flatMap((port) => protocols.map((protocol) => `${protocol} ${port}`));
  const missing = wanted.filter((name) => !stated.has(name));
  if (missing.length > 0) throw new Error(`no grid speaks of ${missing.join(', ')}`);
}

function fail(line: Line, problem: string): never {
  throw new Error(`line ${line.number}: ${problem}`);
}
