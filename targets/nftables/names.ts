// Names of our sets, maps and chains: a prefix of ours, words for people, and enough of a content hash to be unique.

/** Characters of base32 taken from a content hash: 130 bits, beyond anybody's search for a collision (TH-07). */
const hashLength = 26;

/** Longest part that is there for people only; nft takes names of 255 bytes (nft 1.0.6, Linux 6.18). */
const labelLength = 60;

/**
 * `prefix_label_hash`: lower-case letters, digits and `_`, beginning with the prefix, so it is no keyword of nft
 * (TH-05). The label is lossy; the hash alone tells names apart.
 */
export function nftName(prefix: string, label: string, hash: string): string {
  const words = label
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, labelLength);
  return [prefix, ...(words === '' ? [] : [words]), hash.slice(0, hashLength)].join('_');
}
