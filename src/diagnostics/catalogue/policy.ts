// Block 2: policies, their fields and their validation.
import { entry } from './entry.ts';

const noHint = (): null => null;

function typeHint(expected: string, found: string): string | null {
  if (expected === 'a string' && /^the (?:number|boolean)/.test(found)) return 'put the value in quotes';
  if (expected === '`true` or `false`' && /^the string "(?:true|false)"/.test(found)) return 'leave the quotes out';
  if (expected === 'a list') return 'begin each item with `- `';
  // `matchLabels:` and below it `role:db`.
  if (/^(?:an object|a mapping)/.test(expected) && /^the string "[^\s"]+:[^\s"/]/.test(found)) {
    return 'put a space behind the colon';
  }
  const block = /^the string "([\d.:a-f]+\/\d+)"$/i.exec(found)?.[1];
  if (/^(?:an object|a mapping)/.test(expected) && block !== undefined) return `write \`{cidr: ${block}}\``;
  return found === 'null' ? 'give it a value, or remove it' : null;
}

function cidrHint(cidr: string): string | null {
  if (/^\d+(?:\.\d+){3}$/.test(cidr)) return `for one address write ${cidr}/32`;
  if (/^[\da-f]*:[\da-f:]*$/i.test(cidr)) return `for one address write ${cidr}/128`;
  const [, address = '', length = '0'] = /^([\da-f.:]+)\/(\d+)$/i.exec(cidr) ?? [];
  const longest = address.includes(':') ? 128 : 32;
  return Number(length) > longest ? `the longest prefix length is ${longest}` : null;
}

