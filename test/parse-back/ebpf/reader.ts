// Reads back what the engine ebpf put into the kernel.
import { compareFactLines } from '../facts.ts';
import { outputOf, textOf, type Listing, type Reader } from '../reader.ts';
import { factsOfMapFiles, factsOfMapListing } from './facts.ts';
import { decodeMapListing, type MapListing } from './listing.ts';
import { flagFactsByIr, readMaps } from './read.ts';

/** All pins in one go. */
const dumpPins = [
  'set -eu',
  'for pin in /sys/fs/bpf/netpolc/*; do echo "map dump pinned $pin"; done > pins',
  'exec bpftool -j batch file pins',
].join('\n');

/** The maps that the permanent ones hold: their entries have a generation for a key, and the map's id, lowest byte first. */
const dumpMaps = [
  'set -eu',
  "entry='^key: .. .. .. .. .. .. .. ..  value: \\(..\\) \\(..\\) \\(..\\) \\(..\\)$'",
  'bpftool batch file pins > entries',
  'sed -n "s/$entry/0x\\4\\3\\2\\1/p" entries | while read -r id; do printf "map show id %d\\nmap dump id %d\\n" "$id" "$id"; done > ids',
  'exec bpftool -j batch file ids',
].join('\n');

export const ebpfReader: Reader = {
  list: [
    { name: 'pins', argv: ['sh', '-c', dumpPins] },
    { name: 'maps', argv: ['sh', '-c', dumpMaps] },
  ],
  compares: ['maps.json', 'manifest'],
  differences: (artifacts, listing) =>
    compareFactLines(
      factsOfMapFiles(textOf(artifacts, 'maps.json'), textOf(artifacts, 'manifest')),
      factsOfMapListing(decode(listing)),
    ),
  read: (listing) => readMaps(decode(listing)),
  factsByIr: flagFactsByIr,
};

function decode(listing: Listing): MapListing {
  return decodeMapListing(outputOf(listing, 'pins'), outputOf(listing, 'maps'));
}
