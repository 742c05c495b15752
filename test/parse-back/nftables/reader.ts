// Reads the nftables engine's table back.
import { compareFactLines } from '../facts.ts';
import { factsOfHooks, hooksByIr } from '../hook-facts.ts';
import { outputOf, textOf, type Reader } from '../reader.ts';
import { factsOfNftListing, factsOfRuleset } from './facts.ts';
import { decodeNftListing } from './listing.ts';
import { readNftListing } from './read.ts';

export const nftablesReader: Reader = {
  list: [
    { name: 'ruleset', argv: ['nft', '-j', 'list', 'ruleset'] },
    { name: 'terse', argv: ['nft', '-t', 'list', 'table', 'inet', 'netpolc'] },
  ],
  compares: ['nft'],
  differences: (artifacts, listing) =>
    compareFactLines(
      factsOfRuleset(textOf(artifacts, 'nft')),
      factsOfNftListing(decodeNftListing(outputOf(listing, 'ruleset')), outputOf(listing, 'terse')),
    ),
  read: (listing) => readNftListing(decodeNftListing(outputOf(listing, 'ruleset'))),
  factsByIr: (ir) => factsOfHooks(hooksByIr(ir)),
};
