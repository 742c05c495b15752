// The shape of one catalogue entry.

/** One kind of diagnostic. `P` holds the named parameters of its message. */
export interface CatalogueEntry<P> {
  /** A lasting name beside the number, e.g. `DUPLICATE_OBJECT`. */
  readonly name: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: (parameters: P) => string;
  /** Something to do, or null when there is nothing short to say. */
  readonly hint: (parameters: P) => string | null;
  /** What it means and why it matters, a few sentences, for `netpolc explain`. */
  readonly explanation: string;
  /** Input that brings it up, and the same input put right. */
  readonly example: { readonly wrong: string; readonly right: string } | null;
}

/** States an entry; exists so that the parameters' type is inferred. */
export function entry<P>(definition: CatalogueEntry<P>): CatalogueEntry<P> {
  return definition;
}
