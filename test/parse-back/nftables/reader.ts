// Reads the nftables engine's table back.
import { must } from '../../kit/must.ts';
import { compareFactLines } from '../facts.ts';
import { factsOfHooks, hooksByIr } from '../hook-facts.ts';
import { outputOf, type Reader } from '../reader.ts';
import { factsOfNftListing, factsOfRuleset } from './facts.ts';
import { decodeNftListing } from './listing.ts';
import { readNftListing } from './read.ts';

export const nftablesReader: Reader = {
  list: [
    { name: 'ruleset', argv: ['nft', '-j', 'list', 'ruleset'] },
    { name: 'terse', argv: ['nft', '-t', 'list', 'table', 'inet', 'netpolc'] },
  ],
  differences: (artifacts, listing) => {
    const { content } = must(
      artifacts.find(({ suffix }) => suffix === 'nft'),
      'nft',
    );
    return compareFactLines(
      factsOfRuleset(content.toString()),
      factsOfNftListing(decodeNftListing(outputOf(listing, 'ruleset')), outputOf(listing, 'terse')),
    );
  },
  read: (listing) => readNftListing(decodeNftListing(outputOf(listing, 'ruleset'))),
  factsByIr: (ir) => factsOfHooks(hooksByIr(ir)),
};
