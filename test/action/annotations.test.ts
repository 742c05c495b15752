// What the runner and code scanning are told.
import * as assert from 'uvu/assert';
import { printAnnotations } from '../../src/action/annotations.ts';
import { hasPlaceInHead } from '../../src/action/blame.ts';
import { repositoryPath } from '../../src/action/repository-path.ts';
import type { SarifLog } from '../../src/action/sarif-log.ts';
import { uploadLog } from '../../src/action/upload-log.ts';
import { annotationCommand, outputText, unheeded } from '../../src/action/workflow-command.ts';
import { diagnose, type Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { printSarif } from '../../src/diagnostics/sarif.ts';
import { wholeSource, type Span } from '../../src/source/source.ts';
import { describe } from '../kit/suite.ts';

const base = 'a'.repeat(40);
const place = { prefix: 'deploy/', base };

function spanIn(file: string): Span {
  return { source: wholeSource(file, 'one\ntwo\n'), start: 4, end: 7 };
}

function logOf(...diagnostics: readonly Diagnostic[]): SarifLog {
  return JSON.parse(printSarif(diagnostics)) as SarifLog;
}

const gained = (file: string): Diagnostic => diagnose('NP6201', { connection: 'a -> b', ports: 'TCP 1' }, spanIn(file));
const isolated = diagnose('NP6203', { workload: 'a', direction: 'ingress' }, spanIn('p.yaml'));
const missing = diagnose('NP1004', { folder: 'policies' }, null, { hint: null });

describe('commands for the runner', (test) => {
  test('are escaped, and their lines stay lines', () =>
    assert.is(
      annotationCommand('error', '50%\n::x\u001b', { file: 'a:b,c%.yaml', line: 3, col: null }),
      '::error file=a%3Ab%2Cc%25.yaml,line=3::50%25%0A::x<U+001B>\n',
    ));

  test('of others are not obeyed', () => {
    assert.is(unheeded('::error::x', 'secret'), '::stop-commands::secret\n::error::x\n::secret::\n');
    assert.is(unheeded('', 'secret'), '');
  });

  test('give outputs that end where nobody can guess', () =>
    assert.is(outputText('summary', 'x\nEOF\ny=1', 's3'), 'summary<<s3\nx\nEOF\ny=1\ns3\n'));
});

describe('paths in the repository', (test) => {
  test('begin at its root, whatever folder the action works in', () => {
    assert.is(repositoryPath('policies/db.yaml', 'deploy/', base), 'deploy/policies/db.yaml');
    assert.is(repositoryPath('./../x.yaml', 'deploy/', base), 'x.yaml');
    assert.is(repositoryPath('git:bbb:./x.yaml', 'deploy/', base), 'deploy/x.yaml');
  });
  test('are none for the base, for what is outside, and for the machine', () => {
    for (const name of [`git:${base}:./x.yaml`, '../../x.yaml', '/elsewhere/x.yaml', 'file:///x', '.']) {
      assert.is(repositoryPath(name, name === '.' ? '' : 'deploy/', base), null);
    }
  });
});

describe('annotations', (test) => {
  test('stand at lines of the head, connections before isolation', () => {
    const { text, left } = printAnnotations(logOf(isolated, gained('p.yaml'), missing), place);
    assert.equal(
      text.split('\n').map((line) => line.replace(/(?<=\))::.*/, '')),
      [
        '::error title=no manifests (NP1004)',
        '::warning file=deploy/p.yaml,line=2,endLine=2,col=1,endColumn=4,title=connection gained (NP6201)',
        '::notice file=deploy/p.yaml,line=2,endLine=2,col=1,endColumn=4,title=newly isolated (NP6203)',
        '',
      ],
    );
    assert.is(left, 0);
  });

  test('are at most ten of a kind; the others are counted', () => {
    const many = Array.from({ length: 13 }, (_, index) => gained(`${index}.yaml`));
    const { text, left } = printAnnotations(logOf(...many, isolated), place);
    assert.equal([text.split('\n').length - 1, left], [11, 3]);
    assert.match(text, /file=deploy\/9\.yaml/);
    assert.not.match(text, /file=deploy\/10\.yaml/);
  });

  test('for lines of the base have no place, and say which commit a cause is of', () => {
    const note = { message: 'allowed it before', span: spanIn(`git:${base}:./p.yaml`) };
    const lost = diagnose('NP6202', { connection: 'a -> b', ports: 'TCP 1' }, note.span, { notes: [note] });
    const { text } = printAnnotations(logOf(lost), place);
    assert.is(
      text,
      '::warning title=connection lost (NP6202)::a -> b is not possible any more: TCP 1%0Aaaaaaaa:p.yaml:2: allowed it before\n',
    );
  });
});

describe('findings for code scanning', (test) => {
  interface Uploaded {
    readonly runs: readonly {
      readonly automationDetails: { readonly id: string };
      readonly results: readonly {
        readonly locations: readonly {
          readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
        }[];
      }[];
    }[];
  }

  test('have a category for each command and key, and paths from the root', () => {
    const text = uploadLog({ diff: logOf(gained('a b.yaml'), missing), lint: logOf(isolated) }, 'eu', place);
    const { runs } = JSON.parse(text) as Uploaded;
    assert.equal(
      runs.map(({ automationDetails, results }) => [
        automationDetails.id,
        results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri),
      ]),
      [
        ['netpolc/diff/eu/', ['deploy/a%20b.yaml']],
        ['netpolc/lint/eu/', ['deploy/p.yaml']],
      ],
    );
  });
});

describe('mistakes', (test) => {
  const wrong = (file: string): Diagnostic => diagnose('NP2001', { path: 'x', pruned: false }, spanIn(file));
  test('are the base’s only when all of them stand in its files', () => {
    assert.is(hasPlaceInHead(logOf(wrong(`git:${base}:./p.yaml`)), base), false);
    assert.is(hasPlaceInHead(logOf(wrong(`git:${base}:./p.yaml`), wrong('p.yaml')), base), true);
    assert.is(hasPlaceInHead(logOf(missing), base), true);
  });
});
