// Reads the nftables engine's table back.
import { compareFactLines } from '../facts.ts';
import { factsOfHooks, hooksByIr } from '../hook-facts.ts';
import { outputOf, textOf, type Reader } from '../reader.ts';
import { factsOfNftListing, factsOfRuleset } from './facts.ts';
import { decodeNftListing } from './listing.ts';
import { readNftListing } from './read.ts';

export const nftablesReader: Reader = {
  // What an earlier load left would come twice without the ending that load.sh gives to names.
  list: [{ name: 'ruleset', argv: ['sh', '-c', `nft -j list ruleset | sed 's/_g[0-9]*"/"/g'`] }],
  compares: ['nft'],
  differences: (artifacts, listing) =>
    compareFactLines(
      factsOfRuleset(textOf(artifacts, 'nft')),
      factsOfNftListing(decodeNftListing(outputOf(listing, 'ruleset'))),
    ),
  read: (listing) => readNftListing(decodeNftListing(outputOf(listing, 'ruleset'))),
  factsByIr: (ir) => factsOfHooks(hooksByIr(ir)),
};
