// Names in artifacts are hashes of what they stand for. This notices when one name would stand for two contents.

/** Notes which content a name stands for. */
export interface NameBook {
  /** The name, or null when it already stands for other content. */
  readonly claim: (name: string, content: string) => string | null;
}

export function createNameBook(): NameBook {
  const contentByName = new Map<string, string>();
  return {
    claim: (name, content) => {
      const known = contentByName.get(name) ?? content;
      contentByName.set(name, known);
      return known === content ? name : null;
    },
  };
}
