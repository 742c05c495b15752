// Work that is done when its result is first asked for.

/** Remembers what `make` gives. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
