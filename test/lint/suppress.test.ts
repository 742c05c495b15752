import * as assert from 'uvu/assert';
import type { Suppression } from '../../src/lint/lint-settings.ts';
import { wholeSource } from '../../src/source/source.ts';
import { describe } from '../kit/suite.ts';
import { idsOf, lintText } from './lint-files.ts';

const everything = (name: string, annotations = ''): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop${annotations}}
spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{}]}
`;
const annotated = (name: string, text: string): string =>
  everything(name, `, annotations: {netpolc.dev/ignore: ${JSON.stringify(text)}}`);
const accept = (lint: string, policy: string | null): Suppression => ({
  lint,
  policy,
  reason: 'public on purpose',
  span: { source: wholeSource('netpolc.yaml', 'x'), start: 0, end: 1 },
});

describe('findings that are accepted', (test) => {
  for (const pattern of ['shop/open', 'shop/*', '*/open', '*/*', null]) {
    test(`by settings for ${pattern ?? 'every policy'}`, async () => {
      const report = await lintText(everything('open'), { settings: { suppressions: [accept('L-13', pattern)] } });
      assert.equal(idsOf(report), []);
      assert.equal(
        report.suppressed.map(({ lint, reason, by }) => [lint, reason, by]),
        [['L-13', 'public on purpose', 'settings']],
      );
    });
  }

  for (const pattern of ['shop/closed', 'other/*', 'shop']) {
    test(`${pattern} is another policy, and the suppression is unused`, async () => {
      const report = await lintText(everything('open'), { settings: { suppressions: [accept('L-13', pattern)] } });
      const unused = report.findings.find(({ diagnostic }) => diagnostic.code === 'NP6052');
      assert.match(unused?.diagnostic.message ?? '', `L-13 is accepted for \`${pattern}\``);
      assert.is(unused?.diagnostic.severity, 'info');
      assert.ok(idsOf(report).includes('L-13'));
    });
  }

  test('a suppression of a lint that is off or could not be judged is not called unused', async () => {
    const suppressions = [accept('L-13', null), accept('L-07', null)];
    const severityById = new Map([['L-13', 'off'] as const]);
    assert.equal((await lintText(everything('open'), { settings: { suppressions, severityById } })).findings, []);
  });

  test('by an annotation, where those are allowed', async () => {
    const text = annotated('open', 'L-13: demo; it has no data, L-13 is fine');
    const report = await lintText(text, { settings: { annotations: true } });
    assert.equal(report.findings, []);
    assert.equal(
      report.suppressed.map(({ reason, by }) => [reason, by]),
      [['demo; it has no data, L-13 is fine', 'annotation']],
    );
  });

  test('an annotation speaks for its own policy only', async () => {
    const text = `${annotated('open', 'L-13: demo')}---${everything('other')}`;
    const report = await lintText(text, { settings: { annotations: true }, read: {} });
    assert.equal(
      report.findings.filter(({ lint }) => lint === 'L-13').map(({ policy }) => policy),
      ['shop/other'],
    );
  });

  test('an annotation counts for nothing where the operator does not allow it, and that is said', async () => {
    const { findings, suppressed } = await lintText(annotated('open', 'L-13: demo'));
    assert.equal(
      findings.map(({ diagnostic }) => diagnostic.code),
      ['NP6054', 'NP6013'],
    );
    assert.equal(suppressed, []);
  });

  test('without a reason the finding stands', async () => {
    for (const text of ['L-13', 'L-13:', ' L-13 : ']) {
      const { findings } = await lintText(annotated('open', text), { settings: { annotations: true } });
      assert.equal(findings.map(({ diagnostic }) => diagnostic.code).sort(), ['NP6013', 'NP6051'], text);
    }
  });

  test('a lint that there is not is told', async () => {
    const { findings } = await lintText(annotated('open', 'L-77: x; L-13: demo'), { settings: { annotations: true } });
    assert.equal(
      findings.map(({ diagnostic }) => diagnostic.code),
      ['NP6053'],
    );
  });

  test('an annotation for which there is nothing is unused', async () => {
    const text = annotated('open', 'L-13: demo; L-25: demo');
    const { findings } = await lintText(text, { settings: { annotations: true } });
    assert.equal(
      findings.map(({ diagnostic }) => diagnostic.code),
      ['NP6052'],
    );
  });
});

describe('severities', (test) => {
  test('an operator decides how loud a lint is', async () => {
    for (const [chosen, severity] of [
      ['error', 'error'],
      ['warning', 'warning'],
      ['information', 'info'],
    ] as const) {
      const { findings } = await lintText(everything('open'), {
        settings: { severityById: new Map([['L-13', chosen]]) },
      });
      assert.equal(
        findings.map(({ diagnostic }) => diagnostic.severity),
        [severity],
      );
    }
  });

  test('a lint that is off says nothing', async () => {
    const settings = { severityById: new Map([['L-13', 'off'] as const]) };
    assert.equal((await lintText(everything('open'), { settings })).findings, []);
  });
});
