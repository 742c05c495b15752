// One line of a flows file, as written: which ends it names, not yet which addresses they have.
import type { Address, Family } from '../net/address.ts';
import type { Verdict } from '../net/flow.ts';
import type { Protocol } from '../net/protocol.ts';
import type { Span } from '../source/source.ts';

/** How a flow names one of its ends. */
export type EndpointName =
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'host'; readonly name: string };

export interface FlowLine {
  readonly from: EndpointName;
  readonly to: EndpointName;
  readonly protocol: Protocol;
  /** Destination port, 1…65535. */
  readonly port: number;
  /** Null leaves the choice to the resolver. */
  readonly family: Family | null;
  /** Null only asks. */
  readonly expect: Verdict | null;
  /** The line's own fields as written (JSON Lines) or their equivalent (`.flows`), to be echoed in JSON results. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly span: Span;
  /** Where the two ends stand within `span`, when whoever made the line knows. */
  readonly endSpans?: { readonly from: Span; readonly to: Span };
}
