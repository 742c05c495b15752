// One policy rule held against a flow, as lines for people: what its ports say, what its peers say.
import type { Flow } from '../net/flow.ts';
import { shortPlace } from '../source/source.ts';
import { sortPeers } from './check-rule.ts';
import { peerLackTexts, portLackTexts } from './lack-words.ts';
import type { PeerCheck, PortCheck, RuleCheck } from './reason.ts';
import type { Direction } from './side.ts';
import { askedText, listText, peerText, portText } from './words.ts';

/** The flow as a rule's lines speak of it. */
export interface Asked {
  readonly direction: Direction;
  readonly flow: Flow;
  /** The other end: its name and its address. */
  readonly other: string;
  readonly address: string;
  /** The name of the destination, whichever end that is. */
  readonly destination: string;
}

/** How many peers and ports of one rule are shown. */
const most = 4;

/** A line that names the rule and its place, then `port` and `peer`, indented. */
export function ruleLines(check: RuleCheck, asked: Asked): readonly string[] {
  const name = `${check.name} ${check.origin.path.replace(/^spec\./, '')}`;
  return [
    `  ${name}  ${shortPlace(check.origin.span)}`,
    ...labelled('port', portLines(check, asked)),
    ...labelled('peer', peerLines(check, asked)),
  ];
}

function portLines({ ports, portFits }: RuleCheck, asked: Asked): readonly string[] {
  const what = askedText(asked.flow.protocol, asked.flow.port);
  if (ports === null) return [`${what} fits: the rule lists no ports, so it takes all`];
  const fitting = ports.find((check) => check.fits);
  if (portFits && fitting !== undefined) return [fittingPortText(fitting, what, asked.destination)];
  const wanted = ports.slice(0, most).map((check) => portText(check.port));
  const more = ports.length > most ? [`${ports.length - most} more`] : [];
  const facts = ports.flatMap((check) => portLackTexts(check, asked.destination)).slice(0, most);
  return [`${what} does not fit: wants ${listText([...wanted, ...more], 'or')}`, ...facts];
}

function fittingPortText({ port }: PortCheck, what: string, destination: string): string {
  const text = portText(port);
  if (port.kind === 'named') return `${what} fits: on ${destination} it is ${text}`;
  return text === what ? `${what} fits` : `${what} fits: it is in ${text}`;
}

function peerLines(check: RuleCheck, asked: Asked): readonly string[] {
  const { peers, policy, peerFits } = check;
  const list = asked.direction === 'ingress' ? 'from' : 'to';
  if (peers === null) return [`${asked.other} fits: the rule lists no \`${list}\`, so it takes everyone`];
  if (peerFits) return fittingPeerLines(check, list, asked);
  const [only] = peers;
  if (peers.length === 1 && only !== undefined)
    return [`wants ${peerText(only.peer, policy.namespace)}`, ...missedPeerLines(only, asked)];
  const shown = sortPeers(peers).slice(0, most);
  return [
    `wants one of ${peers.length}; each would be enough alone${shown.length < peers.length ? '; the nearest' : ''}:`,
    ...shown.flatMap((each) => [
      `${list}[${each.index}]  ${peerText(each.peer, policy.namespace)}`,
      ...missedPeerLines(each, asked).map((line) => `         ${line}`),
    ]),
  ];
}

function fittingPeerLines(check: RuleCheck, list: string, asked: Asked): readonly string[] {
  const { peers, policy, alternatives } = check;
  const fitting = (peers ?? []).filter((each) => each.fits);
  const alone = (peers ?? []).length === 1;
  const [first, second] = alternatives ?? [0, 0];
  return [
    ...fitting.slice(0, most).map((each) => {
      const text = `${asked.other} fits: ${peerText(each.peer, policy.namespace)}`;
      return alone ? text : `${text} (${list}[${each.index}])`;
    }),
    ...(alternatives === null
      ? []
      : [
          `${list}[${first}] and ${list}[${second}] are two peers: either is enough;`,
          'both would have to hold if they were one list item',
        ]),
  ];
}

function missedPeerLines({ lacks, wantsBoth }: PeerCheck, asked: Asked): readonly string[] {
  const facts = peerLackTexts(lacks, asked.other, asked.address).slice(0, most);
  const both = wantsBoth && !lacks.some(({ kind }) => kind === 'not-a-pod');
  return both ? [...facts, 'it is one peer (one list item), so both must hold'] : facts;
}

function labelled(label: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `    ${(index === 0 ? label : '').padEnd(4)}  ${line}`);
}