export const policy = {
  NP2001: entry<{ path: string; pruned: boolean }>({
    name: 'UNKNOWN_FIELD',
    severity: 'error',
    message: ({ path, pruned }) => `unknown field "${path}"${pruned ? ' is dropped' : ''}`,
    hint: noHint,
    explanation:
      'The object has no such field there. A strict API server refuses such a policy; a lenient one drops the field, which usually makes the policy wider than its author meant. netpolc refuses it, or drops it with a warning under --decode=warn. In netpolc.yaml it is always an error.',
    example: { wrong: 'podSelector:\n  matchLabels:\n  role: db', right: 'podSelector:\n  matchLabels:\n    role: db' },
  }),
  NP2002: entry<{ path: string; expected: string; found: string }>({
    name: 'WRONG_TYPE',
    severity: 'error',
    message: ({ path, expected, found }) => `\`${path}\` must be ${expected}, not ${found}`,
    hint: ({ expected, found }) => typeHint(expected, found),
    explanation:
      'The value has the wrong JSON type. The API server refuses it in every mode, and netpolc in its own files; nothing is ever converted.',
    example: { wrong: 'matchLabels: {version: 1}', right: "matchLabels: {version: '1'}" },
  }),
  NP2003: entry<{ apiVersion: string }>({
    name: 'REMOVED_API_VERSION',
    severity: 'error',
    message: ({ apiVersion }) =>
      `NetworkPolicy in \`${apiVersion}\` is not served${apiVersion.startsWith('extensions/') ? ' any more' : ''}`,
    hint: () => 'write `apiVersion: networking.k8s.io/v1`; the fields are the same',
    explanation:
      '`extensions/v1beta1` NetworkPolicy was removed in Kubernetes 1.16. No other version than networking.k8s.io/v1 exists.',
    example: { wrong: 'apiVersion: extensions/v1beta1', right: 'apiVersion: networking.k8s.io/v1' },
  }),
  NP2004: entry<{ generated: boolean }>({
    name: 'MISSING_NAME',
    severity: 'error',
    message: ({ generated }) =>
      generated ? '`metadata.generateName` gives no name to a file' : '`metadata.name` is required',
    hint: () => 'give it a `metadata.name`',
    explanation:
      'Every object needs a name. A server can make one up from generateName; offline there is nobody to do that.',
    example: { wrong: 'metadata: {generateName: db-}', right: 'metadata: {name: db-policy}' },
  }),
  NP2005: entry<{ name: string; problem: string }>({
    name: 'INVALID_NAME',
    severity: 'error',
    message: ({ name, problem }) => `\`metadata.name\` "${name}": ${problem}`,
    hint: noHint,
    explanation:
      'Names are at most 253 characters of a–z, 0–9, `-` and `.`; every part between dots begins and ends with a letter or digit.',
    example: { wrong: 'name: DB_policy', right: 'name: db-policy' },
  }),
  NP2006: entry<{ namespace: string; problem: string }>({
    name: 'INVALID_NAMESPACE',
    severity: 'error',
    message: ({ namespace, problem }) => `\`metadata.namespace\` "${namespace}": ${problem}`,
    hint: noHint,
    explanation: 'Namespace names are at most 63 characters of a–z, 0–9 and `-`, without dots.',
    example: { wrong: 'namespace: team.prod', right: 'namespace: team-prod' },
  }),
  NP2101: entry<{ count: number }>({
    name: 'TOO_MANY_POLICY_TYPES',
    severity: 'error',
    message: ({ count }) => `\`spec.policyTypes\`: may not specify more than two policyTypes, found ${count}`,
    hint: noHint,
    explanation: 'There are two types, Ingress and Egress.',
    example: { wrong: 'policyTypes: [Ingress, Egress, Ingress]', right: 'policyTypes: [Ingress, Egress]' },
  }),
  NP2102: entry<{ path: string; type: string }>({
    name: 'UNSUPPORTED_POLICY_TYPE',
    severity: 'error',
    message: ({ path, type }) => `\`${path}\`: unsupported value "${type}", supported values: "Egress", "Ingress"`,
    hint: noHint,
    explanation: 'Policy types are written exactly so; case matters.',
    example: { wrong: 'policyTypes: [ingress]', right: 'policyTypes: [Ingress]' },
  }),
  NP2103: entry<{ path: string; cidr: string }>({
    name: 'INVALID_CIDR',
    severity: 'error',
    message: ({ path, cidr }) =>
      `\`${path}\` "${cidr}": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)`,
    hint: ({ cidr }) => cidrHint(cidr),
    explanation: 'An ipBlock needs an address and a prefix length that fits the family.',
    example: { wrong: 'cidr: 192.168.5.10', right: 'cidr: 192.168.5.10/32' },
  }),
  NP2104: entry<{ path: string; except: string; cidr: string }>({
    name: 'EXCEPT_OUTSIDE_CIDR',
    severity: 'error',
    message: ({ path, except, cidr }) => `\`${path}\` ${except}: must be a strict subset of \`cidr\` ${cidr}`,
    hint: () => 'widen `cidr` or remove this exception',
    explanation:
      'An exception must lie inside `cidr`, be of the same family, and be smaller than it. An exception outside excludes nothing: most likely one of the two is mistyped.',
    example: {
      wrong: 'cidr: 10.1.0.0/16\nexcept: [10.2.0.0/16]',
      right: 'cidr: 10.0.0.0/8\nexcept: [10.2.0.0/16]',
    },
  }),
  NP2105: entry<{ path: string }>({
    name: 'CIDR_REQUIRED',
    severity: 'error',
    message: ({ path }) => `\`${path}\` is a required value`,
    hint: () => 'give the block a `cidr`',
    explanation: 'An ipBlock without a cidr matches nothing and is refused by the API server.',
    example: { wrong: 'ipBlock: {except: [10.0.0.0/24]}', right: 'ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/24]}' },
  }),
  NP2106: entry<{ path: string; cidr: string }>({
    name: 'LEADING_ZEROS',
    severity: 'error',
    message: ({ path, cidr }) => `\`${path}\` "${cidr}": must not have leading 0s in IP or prefix length`,
    hint: () => 'write the numbers without leading zeros',
    explanation: 'Some programs read 010 as 8, some as 10: two firewalls could enforce different ranges.',
    example: { wrong: 'cidr: 010.0.0.0/8', right: 'cidr: 10.0.0.0/8' },
  }),
  NP2107: entry<{ path: string; cidr: string }>({
    name: 'IPV4_MAPPED',
    severity: 'error',
    message: ({ path, cidr }) => `\`${path}\` "${cidr}": must not have an IPv4-mapped IPv6 address`,
    hint: () => 'write the IPv4 block',
    explanation: 'Packets never carry IPv4-mapped addresses; programs disagree on what such a block means.',
    example: { wrong: "cidr: '::ffff:10.0.0.0/104'", right: 'cidr: 10.0.0.0/8' },
  }),
  NP2108: entry<{ path: string; cidr: string }>({
    name: 'HOST_BITS',
    severity: 'error',
    message: ({ path, cidr }) => `\`${path}\` "${cidr}": must not have bits set beyond the prefix length`,
    hint: () => 'write the first address of the block, or a longer prefix',
    explanation:
      'The address has bits that the prefix length cuts off, so one of the two is not what was meant. API servers from 1.36 refuse it. In objects that a live cluster holds it is accepted, the bits masked off, with a warning.',
    example: { wrong: 'cidr: 10.0.0.5/24', right: 'cidr: 10.0.0.0/24' },
  }),
  NP2109: entry<{ path: string }>({
    name: 'EMPTY_PEER',
    severity: 'error',
    message: ({ path }) => `\`${path}\`: must specify a peer`,
    hint: () => 'give it podSelector, namespaceSelector or ipBlock; for everyone leave the whole list out',
    explanation:
      'An item of `from` or `to` that sets no field, or is null, is refused: it could be read as everyone or as nobody.',
    example: { wrong: 'from: [{}]', right: 'from: [{podSelector: {}}]' },
  }),
  NP2110: entry<{ path: string }>({
    name: 'IPBLOCK_WITH_SELECTOR',
    severity: 'error',
    message: ({ path }) => `\`${path}\`: may not specify both ipBlock and another peer`,
    hint: () => 'make two items of it, each with its own `- `',
    explanation: 'A peer is either a block of addresses or pods by their labels.',
    example: {
      wrong: '- ipBlock: {cidr: 10.0.0.0/8}\n  podSelector: {}',
      right: '- ipBlock: {cidr: 10.0.0.0/8}\n- podSelector: {}',
    },
  }),
  NP2201: entry<{ path: string; protocol: string }>({
    name: 'UNSUPPORTED_PROTOCOL',
    severity: 'error',
    message: ({ path, protocol }) =>
      `\`${path}\`: unsupported value "${protocol}", supported values: "SCTP", "TCP", "UDP"`,
    hint: ({ protocol }) => (/^(?:tcp|udp|sctp)$/i.test(protocol) ? `write ${protocol.toUpperCase()}` : null),
    explanation: 'Protocols are written in capitals. NetworkPolicy knows no others.',
    example: { wrong: 'protocol: tcp', right: 'protocol: TCP' },
  }),
  NP2202: entry<{ path: string; port: number }>({
    name: 'PORT_OUT_OF_RANGE',
    severity: 'error',
    message: ({ path, port }) => `\`${path}\` ${port}: must be between 1 and 65535, inclusive`,
    hint: noHint,
    explanation: 'Ports are numbers from 1 to 65535. To allow every port leave `port` out.',
    example: { wrong: 'port: 0', right: 'port: 80' },
  }),
  NP2203: entry<{ path: string; port: number; endPort: number }>({
    name: 'END_PORT_BELOW_PORT',
    severity: 'error',
    message: ({ path, port, endPort }) => `\`${path}\` ${endPort}: must be greater than or equal to \`port\` ${port}`,
    hint: () => 'swap the two',
    explanation: 'A range runs from `port` up to `endPort`, both included.',
    example: { wrong: 'port: 90\nendPort: 80', right: 'port: 80\nendPort: 90' },
  }),
  NP2204: entry<{ path: string; port: number }>({
    name: 'END_PORT_OUT_OF_RANGE',
    severity: 'error',
    message: ({ path, port }) => `\`${path}\` ${port}: must be between 1 and 65535, inclusive`,
    hint: noHint,
    explanation: 'Ports are numbers from 1 to 65535.',
    example: { wrong: 'port: 80\nendPort: 65536', right: 'port: 80\nendPort: 65535' },
  }),
  NP2205: entry<{ path: string }>({
    name: 'END_PORT_WITH_NAME',
    severity: 'error',
    message: ({ path }) => `\`${path}\`: may not be specified when \`port\` is non-numeric`,
    hint: () => 'remove `endPort`, or write `port` as a number',
    explanation: 'A named port stands for what each pod calls by that name; there is no range of names.',
    example: { wrong: 'port: http\nendPort: 90', right: 'port: 80\nendPort: 90' },
  }),
  NP2206: entry<{ path: string }>({
    name: 'END_PORT_WITHOUT_PORT',
    severity: 'error',
    message: ({ path }) => `\`${path}\`: may not be specified when \`port\` is not specified`,
    hint: () => 'say where the range begins with `port`',
    explanation: 'A range needs its first port.',
    example: { wrong: 'endPort: 90', right: 'port: 80\nendPort: 90' },
  }),
  NP2207: entry<{ path: string; name: string; problem: string }>({
    name: 'INVALID_PORT_NAME',
    severity: 'error',
    message: ({ path, name, problem }) => `\`${path}\` "${name}": ${problem}`,
    hint: ({ name }) =>
      /^[0-9]+$/.test(name)
        ? `write the number without quotes: ${Number(name)}`
        : /^[0-9]+-[0-9]+$/.test(name)
          ? 'write the range with `port` and `endPort`'
          : /[,\s]/.test(name)
            ? 'make an item of `ports` for each'
            : null,
    explanation:
      'A port in quotes is a name: 1 to 15 of a–z, 0–9 and `-`, at least one letter. A number is written without quotes.',
    example: { wrong: 'port: "80"', right: 'port: 80' },
  }),
  NP2301: entry<{ path: string; key: string; problem: string }>({
    name: 'INVALID_LABEL_KEY',
    severity: 'error',
    message: ({ path, key, problem }) => `\`${path}\`: label key "${key}": ${problem}`,
    hint: noHint,
    explanation: 'A label key is a name of up to 63 characters with an optional DNS prefix and `/` before it.',
    example: { wrong: 'matchLabels: {"my key": a}', right: 'matchLabels: {my-key: a}' },
  }),
  NP2302: entry<{ path: string; value: string; problem: string }>({
    name: 'INVALID_LABEL_VALUE',
    severity: 'error',
    message: ({ path, value, problem }) => `\`${path}\`: label value "${value}": ${problem}`,
    hint: noHint,
    explanation:
      'A label value is empty, or up to 63 of A–Z, a–z, 0–9, `-`, `_` and `.`, with a letter or digit at both ends.',
    example: { wrong: 'matchLabels: {role: "db server"}', right: 'matchLabels: {role: db-server}' },
  }),
  NP2303: entry<{ path: string; value: string; problem: string }>({
    name: 'INVALID_EXPRESSION_VALUE',
    severity: 'error',
    message: ({ path, value, problem }) => `\`${path}\`: value "${value}": ${problem}`,
    hint: noHint,
    explanation: 'The values of an expression are label values; one that no label can have never matches.',
    example: { wrong: 'values: ["db server"]', right: 'values: [db-server]' },
  }),
  NP2304: entry<{ path: string }>({
    name: 'VALUES_REQUIRED',
    severity: 'error',
    message: ({ path }) => `\`${path}\`: must be specified when \`operator\` is 'In' or 'NotIn'`,
    hint: () => 'list at least one value, or use Exists or DoesNotExist',
    explanation: 'In and NotIn compare with a list of values, which must not be empty.',
    example: { wrong: '{key: role, operator: In}', right: '{key: role, operator: In, values: [db]}' },
  }),
  NP2305: entry<{ path: string }>({
    name: 'VALUES_FORBIDDEN',
    severity: 'error',
    message: ({ path }) => `\`${path}\`: may not be specified when \`operator\` is 'Exists' or 'DoesNotExist'`,
    hint: () => 'remove the values, or use In or NotIn',
    explanation: 'Exists and DoesNotExist ask for the key alone.',
    example: { wrong: '{key: role, operator: Exists, values: [db]}', right: '{key: role, operator: Exists}' },
  }),
  NP2306: entry<{ path: string; operator: string }>({
    name: 'UNKNOWN_OPERATOR',
    severity: 'error',
    message: ({ path, operator }) => `\`${path}\` "${operator}": not a valid selector operator`,
    hint: () => 'operators are In, NotIn, Exists and DoesNotExist',
    explanation: 'Operators of matchExpressions are written exactly so; case matters.',
    example: { wrong: '{key: role, operator: "==", values: [db]}', right: '{key: role, operator: In, values: [db]}' },
  }),
  NP2307: entry<{ path: string; cidr: string; canonical: string }>({
    name: 'UNUSUAL_CIDR_TEXT',
    severity: 'warning',
    message: ({ path, cidr, canonical }) => `\`${path}\` "${cidr}" is not written in the usual form ${canonical}`,
    hint: ({ canonical }) => `write ${canonical}`,
    explanation:
      'The block is valid and means the same in every form. Written as RFC 5952 says (lower case, longest run of zeros shortened) it is found by a text search, and compares equal to what other tools print.',
    example: { wrong: 'cidr: FD00:0::/64', right: 'cidr: fd00::/64' },
  }),
};
