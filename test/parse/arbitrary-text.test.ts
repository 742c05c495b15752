// Texts that nobody wrote: what the parsers must hold for any of them.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { parseAllDocuments } from 'yaml';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { describe } from '../kit/suite.ts';
import { mangledManifest, mangledText } from './mangled-text.ts';
import { hasOddKey, plainValue, readJson, readYaml, told } from './read-text.ts';

const runs = { numRuns: 400 };

describe('JSON', (test) => {
  test('well-formed JSON is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { value: node, diagnostics } = readJson(text);
        fc.pre(!diagnostics.some(({ code }) => code === 'NP1006'));
        assert.equal(told(diagnostics), []);
        assert.ok(node !== null && isDeepStrictEqual(plainValue(node), JSON.parse(text)));
      }),
      runs,
    );
  });

  test('mangled JSON is refused exactly when JSON.parse refuses it, duplicate keys and hidden characters apart', () => {
    const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value, null, 1));
    fc.assert(
      fc.property(mangledText(json), (text) => {
        const { value: node, diagnostics } = readJson(text);
        if (diagnostics.some(({ code }) => code === 'NP1006' || code === 'NP1008')) return;
        const expected = tryJson(text.replace(/^\ufeff/, ''));
        assert.is(node === null, expected === undefined, told(diagnostics).join());
        if (node !== null) assert.ok(isDeepStrictEqual(plainValue(node), expected?.value));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('YAML', (test) => {
  test('JSON is YAML of the same meaning', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const yaml = readYaml(text);
        fc.pre(!yaml.diagnostics.some(({ code }) => code === 'NP1006'));
        const json = readJson(text).value;
        assert.equal(told(yaml.diagnostics), []);
        assert.ok(
          json !== null &&
            isDeepStrictEqual((yaml.value ?? []).map(plainValue), value === null ? [null] : [plainValue(json)]),
        );
      }),
      runs,
    );
  });

  test('a mangled manifest is refused whenever a plain YAML parser refuses it, and read alike otherwise', () => {
    fc.assert(
      fc.property(mangledManifest, (text) => {
        const { value, diagnostics } = readYaml(text);
        if (hasErrors(diagnostics) || value?.some(hasOddKey) === true) return;
        const documents = parseAllDocuments(text, { version: '1.2', schema: 'core', merge: true, logLevel: 'silent' });
        if (!Array.isArray(documents)) return assert.equal(value, []);
        assert.equal(
          documents.flatMap(({ errors }) => errors.map(({ message }) => message)),
          [],
        );
        const expected = documents.filter(({ contents }) => !isNothing(contents)).map((each) => each.toJS() as unknown);
        assert.ok(isDeepStrictEqual((value ?? []).map(plainValue), expected), text);
      }),
      { numRuns: 1000 },
    );
  });

  test('any text ends in values or diagnostics', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        readYaml(text);
        readJson(text);
      }),
      runs,
    );
  });
});

/** An empty document, which is skipped (S-109); one that says `null` is none. */
function isNothing(contents: unknown): boolean {
  return contents === null || (contents as { source?: unknown }).source === '';
}

function tryJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
