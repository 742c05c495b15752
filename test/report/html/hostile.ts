// A comparison in which everything that a user can name tries to get out of where it stands.
import type { CauseDocument, DiffDocument, WorkloadDocument } from '../../../src/report/document.ts';

/** One of every kind: ends of elements and comments, quotes, line separators, bidi controls, a lone surrogate. */
export const hostileTexts: readonly string[] = [
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '--></style><img src=x onerror=alert(2)>',
  '"><svg onload=alert(3)>',
  "' autofocus onfocus=alert(4) x='",
  '${alert(5)}{{alert(6)}}`',
  'javascript:alert(7)',
  '\u2028\u2029\u0000\u001b[31m',
  '\u202egnp.exe\u2066\ud800',
  '__proto__',
  'constructor',
  ']]>&lt;b&gt;&amp;',
];

const workloads = hostileTexts.map((text): WorkloadDocument => {
  const isolated = { ingress: 'all', egress: 'some' } as const;
  return { id: `${text}/${text}`, namespace: text, name: text, kind: 'live', pods: 2, presence: 'both', isolated };
});

/** Every workload gains a connection to the next one; its pods, ports, policy and file are called like it. */
export const hostileDiff: DiffDocument = {
  schemaVersion: 1,
  kind: 'diff',
  base: hostileTexts.join(' '),
  head: hostileTexts.join(' '),
  summary: { text: hostileTexts.join(' '), gained: 12, lost: 0, isolated: 1, opened: 0, nodes: 1, compared: 1 },
  workloads,
  connections: workloads.map(({ id, name }, index) => ({
    change: 'gained',
    source: { kind: 'workload', workload: id, pods: [`${name}/${name}`], count: 1 },
    destination:
      index === 0
        ? { kind: 'outside', ranges: [name], text: name }
        : { kind: 'workload', workload: workloads[index - 1]?.id ?? '', pods: null, count: 2 },
    families: ['IPv4'],
    ports: [{ transport: 'TCP', first: 80, last: 80 }],
    text: name,
    causes: [place(name)],
  })),
  isolation: workloads.map(({ id, name }) => ({
    change: 'isolated',
    direction: 'ingress',
    workload: id,
    pods: [name],
    policies: [place(name)],
  })),
  outputs: hostileTexts.map((text) => {
    const count = { before: 1, after: 2, added: 1, removed: 0 };
    return { target: text, node: text, sets: count, elements: count, rules: count, diff: `+${text}\n-${text}` };
  }),
};

function place(text: string): CauseDocument {
  return { world: 'head', side: 'source', effect: 'allows', policy: text, path: text, file: text, line: 1, column: 1 };
}
