// What holds for every entry of the catalogue, whoever wrote it.
import * as assert from 'uvu/assert';
import type { CatalogueEntry } from '../../src/diagnostics/catalogue/entry.ts';
import { catalogue } from '../../src/diagnostics/catalogue/index.ts';
import { describe } from '../kit/suite.ts';

const entries = Object.entries(catalogue) as [string, CatalogueEntry<unknown>][];

describe('the catalogue', (test) => {
  test('codes are NP and four digits, names are distinct and in capitals', () => {
    for (const [code, { name }] of entries) {
      assert.match(code, /^NP[1-9][0-9]{3}$/);
      assert.match(name, /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/);
    }
    assert.is(new Set(entries.map(([, { name }]) => name)).size, entries.length);
  });

  test('every entry is explained in sentences', () => {
    for (const [code, { explanation }] of entries) assert.match(explanation, /^\S[^]{20,}\.$/, code);
  });

  test('every entry has an example, unless only a bug or the machine brings it up', () => {
    const without = entries.filter(([, { example }]) => example === null).map(([code]) => code);
    assert.equal(without.sort(), ['NP5002', 'NP7002', 'NP7041', 'NP7042', 'NP7044', 'NP9001']);
  });

  test('examples differ from what puts them right', () => {
    for (const [code, { example }] of entries) assert.ok(example === null || example.wrong !== example.right, code);
  });
});
