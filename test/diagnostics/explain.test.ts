import * as assert from 'uvu/assert';
import { explainCode, listCodes } from '../../src/diagnostics/explain.ts';
import { describe } from '../kit/suite.ts';

describe('netpolc explain', (test) => {
  test('says what a code means, with an example and the example put right', () =>
    assert.fixture(
      explainCode('NP2203') ?? '',
      `NP2203 END_PORT_BELOW_PORT (error)

A range runs from \`port\` up to \`endPort\`, both included.

Wrong:

    port: 90
    endPort: 80

Right:

    port: 80
    endPort: 90
`,
    ));

  for (const spelling of ['NP2203', 'np2203', '2203', 'END_PORT_BELOW_PORT', 'end-port-below-port', ' NP2203 ']) {
    test(`knows ${JSON.stringify(spelling)}`, () => assert.match(explainCode(spelling) ?? '', /^NP2203 /));
  }
  for (const spelling of ['', 'NP0000', '220', 'NP', 'constructor']) {
    test(`does not know ${JSON.stringify(spelling)}`, () => assert.is(explainCode(spelling), null));
  }

  test('a code without an example has none', () => assert.not.match(explainCode('NP9001') ?? '', 'Wrong'));

  test('lines are at most 80 wide, examples apart', () => {
    for (const { code } of listCodes()) {
      const lines = (explainCode(code) ?? '').split('\n').filter((line) => !line.startsWith('    '));
      assert.equal(
        lines.filter((line) => line.length > 80),
        [],
      );
    }
  });

  test('codes are listed by number', () => {
    const codes = listCodes().map(({ code }) => code);
    assert.equal(codes, [...codes].sort());
    assert.ok(codes.length > 50);
  });
});
