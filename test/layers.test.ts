// Who may import whom: ARCHITECTURE.md's table, held. No cycles, no folder imports, each npm dependency in its home.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import * as assert from 'uvu/assert';
import { groupBy } from '../src/collections/get-or-make.ts';
import { describe } from './kit/suite.ts';

const frontEnd = ['parse', 'policy', 'snapshot', 'net', 'diagnostics', 'source'];
const pipeline = [...frontEnd, 'input', 'resolve', 'lower', 'ir'];

/** Folder of src/ → folders and files that it may import besides itself and `collections`. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  collections: [],
  source: [],
  net: [],
  diagnostics: ['source'],
  parse: ['source', 'diagnostics'],
  policy: ['parse', 'net', 'diagnostics', 'source'],
  snapshot: ['parse', 'policy', 'net', 'diagnostics', 'source'],
  input: frontEnd,
  resolve: ['policy', 'snapshot', 'net', 'diagnostics', 'source'],
  ir: ['net', 'diagnostics', 'source'],
  lower: ['resolve', 'policy', 'snapshot', 'ir', 'net', 'diagnostics'],
  flows: frontEnd,
  'stand-ins': ['input', 'policy', 'snapshot', 'resolve', 'net', 'diagnostics', 'source'],
  connectivity: ['lower', 'policy', 'snapshot', 'ir', 'net'],
  diff: [...pipeline, 'compile.ts', 'connectivity', 'target.ts'],
  report: ['connectivity', 'diff', 'policy', 'snapshot', 'ir', 'net', 'diagnostics', 'source'],
  git: ['diagnostics', 'host', 'input'],
  trace: ['policy', 'snapshot', 'net', 'diagnostics', 'source'],
  lint: [...pipeline, 'trace', 'compile.ts'],
  replay: ['snapshot', 'net', 'diagnostics', 'target.ts', 'host', 'ir'],
  config: ['parse', 'policy', 'lint', 'diagnostics', 'source'],
  host: ['diagnostics', 'target.ts'],
  prove: [...pipeline, 'flows', 'connectivity', 'compile.ts'],
  action: ['cli', 'git', 'report', 'diagnostics', 'host'],
  'target.ts': ['ir', 'diagnostics'],
  'compile.ts': [...pipeline, 'target.ts'],
};

/** `cli` and `index.ts` may import anything. */
const free = ['cli', 'index.ts'];

/** Only types may be imported across these: nothing of the machine, and nothing of the semantics, gets into them. */
const typesOnly: Readonly<Record<string, readonly string[]>> = {
  replay: ['host', 'ir'],
  config: ['lint'],
  git: ['host', 'input'],
  'target.ts': ['ir', 'diagnostics'],
  diff: ['target.ts'],
};

const home: Readonly<Record<string, string>> = {
  chevrotain: 'src/parse',
  yaml: 'src/parse',
  'ip-address': 'src/net',
  handlebars: 'targets/shared',
  execa: 'src/host',
  commander: 'src/cli',
  diff: 'src/diff',
};

/** Pure functions of Node that a file may use outside host and cli. */
const nodeAllowed: Readonly<Record<string, string>> = {
  'src/net/content-hash.ts': 'node:crypto',
  'src/report/html/security-policy.ts': 'node:crypto',
};

const inBrowser = 'src/report/html/client/';
const pageModel = 'src/report/html/model/';

