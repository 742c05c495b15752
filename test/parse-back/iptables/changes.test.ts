// Single changes of what iptables-save, ip6tables-save and `ipset save` printed, for both variants of iptables.
import { describeChanges, type Change } from '../changed-listings.ts';

type Changed = readonly [title: string, find: string | RegExp, replace: string, says: string | null];

const of = (output: string, changes: readonly Changed[]): readonly Change[] =>
  changes.map(([title, find, replace, says]) => ({ title, output, find, replace, says }));

const sets = of('ipset', [
  [
    'a peer is another',
    / 10\.0\.0\.9$/gm,
    ' 10.0.0.10',
    'forward ingress: 10.0.0.10 → 10.0.0.7, SCTP port 0: passes but must not',
  ],
  [
    'a set has one peer more',
    /^(add npc6s\S+) fd00::9$/gm,
    '$1 fd00::9\n$1 fd00::a',
    'forward ingress: fd00::a → fd00::7, SCTP port 0: passes but must not',
  ],
  [
    'a set is empty',
    /^add npc4s\S+ 10\.0\.0\.9\n/gm,
    '',
    'forward ingress: 10.0.0.9 → 10.0.0.7, SCTP port 0: is dropped but must pass',
  ],
  [
    'a block is missing',
    /^add \S+ 192\.168\.8\.0\/21\n/gm,
    '',
    'forward ingress: 192.168.8.0 → 10.0.0.7, a protocol other than TCP, UDP and SCTP: is dropped but must pass',
  ],
  [
    'a prefix is shorter',
    '192.168.4.0/24',
    '192.168.4.0/23',
    'forward ingress: 192.168.5.0 → 10.0.0.7, a protocol other than TCP, UDP and SCTP: passes but must not',
  ],
  ['a prefix has bits behind its end', '192.168.4.0/24', '192.168.4.1/24', 'host bits: 192.168.4.1/24'],
  ['an element is an exception', '192.168.4.0/24', '192.168.4.0/24 nomatch', 'unexpected line'],
  ['an element is forgotten some day', 'fd05::/64', 'fd05::/64 timeout 60', 'unexpected line'],
  ['a set takes fewer elements', 'maxelem 8', 'maxelem 7', null],
  [
    'somebody else’s set is there',
    /^(?=create npc4b)/gm,
    'create other hash:ip family inet hashsize 64 maxelem 4\n',
    null,
  ],
  ['a set is missing', /^create npc4s.*\nadd.*\n/gm, '', 'is missing'],
]);

