// Block 1, from 1040: what people write by hand: label-selector strings and flows.
import { nearest } from '../nearest.ts';
import { entry } from './entry.ts';

const noHint = (): null => null;

export const flows = {
  NP1040: entry<{ expected: string; found: string }>({
    name: 'SELECTOR_SYNTAX',
    severity: 'error',
    message: ({ expected, found }) => `expected ${expected}, found ${found}`,
    hint: noHint,
    explanation:
      'A label selector is a list of requirements with commas between them: `key`, `!key`, `key=value`, `key==value`, `key!=value`, `key in (a,b)`, `key notin (a,b)`, `key>5`, `key<5`. All of them must hold; an empty selector means everything.',
    example: { wrong: 'app in shop,web', right: 'app in (shop,web)' },
  }),
  NP1041: entry<{ key: string; problem: string }>({
    name: 'SELECTOR_KEY',
    severity: 'error',
    message: ({ key, problem }) => `label key \`${key}\`: ${problem}`,
    hint: ({ key }) => (/^[^:]+:/.test(key) ? `write \`${key.replace(':', '=')}\`` : null),
    explanation:
      'No label can have such a key. A label key is a name of up to 63 characters with an optional DNS prefix and `/` before it.',
    example: { wrong: 'role:db', right: 'role=db' },
  }),
  NP1042: entry<{ value: string; problem: string }>({
    name: 'SELECTOR_VALUE',
    severity: 'error',
    message: ({ value, problem }) => `value \`${value}\`: ${problem}`,
    hint: ({ value }) => (/["']/.test(value) ? 'leave the quotes out' : null),
    explanation:
      'No label can have such a value. A label value is empty, or up to 63 of A–Z, a–z, 0–9, `-`, `_` and `.`, with a letter or digit at both ends.',
    example: { wrong: 'role="db"', right: 'role=db' },
  }),
  NP1043: entry<{ operator: string; operand: string }>({
    name: 'SELECTOR_NEVER_HOLDS',
    severity: 'warning',
    message: ({ operator, operand }) =>
      `\`${operator}${operand}\` never holds: \`${operand}\` is no 64-bit whole number`,
    hint: () => 'compare with a whole number',
    explanation:
      '`>` and `<` hold when both the label value and the operand are whole numbers of at most 64 bits. With any other operand the requirement never holds, so the selector matches nothing.',
    example: { wrong: 'generation>two', right: 'generation>2' },
  }),
  NP1044: entry<{ expected: string; found: string }>({
    name: 'FLOW_SYNTAX',
    severity: 'error',
    message: ({ expected, found }) => `expected ${expected}, found ${found}`,
    hint: noHint,
    explanation:
      'A line of a `.flows` file reads `allow FROM -> TO:PORT`, with `deny` or `ask` for `allow`, several ports with commas between them, `/UDP` or `/SCTP` behind the ports, and `over IPv4` or `over IPv6` at the end. FROM and TO are `namespace/pod`, an address (IPv6 in brackets before a port), `node:NAME` or `host:NAME`. Claims, for `netpolc prove`, begin with `never`, `always` or `only`; their ends are several with commas between them, also `pods(SELECTOR)`, `ns(SELECTOR)`, blocks of addresses, `outside` and `any`.',
    example: { wrong: 'allow prod/api to prod/db:3306', right: 'allow prod/api -> prod/db:3306' },
  }),
  NP1045: entry<{ field: string; expected: string; found: string }>({
    name: 'FLOW_VALUE',
    severity: 'error',
    message: ({ field, expected, found }) => `\`${field}\` must be ${expected}, not ${found}`,
    hint: noHint,
    explanation:
      'A flow is `from`, `to`, `protocol` (TCP, UDP or SCTP; TCP when absent), `port` (1 to 65535), and where wanted `family` (IPv4 or IPv6) and `expect` (allow or deny). `from` and `to` are `namespace/pod`, an IP address, `node:NAME` or `host:NAME`. A claim has several ends, chosen in more ways, and ranges of ports.',
    example: {
      wrong: '{"from":"api","to":"prod/db","port":"3306"}',
      right: '{"from":"prod/api","to":"prod/db","port":3306}',
    },
  }),
  NP1046: entry<{ field: string; known: readonly string[] }>({
    name: 'FLOW_UNKNOWN_FIELD',
    severity: 'error',
    message: ({ field }) => `a flow has no field \`${field}\``,
    hint: ({ field, known }) => {
      const similar = nearest(field, known);
      return similar === null ? `fields allowed here: ${known.join(', ')}` : `did you mean \`${similar}\`?`;
    },
    explanation:
      'A field that is not known is not dropped: a misspelt `expect` would turn a test into a question that always passes.',
    example: {
      wrong: '{"from":"prod/api","to":"prod/db","port":3306,"expects":"allow"}',
      right: '{"from":"prod/api","to":"prod/db","port":3306,"expect":"allow"}',
    },
  }),
  NP1047: entry<{ field: string }>({
    name: 'FLOW_MISSING_FIELD',
    severity: 'error',
    message: ({ field }) => `the flow has no \`${field}\``,
    hint: ({ field }) => `add \`"${field}"\``,
    explanation: 'A flow needs `from`, `to` and `port`.',
    example: { wrong: '{"from":"prod/api","to":"prod/db"}', right: '{"from":"prod/api","to":"prod/db","port":3306}' },
  }),
  NP1048: entry<{ found: string }>({
    name: 'FLOW_NOT_AN_OBJECT',
    severity: 'error',
    message: ({ found }) => `expected a flow, found ${found}`,
    hint: () => 'each line is one flow: {"from":"prod/api","to":"prod/db","port":3306,"expect":"allow"}',
    explanation: 'A file of JSON Lines holds one JSON object a line, with nothing around them.',
    example: {
      wrong: '["prod/api","prod/db",3306]',
      right: '{"from":"prod/api","to":"prod/db","port":3306}',
    },
  }),
  NP1049: entry<{ language: 'JSON Lines' | '.flows' }>({
    name: 'FLOW_LANGUAGE',
    severity: 'error',
    message: ({ language }) =>
      language === 'JSON Lines'
        ? 'this line is no JSON, and this file is read as JSON Lines'
        : 'this line is JSON, and this file is read as `.flows`',
    hint: ({ language }) =>
      language === 'JSON Lines'
        ? 'put reasons into a field `"why"`; for `#` comments write the readable language in a file whose name ends in `.flows`'
        : 'give a file of JSON Lines another ending, such as `.jsonl`',
    explanation:
      'Flows are written in one of two languages, told apart by the end of the file name: `.flows` is the readable one, with `#` comments; everything else is JSON Lines, which has no comments.',
    example: {
      wrong: 'netpolc test … --flows shop.json     (with: allow prod/api -> prod/db:3306)',
      right: 'netpolc test … --flows shop.flows',
    },
  }),
  NP1050: entry<{ file: string; what: 'flow' | 'claim' }>({
    name: 'NO_FLOWS',
    severity: 'error',
    message: ({ file, what }) => `\`${file}\` holds no ${what}`,
    hint: ({ what }) => `write one ${what} a line`,
    explanation: 'A file of expectations without any expectation would pass without having tested anything.',
    example: { wrong: '# nothing yet', right: 'allow prod/api -> prod/db:3306' },
  }),
  NP1051: entry<{ limit: number; what: 'flow' | 'claim' }>({
    name: 'TOO_MANY_BAD_FLOWS',
    severity: 'error',
    message: ({ limit }) => `reading stopped here, after ${limit} problems`,
    hint: ({ what }) => `is this a file of ${what}s?`,
    explanation: 'A file with so many problems is most likely something else than a file of flows.',
    example: { wrong: 'netpolc test … --flows cluster.json', right: 'netpolc test … --flows shop.flows' },
  }),
  NP1052: entry<{ pod: string }>({
    name: 'FLOW_UNKNOWN_POD',
    severity: 'error',
    message: ({ pod }) => `there is no pod \`${pod}\` in the snapshot`,
    hint: noHint,
    explanation: 'Pods are named `namespace/name`, by the name of the pod itself and not of its Deployment or Service.',
    example: { wrong: 'allow prod/web -> prod/db-0:5432', right: 'allow prod/web-6d5f8c9b7-x2k0q -> prod/db-0:5432' },
  }),
  NP1053: entry<{ node: string }>({
    name: 'FLOW_UNKNOWN_NODE',
    severity: 'error',
    message: ({ node }) => `there is no node \`${node}\` in the snapshot`,
    hint: noHint,
    explanation: 'Nodes are named as the snapshot names them (`kubectl get nodes`).',
    example: { wrong: 'deny node:worker1 -> prod/db-0:5432', right: 'deny node:worker-1 -> prod/db-0:5432' },
  }),
  NP1054: entry<{ host: string }>({
    name: 'FLOW_UNKNOWN_HOST',
    severity: 'error',
    message: ({ host }) => `the input has no host \`${host}\``,
    hint: () => 'give the address itself',
    explanation:
      'Hosts are machines outside the cluster that the input names. Their addresses work without a name too.',
    example: { wrong: 'allow prod/db-0 -> host:backup:22', right: 'allow prod/db-0 -> 192.168.5.10:22' },
  }),
  NP1055: entry<{ pod: string; reason: 'finished' | 'no-address' | 'not-scheduled' }>({
    name: 'POD_NOT_LIVE',
    severity: 'error',
    message: ({ pod, reason }) => `pod \`${pod}\` ${podReasons[reason]}`,
    hint: ({ reason }) =>
      reason === 'finished'
        ? 'name a pod that runs, or give the address itself'
        : 'take the snapshot again once the pod runs',
    explanation:
      'A flow needs two ends that can send and receive. A finished pod still shows an address, which may already belong to another pod; a pod that has not started has none yet.',
    example: {
      wrong: 'allow prod/migrate-4x7vn -> prod/db-0:5432     (Completed)',
      right: 'allow prod/api-0 -> prod/db-0:5432',
    },
  }),
  NP1056: entry<{ end: string; family: string }>({
    name: 'NO_SUCH_ADDRESS',
    severity: 'error',
    message: ({ end, family }) => `\`${end}\` has no ${family} address`,
    hint: noHint,
    explanation: 'The flow asks for a family in which one of its ends has no address in the snapshot.',
    example: {
      wrong: 'allow prod/api-0 -> prod/db-0:5432 over IPv6     (prod/db-0 has only 10.244.1.7)',
      right: 'allow prod/api-0 -> prod/db-0:5432',
    },
  }),
  NP1057: entry<{ from: string; fromFamily: string; to: string; toFamily: string }>({
    name: 'FAMILIES_DIFFER',
    severity: 'error',
    message: ({ from, fromFamily, to, toFamily }) =>
      `\`${from}\` has ${fromFamily} only and \`${to}\` has ${toFamily} only: no packet can go between them`,
    hint: () => 'give both ends in one family',
    explanation: 'Both addresses of a packet are of one family.',
    example: {
      wrong: '{"from":"10.0.0.1","to":"fd00::7","port":80}',
      right: '{"from":"fd00::1","to":"fd00::7","port":80}',
    },
  }),
};

const podReasons = {
  finished: 'has finished',
  'no-address': 'has no address yet',
  'not-scheduled': 'uses the network of its node and is on none yet',
};
