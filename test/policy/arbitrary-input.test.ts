// Manifests with slips in them: what decoding and printing must hold for any of them.
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { printJson } from '../../src/diagnostics/json.ts';
import { printSarif } from '../../src/diagnostics/sarif.ts';
import { printText } from '../../src/diagnostics/text.ts';
import { parseYaml } from '../../src/parse/yaml.ts';
import { decodeNetworkPolicy } from '../../src/policy/decode-network-policy.ts';
import { wholeSource } from '../../src/source/source.ts';
import { describe } from '../kit/suite.ts';
import { mangledManifest } from '../parse/mangled-text.ts';
import { decodeText } from './decode-text.ts';

const options = { namespace: 'default', decode: 'strict', live: false, tolerated: null } as const;

describe('any manifest', (test) => {
  test('decodes to a policy or to errors, in both modes, and what is told can be printed', () => {
    fc.assert(
      fc.property(mangledManifest, (text) => {
        const { value, diagnostics } = parseYaml(wholeSource('a.yaml', text));
        for (const node of value ?? []) {
          const strict = decodeNetworkPolicy(node, options);
          const warn = decodeNetworkPolicy(node, { ...options, decode: 'warn' });
          assert.is(strict.value === null, hasErrors(strict.diagnostics));
          assert.is(warn.value === null, hasErrors(warn.diagnostics));
          // Dropping unknown fields makes up for unknown fields and for nothing else.
          const others = strict.diagnostics.filter(({ code, severity }) => severity === 'error' && code !== 'NP2001');
          if (warn.value !== null) assert.equal(others, []);
          const all = [...diagnostics, ...strict.diagnostics, ...warn.diagnostics];
          assert.not.match(printText(all, { color: false }), /[^\n\P{C}]/u);
          assert.is((JSON.parse(printJson(all)) as { diagnostics: unknown[] }).diagnostics.length, all.length);
          const { runs } = JSON.parse(printSarif(all)) as { runs: { results: unknown[] }[] };
          assert.is(runs[0]?.results.length, all.length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('any YAML value in the place of any field ends in a policy or in errors', () => {
    const place = fc.constantFrom(
      (value: string) => value,
      (value: string) => `metadata: ${value}`,
      (value: string) => `metadata: {name: ${value}}`,
      (value: string) => `metadata: {name: p}\nspec: ${value}`,
      (value: string) => `metadata: {name: p}\nspec: {podSelector: ${value}}`,
      (value: string) => `metadata: {name: p}\nspec: {policyTypes: ${value}}`,
      (value: string) => `metadata: {name: p}\nspec: {podSelector: {matchLabels: ${value}}}`,
      (value: string) => `metadata: {name: p}\nspec: {podSelector: {matchExpressions: ${value}}}`,
      (value: string) => `metadata: {name: p}\nspec: {podSelector: {matchExpressions: [${value}]}}`,
      (value: string) => `metadata: {name: p}\nspec: {ingress: ${value}}`,
      (value: string) => `metadata: {name: p}\nspec: {ingress: [${value}]}`,
      (value: string) => `metadata: {name: p}\nspec: {ingress: [{ports: ${value}}]}`,
      (value: string) => `metadata: {name: p}\nspec: {ingress: [{ports: [{port: ${value}, endPort: ${value}}]}]}`,
      (value: string) => `metadata: {name: p}\nspec: {egress: [{to: [{ipBlock: ${value}}]}]}`,
      (value: string) =>
        `metadata: {name: p}\nspec: {egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: ${value}}}]}]}`,
    );
    fc.assert(
      fc.property(place, fc.jsonValue({ maxDepth: 3 }), (at, value) => {
        const outcome = decodeText(at(JSON.stringify(value)));
        assert.is(outcome.value === null, hasErrors(outcome.diagnostics));
      }),
      { numRuns: 1000 },
    );
  });
});
