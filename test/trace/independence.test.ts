// The oracle is worth something only while it shares nothing with what it judges. Here is what src/trace may import.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';

const folder = 'src/trace';

/** Everything that `createOracle` runs: these files import each other and the values below, and nothing else. */
const oracleFiles = [
  'facts.ts',
  'judge.ts',
  'judge-tiers.ts',
  'match-peer.ts',
  'match-port.ts',
  'number.ts',
  'oracle.ts',
  'side.ts',
];
const oracleValues = new Set([
  '../policy/label-selector.ts#matches',
  '../policy/label-selector.ts#holds',
  '../net/address.ts#formatAddress',
  '../net/address.ts#parseAddress',
]);

/** What the explanation may run besides the oracle: words and places. */
const explanationValues = new Set([
  ...oracleValues,
  '../policy/network-policy.ts#policyKey',
  '../policy/cluster-policy.ts#clusterPolicyKey',
  '../snapshot/snapshot.ts#podKey',
  '../source/source.ts#shortPlace',
  '../source/source.ts#positionOf',
  '../diagnostics/safe-text.ts#escapeText',
  '../diagnostics/safe-text.ts#cutText',
]);

/** Files whose types either may use. Not the set algebra: not even its types. */
const typeFiles = new Set([
  '../net/address.ts',
  '../net/cidr.ts',
  '../net/flow.ts',
  '../net/protocol.ts',
  '../net/semantics-options.ts',
  '../policy/label-selector.ts',
  '../policy/network-policy.ts',
  '../policy/cluster-policy.ts',
  '../policy/policies.ts',
  '../snapshot/snapshot.ts',
  '../source/source.ts',
]);

interface Import {
  readonly from: string;
  /** Imported values; types are left out. */
  readonly values: readonly string[];
}

/** The import declarations of a file; anything else that could load code is an error. */
function importsOf(text: string): readonly Import[] {
  const code = text.replace(/\/\*[^]*?\*\//g, '').replace(/\/\/.*$/gm, '');
  const other = /\bimport\s*\(|\brequire\b|\bexport\b[^;]*\bfrom\s*'|\bimport\s*'|\bimport\s+\*/.exec(code);
  if (other !== null) throw new Error(`${other[0]} may load anything`);
  const declarations = [...code.matchAll(/^import\s+(type\s+)?\{([^}]*)\}\s*from\s*'([^']+)';/gm)];
  if (declarations.length !== (code.match(/\bimport\b/g) ?? []).length) throw new Error('an import is not understood');
  return declarations.map(([, type, names = '', from = '']) => {
    const listed = names.split(',').map((name) => name.trim());
    const values = type === undefined ? listed.filter((name) => name !== '' && !name.startsWith('type ')) : [];
    return { from, values };
  });
}

/** What a file imports beyond what is allowed. */
function forbidden(text: string, siblings: readonly string[], values: ReadonlySet<string>): readonly string[] {
  return importsOf(text).flatMap(({ from, values: imported }) => {
    if (siblings.includes(from.replace(/^\.\//, ''))) return [];
    if (imported.length === 0) return typeFiles.has(from) ? [] : [from];
    return imported.map((name) => `${from}#${name}`).filter((name) => !values.has(name));
  });
}

const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');
const allFiles = readdirSync(folder).sort();

describe('the independence of the oracle', (test) => {
  for (const file of oracleFiles) {
    test(`${file} imports no more than types and selector matching`, () =>
      assert.equal(forbidden(textOf(file), oracleFiles, oracleValues), []));
  }
  for (const file of allFiles.filter((each) => !oracleFiles.includes(each))) {
    test(`${file} adds no more than words and places`, () =>
      assert.equal(forbidden(textOf(file), allFiles, explanationValues), []));
  }
  test('the oracle has at most 500 lines', () => {
    const lines = oracleFiles.map((file) => textOf(file).split('\n').length - 1);
    assert.ok(lines.reduce((sum, count) => sum + count, 0) <= 500, lines.join(' + '));
  });
  test('this test finds what it looks for', () => {
    const found = (text: string): readonly string[] => forbidden(text, oracleFiles, oracleValues);
    assert.equal(found("import { isStrictSubset } from '../net/cidr.ts';"), ['../net/cidr.ts#isStrictSubset']);
    assert.equal(found("import {\n  matches,\n  everything,\n} from '../policy/label-selector.ts';"), [
      '../policy/label-selector.ts#everything',
    ]);
    assert.equal(found("import type { AddressSet } from '../net/address-set.ts';"), ['../net/address-set.ts']);
    assert.equal(found("import { type Cidr, lastAddress } from '../net/cidr.ts';"), ['../net/cidr.ts#lastAddress']);
    assert.equal(found("import { words } from './words.ts';"), ['./words.ts#words']);
    for (const text of [
      "await import('../ir/evaluate.ts')",
      "export { x } from '../ir/ir.ts';",
      "import '../ir/ir.ts';",
    ])
      assert.throws(() => found(text));
  });
});