const four = of('IPv4', [
  [
    'a port is another',
    '--dports 3306',
    '--dports 3307',
    'forward ingress: 10.0.0.9 → 10.0.0.7, TCP port 3306: is dropped but must pass',
  ],
  [
    'a protocol is another',
    '-p udp -m multiport --dports 53',
    '-p tcp -m multiport --dports 53',
    'forward egress: 10.0.0.7 → 0.0.0.0, TCP port 53: passes but must not',
  ],
  [
    'a range of ports ends one earlier',
    '100:200',
    '100:199',
    'forward ingress: 10.0.0.9 → 10.0.0.7, UDP port 200: is dropped but must pass',
  ],
  [
    'a whole protocol is another',
    '-p sctp',
    '-p udp',
    'forward ingress: 10.0.0.9 → 10.0.0.7, SCTP port 0: is dropped but must pass',
  ],
  ['a match is inverted', '-p sctp', '! -p sctp', 'expected a rule'],
  ['a match is one that we do not use', '--dports 3306', '--sports 3306', 'expected a rule'],
  ['a module is not used', '-p sctp', '-p sctp -m sctp', 'expected modules that are used'],
  ['peers are looked for on the wrong side', /(npc4s\S+) src/g, '$1 dst', 'expected a rule of a profile'],
  ['a set is none', /npc4s\S+(?= src)/g, 'npc4sother', 'npc4sother is missing'],
  [
    'an endpoint goes to the profile of the other direction',
    /(-d 10\.0\.0\.8\/32 -m comment --comment "?a\/db"? -g )\S+/g,
    '$1NPC1-PCN3WXU6TDKCHPLI7E5LNJM',
    'forward ingress: 192.168.0.0 → 10.0.0.8, a protocol other than TCP, UDP and SCTP: is dropped but must pass',
  ],
  ['an endpoint is missing', /^.* -d 10\.0\.0\.8\/32 -m comment.*\n/gm, '', 'reaches itself and has no profile'],
  [
    'an endpoint is missing, with its pairs',
    /^(?:-A NPC1-I\S+ -s \S+ -d 10\.0\.0\.8\/32 -j RETURN\n){2}.* -d 10\.0\.0\.8\/32 -m comment.*\n/gm,
    '',
    'forward ingress: 0.0.0.0 → 10.0.0.8, a protocol other than TCP, UDP and SCTP: passes but must not',
  ],
  [
    'an endpoint comes back from its profile',
    /(-s 10\.0\.0\.8\/32 -m comment --comment "?a\/db"?) -g/g,
    '$1 -j',
    'expected an endpoint',
  ],
  [
    'a pair of an endpoint’s addresses is missing',
    /^-A NPC1-E\S+ -s 10\.0\.0\.8\/32 -d 10\.0\.0\.7\/32 -j RETURN\n/gm,
    '',
    'forward egress: 10.0.0.8 → 10.0.0.7, a protocol other than TCP, UDP and SCTP: is dropped but must pass',
  ],
  [
    'a pair of addresses that are not one endpoint’s passes',
    /^(-A NPC1-E\S+ -s 10\.0\.0\.8\/32 -d) 10\.0\.0\.7\/32/gm,
    '$1 10.0.0.6/32',
    'forward egress: 10.0.0.8 → 10.0.0.6, a protocol other than TCP, UDP and SCTP: passes but must not',
  ],
  [
    'a pair comes too late',
    /^(-A NPC1-E\S+ -s 10\.0\.0\.8\/32 -d 10\.0\.0\.8\/32 -j RETURN)\n(.*)\n/gm,
    '$2\n$1\n',
    'expected an address that is still to be judged',
  ],
  [
    'a profile does not refuse the rest',
    /^-A NPC1-PLSCDM.* -j DROP\n/gm,
    '',
    'forward ingress: 0.0.0.0 → 10.0.0.7, a protocol other than TCP, UDP and SCTP: passes but must not',
  ],
  ['everything is accepted for good', /^(-A NPC1-PLSCDM.*) -j DROP$/gm, '$1 -j ACCEPT', 'expected a verdict of ours'],
  [
    'established connections come second',
    /^(-A NPC1-F\S+ .*ESTABLISHED.*)\n(.*)\n/gm,
    '$2\n$1\n',
    'forward IPv4 established icmp: 0-4 judged, 5 dropped',
  ],
  [
    'new connections are taken for established ones',
    /^(-A NPC1-N.*)ESTABLISHED/gm,
    '$1NEW',
    'input IPv4 established tcp: judged, but must be: passes',
  ],
  [
    'redirects are not refused',
    /^.*--icmp-type 5 .*\n/gm,
    '',
    'forward IPv4 new icmp: judged, but must be: 0-4 judged, 5 dropped, 6-255 judged',
  ],
  [
    'an error passes that belongs to nothing',
    /^(-A NPC1-CT.*--icmp-type 11) -m conntrack --ctstate RELATED/gm,
    '$1',
    'forward IPv4 new icmp: 0-4 judged, 5 dropped, 6-10 judged, 11 passes, 12-255 judged, but must be',
  ],
  [
    'receivers are judged before senders',
    /^(-A NPC1-J.* -j NPC1-E.*)\n(.*)\n/gm,
    '$2\n$1\n',
    'forward IPv4 steps: ingress, egress, but must be: egress, ingress',
  ],
  [
    'receivers are not judged',
    /^-A NPC1-J.* -j NPC1-I.*\n/gm,
    '',
    'forward IPv4 steps: egress, but must be: egress, ingress',
  ],
  [
    'senders’ verdicts are final',
    /^(-A NPC1-J.*) -j (NPC1-E.*)$/gm,
    '$1 -g $2',
    'expected link-local addresses, or a jump',
  ],
  ['the node’s packets are not judged', /^-A NPC1-N\S+ -g .*\n/gm, '', 'expected a control message'],
  ['nothing leads to us', '-A FORWARD -j NETPOLC-FORWARD\n', '', 'expected a jump to NETPOLC-FORWARD'],
  [
    'others come before us',
    '-A FORWARD -j NETPOLC-FORWARD',
    '-A FORWARD -s 10.0.0.9/32 -j RETURN\n-A FORWARD -j NETPOLC-FORWARD',
    'expected a jump to NETPOLC-FORWARD',
  ],
  [
    'the jump has a condition',
    '-A FORWARD -j NETPOLC-FORWARD',
    '-A FORWARD -p tcp -j NETPOLC-FORWARD',
    'expected a jump to NETPOLC-FORWARD',
  ],
  [
    'two chains are in force',
    /^(-A NETPOLC-FORWARD -j )(\S+)$/gm,
    '$1$2\n$1$2',
    'expected a jump to the chain in force',
  ],
  ['the end is missing', /COMMIT\n/g, '', 'not the filter table, or not all of it'],
  ['a stale chain is left', ':NETPOLC-INPUT', ':NPC1-FOLD - [0:0]\n:NETPOLC-INPUT', null],
  ['a comment is another', 'other peers on SCTP', 'other peers on TCP', null],
]);

const six = of('IPv6', [
  [
    'link-local receivers may hide',
    /^.* -d fe80::\/10 .*\n/gm,
    '',
    'forward IPv6 steps: drop from link-local, egress, ingress, but must be',
  ],
  ['link-local is less than it is', '-s fe80::/10', '-s fe80::/11', 'expected link-local addresses, or a jump'],
  [
    'a control message is another',
    /^(-A NPC1-C5.*--icmpv6-type )136/gm,
    '$1138',
    'forward IPv6 new ipv6-icmp: 0-129 judged, 130-133 passes, 134 dropped, 135 passes, 136 judged, 137 dropped, 138 passes',
  ],
  [
    'an endpoint is another',
    /-d fd00::7\/128 -m comment/g,
    '-d fd00::8/128 -m comment',
    'reaches itself and has no profile',
  ],
]);

for (const engine of ['iptables', 'iptables-legacy']) describeChanges(engine, [...sets, ...four, ...six]);
