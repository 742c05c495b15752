// Single changes of what `nft -j list ruleset` printed.
import { describeChanges, type Change } from '../changed-listings.ts';

const ruleset = (title: string, find: string | RegExp, replace: string, says: string | null): Change => ({
  ...{ title, output: 'ruleset', find, replace, says },
});

describeChanges('nftables', [
  ruleset(
    'a peer is another',
    '"elem": ["10.0.0.9"]',
    '"elem": ["10.0.0.10"]',
    'forward ingress: 10.0.0.10 → 10.0.0.7, SCTP port 0: passes but must not',
  ),
  ruleset(
    'a set has one peer more',
    '"elem": ["fd00::9"]',
    '"elem": ["fd00::9", "fd00::a"]',
    'forward ingress: fd00::a → fd00::7, SCTP port 0: passes but must not',
  ),
  ruleset(
    'a set is empty',
    ', "elem": ["10.0.0.9"]',
    '',
    'forward ingress: 10.0.0.9 → 10.0.0.8, SCTP port 0: is dropped but must pass',
  ),
  ruleset(
    'a range ends one address later',
    '192.168.4.255',
    '192.168.5.0',
    'forward ingress: 192.168.5.0 → 10.0.0.7, a protocol other than TCP, UDP and SCTP: passes but must not',
  ),
  ruleset(
    'a range is missing',
    ', {"range": ["192.168.6.0", "192.168.255.255"]}',
    '',
    'forward ingress: 192.168.6.0 → 10.0.0.7, a protocol other than TCP, UDP and SCTP: is dropped but must pass',
  ),
  ruleset(
    'a prefix is shorter',
    '"len": 64',
    '"len": 63',
    'forward ingress: fd05:0:0:1:: → fd00::7, a protocol other than TCP, UDP and SCTP: passes but must not',
  ),
  ruleset(
    'an endpoint is missing',
    /, \["10\.0\.0\.8", \{"jump": \{"target": "in_[^"]*"\}\}\]/g,
    '',
    'forward ingress: 0.0.0.0 → 10.0.0.8, a protocol other than TCP, UDP and SCTP: passes but must not',
  ),
  ruleset(
    'an endpoint has the profile of the other direction',
    /(?<=\["fd00::7", \{"jump": \{"target": ")out_a_db_[^"]*/g,
    'in_a_db_daxzvz7hrmkqtewrxbltap43jp',
    'expected daddr',
  ),
  ruleset(
    'an endpoint goes where nobody returns from',
    /(?<=\["fd00::7", \{")jump(?=": \{"target": "in_)/g,
    'goto',
    'expected a jump',
  ),
  ruleset(
    'a pair of an endpoint’s addresses is missing',
    '{"concat": ["10.0.0.8", "10.0.0.7"]}, ',
    '',
    'forward egress: 10.0.0.8 → 10.0.0.7, a protocol other than TCP, UDP and SCTP: is dropped but must pass',
  ),
  ruleset(
    'a port is another',
    '["tcp", 3306]',
    '["tcp", 3307]',
    'forward ingress: 10.0.0.9 → 10.0.0.7, TCP port 3306: is dropped but must pass',
  ),
  ruleset(
    'a protocol is another',
    '["udp", 53]',
    '["tcp", 53]',
    'forward egress: 10.0.0.7 → 0.0.0.0, TCP port 53: passes but must not',
  ),
  ruleset(
    'a range of ports ends one earlier',
    '"range": [100, 200]',
    '"range": [100, 199]',
    'forward ingress: 10.0.0.9 → 10.0.0.7, UDP port 200: is dropped but must pass',
  ),
  ruleset(
    'a whole protocol is another',
    '"right": "sctp"',
    '"right": "udp"',
    'forward ingress: 10.0.0.9 → 10.0.0.7, SCTP port 0: is dropped but must pass',
  ),
  ruleset(
    'peers are looked for on the wrong side',
    /(?<="ip", "field": ")saddr(?="\}\}, "right": "@peers_mixed)/g,
    'daddr',
    'expected saddr',
  ),
  ruleset(
    'peers are those of another set',
    /(?<="right": "@)peers_mixed_[^"]*_blocks_v4/g,
    'peers_a_web_i6wbiq6xs77zpfgximr47wvtwk_v4',
    'forward ingress: 10.0.0.9 → 10.0.0.7, a protocol other than TCP, UDP and SCTP: passes but must not',
  ),
  ruleset(
    'a match is inverted',
    /(?<="op": ")==(?=", "left": \{"meta": \{"key": "nfproto"\}\}, "right": "ipv4")/g,
    '!=',
    'expected a protocol with ports',
  ),
  ruleset(
    'a rule of a profile is missing',
    /, \{"rule": \{"family": "inet", "table": "netpolc", "chain": "in_[^"]*_sctp", "handle": \d+, "expr": \[\{"goto": \{"target": "refuse"\}\}\]\}\}/g,
    '',
    'forward ingress: 0.0.0.0 → 10.0.0.7, SCTP port 0: passes but must not',
  ),
  ruleset(
    'a verdict is another',
    /(?<="comment": "isolated by a\/db podSelector test\.yaml:1", "expr": \[\{")goto": \{"target": "refuse"\}(?=\}\]\}\}, \{"rule": \{"family": "inet", "table": "netpolc", "chain": "control)/g,
    'return": null',
    'forward ingress: 0.0.0.0 → 10.0.0.7, a protocol other than TCP, UDP and SCTP: passes but must not',
  ),
  ruleset(
    'what is refused passes',
    '"chain": "refuse", "handle": 20, "expr": [{"drop": null}]',
    '"chain": "refuse", "handle": 20, "expr": [{"accept": null}]',
    'expected drop',
  ),
  ruleset(
    'established connections are not first',
    /(\{"rule": \{[^{]*"handle": 52, .*?\}\}), (\{"rule": \{[^{]*"handle": 54, .*), (?=\{"rule": \{[^{]*"handle": 61)/g,
    '$2, $1, ',
    'expected a lookup',
  ),
  ruleset(
    'established connections are judged again',
    /(?<="comment": "netpolc ir:\w+", "expr": \[\{"match": \{"op": "in", "left": \{"ct": \{"key": "state"\}\}, "right": ")established/g,
    'related',
    'forward IPv4 established tcp: judged, but must be: passes',
  ),
  ruleset(
    'established connections to the node are judged again',
    '"handle": 61, "expr": [{"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": "established"',
    '"handle": 61, "expr": [{"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": "new"',
    'input IPv4 established tcp: judged, but must be: passes',
  ),
  ruleset(
    'a control message is missing',
    ', "nd-neighbor-advert"',
    '',
    'forward IPv6 new ipv6-icmp: 0-129 judged, 130-133 passes, 134 dropped, 135 passes, 136 judged',
  ),
  ruleset(
    'an error passes that belongs to nothing',
    /(?<="parameter-problem"\]\}\}\}, )\{"match": \{"op": "in", "left": \{"ct": \{"key": "state"\}\}, "right": "related"\}\}, (?=\{"accept": null\}\]\}\}, \{"rule": \{"family": "inet", "table": "netpolc", "chain": "control", "handle": 43)/g,
    '',
    'forward IPv6 new ipv6-icmp: 0 judged, 1-4 passes',
  ),
  ruleset(
    'link-local senders may hide',
    /\{"rule": \{"family": "inet", "table": "netpolc", "chain": "forward", "handle": 55,.*?"len": 10\}\}\}\}, \{"drop": null\}\]\}\}, /g,
    '',
    'forward IPv6 steps: drop to link-local, egress, ingress, but must be: drop from link-local',
  ),
  ruleset(
    'senders are not judged',
    /, \{"rule": \{"family": "inet", "table": "netpolc", "chain": "forward", "handle": 57,.*?"@egress4"\}\}\]\}\}/g,
    '',
    'forward IPv4 steps: ingress, but must be: egress, ingress',
  ),
  ruleset('a hook is another', '"hook": "input"', '"hook": "output"', 'expected a hook of ours'),
  ruleset(
    'a priority is another',
    '"hook": "forward", "prio": -5',
    '"hook": "forward", "prio": 0',
    'expected a hook of ours',
  ),
  ruleset(
    'everything is dropped by default',
    '"hook": "forward", "prio": -5, "policy": "accept"',
    '"hook": "forward", "prio": -5, "policy": "drop"',
    'expected a hook of ours',
  ),
  ruleset(
    'somebody else’s table is there',
    '"name": "netpolc", "handle": 1',
    '"name": "other", "handle": 1',
    'expected table inet netpolc alone',
  ),
  ruleset('a set forgets its elements', '"handle": 16, ', '"handle": 16, "timeout": 60, ', 'expected fields'),
  ruleset(
    'a comment is another',
    '"a/db ingress[0] test.yaml:1", "expr": [{"match": {"op": "==", "left": {"meta": {"key": "nfproto"}}, "right": "ipv6"}}',
    '"another", "expr": [{"match": {"op": "==", "left": {"meta": {"key": "nfproto"}}, "right": "ipv6"}}',
    null,
  ),
  ruleset('the IR has another name', /"comment": "netpolc ir:\w+"/g, '"comment": "netpolc ir:x"', null),
]);
