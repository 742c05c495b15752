// What must hold in every world. Each property looks for a counterexample and says what it found.
import { evaluate } from '../../src/ir/evaluate.ts';
import type { Endpoint, Ir } from '../../src/ir/ir.ts';
import { printIr } from '../../src/ir/json.ts';
import { parseIr } from '../../src/ir/parse-ir.ts';
import { formatAddress } from '../../src/net/address.ts';
import type { Flow, Verdict } from '../../src/net/flow.ts';
import { createOracle, type Oracle } from '../../src/trace/oracle.ts';
import { createTracer } from '../../src/trace/trace.ts';
import { meaningOf } from './meaning.ts';
import { findLostAllow } from './monotone.ts';
import type { Subject } from './subject.ts';
import { findChangedMeaning } from './unchanged.ts';

export interface Mismatch {
  readonly property: PropertyName;
  readonly detail: string;
  /** The flow that is judged differently, where there is one. */
  readonly flow: Flow | null;
  /** What the oracle says about it. */
  readonly expected: Verdict | null;
}

/** `is-read`: every generated world is valid, so refusing it is a mismatch too. `kernel`: see kernel-campaign.ts. */
export type PropertyName = keyof typeof properties | 'is-read' | 'kernel';

type Finding = Omit<Mismatch, 'property'>;
type Property = (subject: Subject, oracle: Oracle) => Finding | null | Promise<Finding | null>;

const properties = {
  oracle: (subject, oracle) => findDisagreement(subject, oracle, (flow) => evaluate(subject.ir, flow)),
  'nodes-composed': (subject, oracle) => findDisagreement(subject, oracle, composed(subject)),
  explained: (subject, oracle) => findDisagreement(subject, oracle, explained(subject), 'trace'),
  'node-restriction': findUnrestricted,
  'ir-round-trip': findLostInPrint,
  canonical: async (subject) => asFinding(await findChangedMeaning(subject)),
  monotone: async (subject) => asFinding(await findLostAllow(subject)),
} satisfies Record<string, Property>;

export const propertyNames = Object.keys(properties) as readonly (keyof typeof properties)[];

export interface FindOptions {
  /** Another one than the subject's own, to see that a wrong one is found. */
  readonly oracle?: Oracle;
  /** All by default. */
  readonly only?: readonly PropertyName[];
}

/** Looks at one property after another; null when all hold. */
export async function findMismatch(subject: Subject, options: FindOptions = {}): Promise<Mismatch | null> {
  const { oracle = oracleOf(subject), only = propertyNames } = options;
  for (const property of propertyNames.filter((name) => only.includes(name))) {
    const find: Property = properties[property];
    const finding = await find(subject, oracle);
    if (finding !== null) return { ...finding, property };
  }
  return null;
}

/** The oracle of a subject's own world and options. */
export function oracleOf({ world, manifests }: Subject): Oracle {
  return createOracle(world, manifests.semantics);
}

/** `10.0.0.1 → 10.0.0.2:80/TCP`, with the nodes that the ends belong to. */
export function formatFlow({ source, destination, protocol, port, sourceNode, destinationNode }: Flow): string {
  const [from, to] = [source, destination].map(formatAddress);
  const by = [
    sourceNode === null ? '' : `, sent by ${sourceNode}`,
    destinationNode === null ? '' : `, to ${destinationNode}`,
  ];
  return `${from} → ${to} ${port}/${protocol}${by.join('')}`;
}

function findDisagreement(
  subject: Subject,
  oracle: Oracle,
  judge: (flow: Flow) => Verdict | null,
  judgeName = 'IR',
): Finding | null {
  for (const flow of subject.probes) {
    const expected = oracle(flow);
    const got = judge(flow);
    if (got !== null && got !== expected)
      return { flow, expected, detail: `${formatFlow(flow)}: the oracle says ${expected}, the ${judgeName} ${got}` };
  }
  return null;
}

/** Every node judges its own side; what all let through passes. Null for pods that are on no node. */
function composed({ compiler, ir, world }: Subject): (flow: Flow) => Verdict | null {
  const irs = [...compiler.nodes].map((name) => compiled(compiler.ir({ kind: 'node', name }).value));
  const homeless = world.snapshot.pods.filter((pod) => pod.live && pod.node === null);
  const unjudged = new Set(homeless.flatMap((pod) => pod.addresses.map(formatAddress)));
  return (flow) => {
    if ([flow.source, flow.destination].some((each) => unjudged.has(formatAddress(each)))) return null;
    if (irs.length === 0) return evaluate(ir, flow);
    return irs.every((each) => evaluate(each, flow) === 'allow') ? 'allow' : 'deny';
  };
}

/** One probe in ten: reasons take longer than verdicts. */
function explained({ world, manifests }: Subject): (flow: Flow) => Verdict | null {
  const trace = createTracer(world, manifests.semantics);
  let asked = 0;
  return (flow) => (asked++ % 10 === 0 ? trace(flow).verdict : null);
}

/** A node's IR says of its endpoints what the snapshot's IR says of them, and keeps nothing else (P-8). */
function findUnrestricted({ compiler, ir }: Subject): Finding | null {
  for (const name of compiler.nodes) {
    const own = compiled(compiler.ir({ kind: 'node', name }).value);
    const wanted = restriction(ir, own.endpoints, own);
    if (meaningOf(own) !== meaningOf(wanted)) return asFinding(`the IR of ${name} is no restriction of the snapshot’s`);
    const missing = ir.endpoints.filter((each) => each.node === name && !own.endpoints.some(isSame(each)));
    if (missing.length > 0) return asFinding(`the IR of ${name} lacks ${missing.map((each) => each.name).join()}`);
  }
  return null;
}

function restriction(ir: Ir, endpoints: readonly Endpoint[], { scope }: Ir): Ir {
  const kept = ir.endpoints.filter((each) => endpoints.some(isSame(each)));
  const profiles = new Set(kept.flatMap(({ ingress, egress }) => [ingress, egress]));
  const profileById = new Map([...ir.profileById].filter(([id]) => profiles.has(id)));
  const sets = new Set(
    [...profileById.values()].flatMap(({ every, rows }) => [every, ...rows.map((row) => row.peers)]),
  );
  const addressSetById = new Map([...ir.addressSetById].filter(([id]) => sets.has(id)));
  return { ...ir, scope, endpoints: kept, profileById, addressSetById };
}

function isSame(a: Endpoint): (b: Endpoint) => boolean {
  const addresses = (endpoint: Endpoint): string => endpoint.addresses.map(formatAddress).join();
  return (b) => a.namespace === b.namespace && a.name === b.name && addresses(a) === addresses(b);
}

function findLostInPrint({ ir }: Subject): Finding | null {
  const text = printIr(ir);
  const { value, diagnostics } = parseIr(text);
  if (value === null) return asFinding(`the IR is not read back: ${diagnostics[0]?.message ?? ''}`);
  return printIr(value) === text ? null : asFinding('the IR that is read back prints differently');
}

function asFinding(detail: string): Finding;
function asFinding(detail: string | null): Finding | null;
function asFinding(detail: string | null): Finding | null {
  return detail === null ? null : { detail, flow: null, expected: null };
}

function compiled(ir: Ir | null): Ir {
  if (ir === null) throw new Error('a node does not compile although the snapshot does');
  return ir;
}