interface Import {
  readonly from: string;
  /** Path of the file, or a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = ['src', 'targets'].flatMap((root) =>
  (readdirSync(root, { recursive: true }) as string[]).filter((f) => f.endsWith('.ts')).map((f) => join(root, f)),
);
const imports = files.flatMap(importsOf);

describe('layers', (test) => {
  test('every folder of src imports only what the table allows', () => {
    const wrong = imports.filter(
      ({ from, to }) => from.startsWith('src/') && to.startsWith('src/') && !isAllowed(from, to),
    );
    assert.equal(wrong.map(show), []);
  });
  test('some imports are of types only', () => {
    const wrong = imports.filter(
      ({ from, to, typeOnly }) => !typeOnly && (typesOnly[layerOf(from)] ?? []).includes(layerOf(to)),
    );
    assert.equal(wrong.map(show), []);
  });
  test('a target imports target.ts, the IR, net, diagnostics, source and targets/shared, never another target', () => {
    const allowed = ['target.ts', 'ir', 'net', 'diagnostics', 'source', 'collections'];
    const wrong = imports.filter(({ from, to }) => {
      const [root, target] = from.split('/');
      if (root !== 'targets' || from === 'targets/index.ts') return false;
      if (to.startsWith('src/')) return !allowed.includes(layerOf(to));
      return to.startsWith('targets/') && !to.startsWith(`targets/${target}/`) && !to.startsWith('targets/shared/');
    });
    assert.equal(wrong.map(show), []);
  });
  test('nothing in src knows a target, but the command line', () => {
    const wrong = imports.filter(
      ({ from, to }) => from.startsWith('src/') && layerOf(from) !== 'cli' && to.startsWith('targets/'),
    );
    assert.equal(wrong.map(show), []);
  });
  test('node:* only in host and cli', () => {
    const wrong = imports.filter(
      ({ from, to }) => to.startsWith('node:') && !/^src\/(?:host|cli)\//.test(from) && nodeAllowed[from] !== to,
    );
    assert.equal(wrong.map(show), []);
  });
  test('each npm dependency has one home folder', () => {
    const packages = imports.filter(({ to }) => !/^(?:src|targets)\/|^node:|^package\.json$/.test(to));
    const wrong = packages.filter(({ from, to }) => !from.startsWith(`${home[to] ?? 'nowhere'}/`));
    assert.equal(wrong.map(show), []);
  });
  test('imports name files that exist, with their ending', () => {
    const known = new Set([...files, ...texts()]);
    assert.equal(imports.filter(({ to }) => /^(?:src|targets)\//.test(to) && !known.has(to)).map(show), []);
  });
  test('what runs in the browser imports itself, the model of the page and nothing of Node', () => {
    const wrong = imports.filter(
      ({ from, to }) => from.startsWith(inBrowser) && ![inBrowser, pageModel].some((folder) => to.startsWith(folder)),
    );
    assert.equal(wrong.map(show), []);
  });
  test('there is no cycle of imports, types aside', () => {
    assert.equal(findCycle(), []);
  });
});

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(file, 'utf8');
  const found = [
    ...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm),
  ];
  return found.map(([, type, from, dynamic, bare]) => {
    const name = (from ?? dynamic ?? bare ?? '').replace(/\?bundle$/, '');
    const to = name.startsWith('.') ? normalize(join(dirname(file), name)) : name;
    return { from: file, to, typeOnly: type !== undefined };
  });
}

function isAllowed(from: string, to: string): boolean {
  const [own, other] = [layerOf(from), layerOf(to)];
  if (free.includes(own) || own === other || other === 'collections') return true;
  return (mayImport[own] ?? []).includes(other);
}

/** `net` for src/net/cidr.ts, `target.ts` for src/target.ts. */
function layerOf(file: string): string {
  return file.split('/')[1] ?? '';
}

/** Templates, scripts, style sheets and C sources: files that are imported as text. */
function texts(): readonly string[] {
  return ['src', 'targets'].flatMap((root) =>
    (readdirSync(root, { recursive: true }) as string[])
      .filter((f) => /\.(?:hbs|sh|c|h|css)$/.test(f))
      .map((f) => join(root, f)),
  );
}

function findCycle(): readonly string[] {
  const edges = groupBy(
    imports.filter(({ typeOnly }) => !typeOnly),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { to } of edges.get(file) ?? []) {
      const cycle = visit(to, [...trail, file]);
      if (cycle.length > 0) return cycle;
    }
    done.add(file);
    return [];
  };
  return files.map((file) => visit(file, [])).find((cycle) => cycle.length > 0) ?? [];
}

function show({ from, to }: Import): string {
  return `${from} imports ${to}`;
}
