// Texts with a few slips in them: what editors, merges and tired people make of a manifest.
import fc from 'fast-check';

const snippets = [
  ...['\n', ' ', '  ', '    ', '- ', '-', ': ', ':', ', ', '"', "'", '{', '}', '[', ']', '{}', '[]', '#', ' # '],
  ...['|', '>', '|-\n', '\t', '\r', '\r\n', '---\n', '...\n', '? ', '&a ', '*a', '<<: *a', '!!str ', '! ', '%', '\\'],
  ...[
    'null',
    '~',
    'on',
    '010',
    '1_0',
    '22:22',
    '1e3',
    '0x1',
    'true',
    '80',
    '"80"',
    '\u202e',
    '\0',
    '\u00a0',
    '\ufeff',
    'é',
  ],
  ...['role: db', 'ports', 'from:', 'matchLabels:', 'x'],
];

/** One change of a text, at a place between 0 and 1. */
interface Slip {
  readonly kind: 'insert' | 'remove' | 'shift' | 'repeat' | 'drop';
  readonly at: number;
  readonly amount: number;
  readonly snippet: string;
}

const slip: fc.Arbitrary<Slip> = fc.record({
  kind: fc.constantFrom('insert', 'remove', 'shift', 'repeat', 'drop'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  amount: fc.integer({ min: -4, max: 4 }),
  snippet: fc.constantFrom(...snippets),
});

export function mangledText(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.array(slip, { maxLength: 4 })).map(([whole, slips]) => slips.reduce(apply, whole));
}

function apply(text: string, { kind, at, amount, snippet }: Slip): string {
  const offset = Math.floor(at * text.length);
  if (kind === 'insert') return text.slice(0, offset) + snippet + text.slice(offset);
  if (kind === 'remove') return text.slice(0, offset) + text.slice(offset + Math.abs(amount));
  const lines = text.split('\n');
  const index = Math.floor(at * lines.length);
  const line = lines[index] ?? '';
  const changed = kind === 'repeat' ? [line, line] : kind === 'drop' ? [] : [shift(line, amount)];
  return lines.toSpliced(index, 1, ...changed).join('\n');
}

function shift(line: string, amount: number): string {
  return amount < 0 ? line.replace(new RegExp(`^ {0,${-amount}}`), '') : ' '.repeat(amount) + line;
}

const manifests = [
  `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db-policy
  namespace: prod
spec:
  podSelector:
    matchLabels:
      role: db
    matchExpressions:
    - key: tier
      operator: In
      values: [back, "front"]
  policyTypes:
  - Ingress
  - Egress
  ingress:
  - from:
    - podSelector:
        matchLabels:
          role: api
    - namespaceSelector: {}
    ports:
    - port: 3306
    - protocol: UDP
      port: 53
      endPort: 60
  egress:
  - to:
    - ipBlock:
        cidr: 10.0.0.0/8
        except:
        - 10.1.0.0/16
`,
  `# two policies
metadata: {name: a, labels: &l {app: web}}
spec: {podSelector: {matchLabels: *l}, ingress: [{}]}
---
metadata:
  annotations:
    note: |
      some: text
        - of several lines
    other: >-
      folded
      text
  name: 'b'
spec:
  podSelector: {matchLabels: {<<: {a: b}, "c": 'd'}}
`,
  `metadata:
    name: deep
spec:
    ingress:
        - ports:
              - {port: http}
          from:
              - ipBlock: {cidr: "fd00::/64"}
        -
    policyTypes: ["Ingress"]
`,
];

export const mangledManifest: fc.Arbitrary<string> = mangledText(fc.constantFrom(...manifests));
