// The shape is that of SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/ (numbers of its sections below).
import * as assert from 'uvu/assert';
import { diagnose } from '../../src/diagnostics/diagnostic.ts';
import { printSarif } from '../../src/diagnostics/sarif.ts';
import { describe } from '../kit/suite.ts';
import { problem, spanOf } from './build.ts';

interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly [Run];
}
interface Run {
  readonly tool: {
    readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly Rule[] };
  };
  readonly columnKind: string;
  readonly results: readonly Result[];
}
interface Rule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly defaultConfiguration: { readonly level: string };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations?: readonly unknown[];
  readonly relatedLocations?: readonly unknown[];
}

function log(...diagnostics: Parameters<typeof printSarif>[0]): Log {
  return JSON.parse(printSarif(diagnostics, '1.2.3')) as Log;
}

const text = 'a: 1\nb: 2\n';

describe('diagnostics as SARIF', (test) => {
  test('a log without results is complete (3.13, 3.14)', () =>
    assert.equal(log(), {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'netpolc', version: '1.2.3', rules: [] } },
          columnKind: 'utf16CodeUnits',
          results: [],
        },
      ],
    }));

  test('rules are distinct, sorted, and pointed to by index (3.19.23, 3.27.6)', () => {
    const [run] = log(
      problem('x'),
      diagnose('NP2206', { path: 'p' }, null),
      problem('y'),
      diagnose('NP2307', { path: 'p', cidr: 'FD00::/8', canonical: 'fd00::/8' }, null),
    ).runs;
    const { rules } = run.tool.driver;
    assert.equal(
      rules.map(({ id }) => id),
      ['NP2206', 'NP2307', 'NP9001'],
    );
    for (const { ruleId, ruleIndex } of run.results) assert.is(rules[ruleIndex]?.id, ruleId);
    const [rule] = rules;
    assert.is(rule?.name, 'END_PORT_WITHOUT_PORT');
    assert.is(rule?.shortDescription.text, 'end port without port');
    assert.is(rule?.fullDescription.text, 'A range needs its first port.');
    assert.is(rule?.help.text, 'netpolc explain NP2206');
    assert.equal(
      rules.map(({ defaultConfiguration }) => defaultConfiguration.level),
      ['error', 'warning', 'error'],
    );
  });

  test('levels are SARIF’s words (3.27.10)', () => {
    const severities = ['error', 'warning', 'info'] as const;
    const [run] = log(...severities.map((severity) => problem('x', null, { severity }))).runs;
    assert.equal(
      run.results.map(({ level }) => level),
      ['error', 'warning', 'note'],
    );
  });

  test('places are regions with an exclusive end (3.30)', () => {
    const [result] = log(problem('x', spanOf(text, '2', 'policies/a b.yaml'))).runs[0].results;
    assert.equal(result?.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'policies/a%20b.yaml' },
          region: { startLine: 2, startColumn: 4, endLine: 2, endColumn: 5 },
        },
      },
    ]);
  });

  test('without a place there are no locations', () =>
    assert.not.ok('locations' in (log(problem('x')).runs[0].results[0] ?? {})));

  test('notes with a place are related locations, others and the hint join the message (3.27.11, 3.27.22)', () => {
    const notes = [
      { message: 'here', span: spanOf(text, '1') },
      { message: 'somewhere', span: null },
    ];
    const [result] = log(problem('x', spanOf(text, '2'), { notes, hint: 'do' })).runs[0].results;
    assert.is(result?.message.text, 'a bug in netpolc: x\nsomewhere\nhint: do');
    assert.equal(result?.relatedLocations, [
      {
        id: 0,
        message: { text: 'here' },
        physicalLocation: {
          artifactLocation: { uri: 'a.yaml' },
          region: { startLine: 1, startColumn: 4, endLine: 1, endColumn: 5 },
        },
      },
    ]);
  });

  const names: readonly (readonly [name: string, uri: string])[] = [
    ['<stdin>', '%3Cstdin%3E'],
    ['c:drive.yaml', 'c%3Adrive.yaml'],
    ['/abs/ä.yaml', '/abs/%C3%A4.yaml'],
    ['back\\slash.yaml', 'back/slash.yaml'],
    ['100%.yaml', '100%25.yaml'],
    ['\ud800.yaml', '%EF%BF%BD.yaml'],
  ];
  for (const [name, uri] of names) {
    test(`${JSON.stringify(name)} becomes a URI reference (3.4.3)`, () =>
      assert.match(printSarif([problem('x', spanOf(text, '1', name))]), `"uri": "${uri}"`));
  }

  test('what steers terminals is escaped', () =>
    assert.not.match(printSarif([problem('\u001b[2J\u202e')]), /[^\n\P{C}]/u));
});
