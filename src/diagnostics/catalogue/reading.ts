// Block 1: reading files and text.
import { entry } from './entry.ts';

export const reading = {
  NP1001: entry<{ file: string }>({
    name: 'EMPTY_INPUT',
    severity: 'error',
    message: ({ file }) => `\`${file}\` holds no Kubernetes object`,
    hint: () => 'name a file or folder with manifests',
    explanation:
      'A file that was named on the command line holds nothing that could be read as a Kubernetes object. An empty policies file would compile to "everything is allowed", so it is refused.',
    example: {
      wrong: '# policies.yaml: only this comment',
      right: '# policies.yaml\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n…',
    },
  }),
  NP1002: entry<{ file: string }>({
    name: 'FILE_NOT_FOUND',
    severity: 'error',
    message: ({ file }) => `there is no file or folder \`${file}\``,
    hint: () => 'check the name, and the folder that the command runs in',
    explanation: 'A file or folder that was named on the command line does not exist.',
    example: { wrong: 'netpolc trace polices/ -s cluster.json …', right: 'netpolc trace policies/ -s cluster.json …' },
  }),
  NP1003: entry<{ file: string; reason: string }>({
    name: 'FILE_UNREADABLE',
    severity: 'error',
    message: ({ file, reason }) => `\`${file}\` cannot be read: ${reason}`,
    hint: () => null,
    explanation: 'The operating system refused to read a file or folder.',
    example: {
      wrong: '-rw------- 1 root root policies/db.yaml',
      right: '-rw-r--r-- 1 root root policies/db.yaml     (chmod a+r policies/db.yaml)',
    },
  }),
  NP1004: entry<{ folder: string }>({
    name: 'NO_MANIFESTS',
    severity: 'error',
    message: ({ folder }) => `folder \`${folder}\` holds no manifest`,
    hint: () => 'manifests end in .yaml, .yml or .json, or in one of these and .gz',
    explanation:
      'A folder that was named on the command line holds no file, at any depth, whose name ends as manifests do.',
    example: { wrong: 'policies/db.txt', right: 'policies/db.yaml' },
  }),
  NP1005: entry<{ found: string }>({
    name: 'NOT_UTF8',
    severity: 'error',
    message: ({ found }) => `the text is not UTF-8: ${found}`,
    hint: () => 'save the file as UTF-8',
    explanation: 'Manifests are read as UTF-8 and as nothing else: guessing an encoding could change names.',
    example: {
      wrong: '# in ISO 8859-1\n# for the caf\\xe9',
      right: '# in UTF-8: iconv -f ISO-8859-1 -t UTF-8 old.yaml > new.yaml\n# for the café',
    },
  }),
  NP1006: entry<{ character: string }>({
    name: 'FORBIDDEN_CHARACTER',
    severity: 'error',
    message: ({ character }) => `the text holds the control character ${character}`,
    hint: () => 'remove it: reviewers cannot see it',
    explanation:
      'Control characters other than tab and line ends, and characters that change the direction of text, are refused everywhere: they can make a manifest look like another one.',
    example: { wrong: 'app: web<U+202E>', right: 'app: web' },
  }),
  NP1007: entry<{ language: 'YAML' | 'JSON'; problem: string }>({
    name: 'SYNTAX',
    severity: 'error',
    message: ({ language, problem }) => `this is not ${language}: ${problem}`,
    hint: () => null,
    explanation: 'The text cannot be read as YAML or JSON. Nothing of the file is used.',
    example: { wrong: 'spec: {podSelector: {}', right: 'spec: {podSelector: {}}' },
  }),
  NP1008: entry<{ key: string }>({
    name: 'DUPLICATE_KEY',
    severity: 'error',
    message: ({ key }) => `key \`${key}\` is given twice in one mapping`,
    hint: () => 'remove one of them; between two objects there must be a line `---`',
    explanation:
      'Old kubectl versions silently let the last one win, so a first policy could vanish behind a second one. The usual cause is a missing `---` between two objects.',
    example: {
      wrong: 'kind: NetworkPolicy\nkind: NetworkPolicy',
      right: 'kind: NetworkPolicy\n---\nkind: NetworkPolicy',
    },
  }),
  NP1009: entry<{ tag: string }>({
    name: 'YAML_TAG',
    severity: 'error',
    message: ({ tag }) => `YAML tag \`${tag}\` is not allowed`,
    hint: () => 'remove the tag',
    explanation: 'Tags change what a value is, and differ between tools. Kubernetes manifests need none.',
    example: { wrong: 'name: !!str 5', right: "name: '5'" },
  }),
  NP1010: entry<{ found: string }>({
    name: 'KEY_NOT_A_STRING',
    severity: 'error',
    message: ({ found }) => `a key must be a string, not a ${found}`,
    hint: () => 'put the key in quotes',
    explanation: 'JSON, and so the Kubernetes API, knows string keys only.',
    example: { wrong: 'matchLabels: {1: a}', right: "matchLabels: {'1': a}" },
  }),
  NP1011: entry<{ limit: number }>({
    name: 'TOO_DEEP',
    severity: 'error',
    message: ({ limit }) => `values are nested more than ${limit} levels deep`,
    hint: () => null,
    explanation: 'No Kubernetes object is nested that deep. The bound keeps hostile input from exhausting memory.',
    example: { wrong: 'spec: [[[[[[ … 200 levels … ]]]]]]', right: 'spec: {podSelector: {}}' },
  }),
  NP1012: entry<{ limit: string }>({
    name: 'TOO_LARGE',
    severity: 'error',
    message: ({ limit }) => `the file is larger than ${limit}`,
    hint: () => 'split it; large snapshots are read as JSON of any size',
    explanation: 'YAML needs a tree of the whole text in memory. JSON snapshots are streamed and may be of any size.',
    example: {
      wrong: 'kubectl get pods -A -o yaml > cluster.yaml     (hundreds of MiB)',
      right: 'kubectl get pods -A -o json > cluster.json',
    },
  }),
  NP1013: entry<{ limit: number }>({
    name: 'TOO_MANY_VALUES',
    severity: 'error',
    message: ({ limit }) => `the document expands to more than ${limit} values`,
    hint: () => 'aliases that repeat aliases grow without bound: write the values out',
    explanation: 'Anchors and aliases are followed as kubectl does, within a bound on what they expand to.',
    example: { wrong: 'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n…', right: 'a: [x, x]' },
  }),
  NP1014: entry<{ reason: string }>({
    name: 'BROKEN_GZIP',
    severity: 'error',
    message: ({ reason }) => `the compressed file cannot be unpacked: ${reason}`,
    hint: () => 'compress the file again',
    explanation: 'The file begins like a gzip file and is damaged, cut short, or larger than any input may be.',
    example: {
      wrong: 'cluster.json.gz, of which the download broke off',
      right: 'kubectl get ns,nodes,pods,svc,netpol -A -o json | gzip > cluster.json.gz',
    },
  }),
  NP1015: entry<{ found: string }>({
    name: 'NOT_AN_OBJECT',
    severity: 'error',
    message: ({ found }) => `expected a Kubernetes object, found ${found}`,
    hint: () => 'an object has `apiVersion` and `kind`',
    explanation:
      'Every document, and every item of a List, must be an object with the string fields `apiVersion` and `kind`.',
    example: { wrong: '- a\n- b', right: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: prod}' },
  }),
  NP1016: entry<{ text: string; yaml11: string; yaml12: string }>({
    name: 'AMBIGUOUS_SCALAR',
    severity: 'error',
    message: ({ text, yaml11, yaml12 }) => `\`${text}\` is ${yaml11} for some tools and ${yaml12} for others`,
    hint: () => 'put it in quotes, or write the number in plain decimal digits',
    explanation:
      'kubectl reads YAML 1.1, most other tools YAML 1.2. Unquoted words such as `on`, `yes`, `no`, and numbers such as `010`, `1_000` or `22:22`, mean different things to them. netpolc never guesses.',
    example: { wrong: 'matchLabels: {canary: on}', right: "matchLabels: {canary: 'on'}" },
  }),
  NP1017: entry<{ kind: string; name: string }>({
    name: 'DUPLICATE_OBJECT',
    severity: 'error',
    message: ({ kind, name }) => `DUPLICATE_OBJECT: ${kind} \`${name}\` is in the input twice`,
    hint: () => 'remove one of them, or give one another name',
    explanation:
      'The API can hold only one object of a kind with a namespace and name. Applying both would let the last one win.',
    example: {
      wrong: 'metadata: {name: db, namespace: prod}\n---\nmetadata: {name: db, namespace: prod}',
      right: 'metadata: {name: db, namespace: prod}\n---\nmetadata: {name: db-backup, namespace: prod}',
    },
  }),
  NP1018: entry<{ apiVersion: string; kind: string; known: string }>({
    name: 'MISSPELT_KIND',
    severity: 'error',
    message: ({ apiVersion, kind }) => `there is no kind \`${kind}\` in \`${apiVersion}\``,
    hint: ({ known }) => `did you mean \`${known}\`?`,
    explanation:
      'Objects of kinds that netpolc does not use are skipped. This one belongs to an API whose kinds are known, and its kind is none of them: skipping it could lose a policy.',
    example: { wrong: 'kind: Networkpolicy', right: 'kind: NetworkPolicy' },
  }),
  NP1019: entry<{ limit: string }>({
    name: 'OBJECT_TOO_LARGE',
    severity: 'error',
    message: ({ limit }) => `one object is larger than ${limit}`,
    hint: () => 'look for a quote or bracket that is not closed',
    explanation:
      'JSON input is read object by object and may be of any size, one object may not: the API takes none larger than about 1.5 MiB.',
    example: {
      wrong: '{"kind":"ConfigMap","data":{"dump":"… 20 MiB …"}}',
      right: 'kubectl get ns,nodes,pods,svc,netpol -A -o json > cluster.json',
    },
  }),
};
