// What `netpolc prove` prints, as plain data: the JSON form, and what every other form is made of. Described field by field in
// schema/prove.schema.json.
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../ir/ir.ts';
import { formatAddress } from '../net/address.ts';
import type { Flow, Verdict } from '../net/flow.ts';
import type { TransportClass } from '../net/protocol.ts';
import { positionOf } from '../source/source.ts';
import type { Claim } from './claim.ts';
import type { Counterexample } from './counterexample.ts';
import type { Party, Reason, SideJudgement } from './judge.ts';
import type { Proof } from './prove.ts';
import { connectionText, reasonText } from './proof-words.ts';

export const proofSchemaVersion = 1;

export interface ProofDocument {
  readonly schemaVersion: typeof proofSchemaVersion;
  readonly kind: 'proof';
  /** The file of the claims, as it was named. */
  readonly file: string;
  readonly summary: ProofSummary;
  /** In the order of the file. */
  readonly claims: readonly ClaimDocument[];
}

export interface ProofSummary {
  readonly text: string;
  readonly claims: number;
  readonly holds: number;
  readonly fails: number;
  /** About no connection. */
  readonly empty: number;
}

export interface ClaimDocument {
  /** As written, with single spaces. */
  readonly claim: string;
  readonly kind: Claim['kind'];
  readonly line: number;
  readonly verdict: 'holds' | 'fails' | 'empty';
  /** It holds; or it is about nothing, and may be. */
  readonly passes: boolean;
  /** What is wrong; null when it passes. */
  readonly problem: { readonly code: string; readonly message: string } | null;
  /** Why it is about nothing. */
  readonly reason: string | null;
  /** Pairs of workloads (or outside, or nodes) that break it; of `allow` and `deny`, flows. */
  readonly pairs: number;
  readonly counterexample: ExampleDocument | null;
}

export interface ExampleDocument {
  /** The connection in words. */
  readonly text: string;
  readonly source: PartyDocument;
  readonly destination: PartyDocument;
  /** `OTHER` stands for every protocol but TCP, UDP and SCTP. */
  readonly protocol: TransportClass;
  readonly port: number | null;
  readonly verdict: Verdict;
  /** What the source's side says, then the destination's. */
  readonly because: readonly ReasonDocument[];
}

export interface PartyDocument {
  /** `namespace/name` of a pod, `node:NAME`, or the address. */
  readonly name: string;
  readonly address: string;
}

export interface ReasonDocument {
  readonly side: 'source' | 'destination';
  readonly verdict: Verdict;
  readonly why: SideJudgement['why'];
  /** The same in words. */
  readonly text: string;
  /** The rules that allow it, or all that isolates the pod. */
  readonly policies: readonly PlaceDocument[];
}

export interface PlaceDocument {
  readonly policy: string;
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `allowEmpty`: claims about nothing pass. */
export function proofDocument(proofs: readonly Proof[], file: string, allowEmpty: boolean): ProofDocument {
  const claims = proofs.map((proof) => claimDocument(proof, allowEmpty));
  const count = (verdict: ClaimDocument['verdict']): number => claims.filter((each) => each.verdict === verdict).length;
  const counts = { claims: claims.length, holds: count('holds'), fails: count('fails'), empty: count('empty') };
  return {
    schemaVersion: proofSchemaVersion,
    kind: 'proof',
    file,
    summary: { text: summaryText(counts), ...counts },
    claims,
  };
}

/** The question to ask for the whole reason of a failure; null where there is none. */
export function flowOf({ result }: Proof): Flow | null {
  return result.kind === 'fails' ? result.counterexample.flow : null;
}

function claimDocument({ claim, result }: Proof, allowEmpty: boolean): ClaimDocument {
  const fails = result.kind === 'fails';
  const passes = result.kind === 'holds' || (result.kind === 'empty' && allowEmpty);
  const problem = passes ? null : problemOf({ claim, result });
  return {
    claim: claim.text,
    kind: claim.kind,
    line: positionOf(claim.span).line,
    verdict: result.kind,
    passes,
    problem: problem === null ? null : { code: problem.code, message: problem.message },
    reason: result.kind === 'empty' ? result.reason : null,
    pairs: fails ? result.pairs : 0,
    counterexample: fails ? exampleDocument(result.counterexample) : null,
  };
}

function problemOf({ claim, result }: Proof): Diagnostic | null {
  switch (result.kind) {
    case 'holds':
      return null;
    case 'empty':
      return diagnose('NP6302', { claim: claim.text, reason: result.reason }, claim.span);
    case 'fails': {
      const { counterexample } = result;
      const parameters = { connection: connectionText(counterexample), verdict: counterexample.verdict };
      return diagnose('NP6301', { claim: claim.text, ...parameters }, claim.span);
    }
  }
}

function exampleDocument(example: Counterexample): ExampleDocument {
  const { source, destination, transport, port, verdict, reasons } = example;
  return {
    text: connectionText(example),
    source: partyDocument(source),
    destination: partyDocument(destination),
    protocol: transport,
    port,
    verdict,
    because: reasons.map((reason) => reasonDocument(reason, example)),
  };
}

function partyDocument({ unit, address, node }: Party): PartyDocument {
  const text = formatAddress(address);
  return { name: unit?.subject.name ?? (node === null ? text : `node:${node}`), address: text };
}

function reasonDocument(reason: Reason, example: Counterexample): ReasonDocument {
  const { direction, verdict, why, origins } = reason;
  const side = direction === 'egress' ? 'source' : 'destination';
  return { side, verdict, why, text: reasonText(reason, example), policies: origins.map(placeDocument) };
}

function placeDocument({ policy, path, span }: Origin): PlaceDocument {
  return { policy, path, file: span.source.name, ...positionOf(span) };
}

/** `6 claims: 4 hold, 1 fails, 1 is about nothing`. */
function summaryText({ claims, holds, fails, empty }: Omit<ProofSummary, 'text'>): string {
  const parts = [
    `${holds} ${holds === 1 ? 'holds' : 'hold'}`,
    ...(fails === 0 ? [] : [`${fails} ${fails === 1 ? 'fails' : 'fail'}`]),
    ...(empty === 0 ? [] : [`${empty} ${empty === 1 ? 'is' : 'are'} about nothing`]),
  ];
  return `${claims} ${claims === 1 ? 'claim' : 'claims'}: ${parts.join(', ')}`;
}
