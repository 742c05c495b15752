import * as assert from 'uvu/assert';
import { defaultLintSettings } from '../../src/lint/lint-settings.ts';
import { positionOf } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { messages, onlyOne, places } from '../policy/decode-text.ts';
import { header, parseBody, parseText } from './parse-text.ts';

const full = `
policies: [policies, more.yaml]
snapshots:
  - cluster.json
namespace: shop
decode: warn
allowIncomplete: true
namedPortsInit: all
allowEgressToOwnNode: false
icmpEcho: always
color: never
lint:
  severity: {L-01: off, L-30: 'error', L-39: information}
  annotations: true
  suppress:
    - lint: L-07
      policy: prod/*
      reason: scaled to zero at night
    - {lint: L-16, reason: our plugin reads blocks so}
`;

describe('a configuration file', (test) => {
  test('says everything that it can say', () => {
    const { value, diagnostics } = parseBody(full);
    assert.equal(diagnostics, []);
    const { lint, ...rest } = must(value);
    assert.equal(rest, {
      policies: ['policies', 'more.yaml'],
      snapshots: ['cluster.json'],
      namespace: 'shop',
      decode: 'warn',
      allowIncomplete: true,
      namedPortsInit: 'all',
      allowEgressToOwnNode: false,
      icmpEcho: 'always',
      color: 'never',
    });
    assert.equal(
      [...lint.severityById],
      [
        ['L-01', 'off'],
        ['L-30', 'error'],
        ['L-39', 'information'],
      ],
    );
    assert.is(lint.annotations, true);
    const suppressions = lint.suppressions.map(({ span, ...said }) => ({ ...said, line: positionOf(span).line }));
    assert.equal(suppressions, [
      { lint: 'L-07', policy: 'prod/*', reason: 'scaled to zero at night', line: 18 },
      { lint: 'L-16', policy: null, reason: 'our plugin reads blocks so', line: 21 },
    ]);
  });

  test('may say nothing, and null is absent', () => {
    for (const body of ['', 'policies:\nnamespace: null\nallowIncomplete: ~\nlint:\n']) {
      const { value, diagnostics } = parseBody(body);
      assert.equal(diagnostics, []);
      assert.equal(value, {
        policies: [],
        snapshots: [],
        namespace: null,
        decode: null,
        allowIncomplete: null,
        namedPortsInit: null,
        allowEgressToOwnNode: null,
        icmpEcho: null,
        color: null,
        lint: defaultLintSettings,
      });
    }
  });

  test('holds one document', () => {
    assert.equal(places(parseText('# nothing\n')), ['1:1 NP1060']);
    assert.equal(places(parseText(`${header}---\n${header}`)), ['4:1 NP1060']);
  });

  test('says what it is, or nothing else of it is looked at', () => {
    const policy = parseText('apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {}\n');
    assert.equal(places(policy), ['1:13 NP1061']);
    assert.match(
      messages(policy),
      /`apiVersion` of a configuration file is `netpolc\.dev\/v1alpha1`, not `networking\.k8s\.io\/v1`/,
    );
    assert.match(onlyOne(policy).hint ?? '', /--no-config leaves it alone/);
    assert.equal(places(parseText('apiVersion: netpolc.dev/v1alpha1\nkind: config\n')), ['2:7 NP1061']);
    assert.equal(places(parseText('policies: [p]\n')), ['1:1 NP1061']);
    assert.equal(places(parseText('- a\n')), ['1:1 NP1061']);
  });

  test('that is no YAML is an error at its place', () => {
    assert.equal(places(parseBody('policies: [a\n')), ['3:11 NP1007']);
  });
});

describe('a mistake in a configuration file', (test) => {
  test('unknown fields are errors, with the nearest name', () => {
    const outcome = parseBody('polices: [p]\n');
    assert.is(outcome.value, null);
    assert.equal(places(outcome), ['3:1 NP2001']);
    assert.is(onlyOne(outcome).hint, 'did you mean `policies`?');
    assert.is(onlyOne(parseBody('iCmpEcho: never\n')).hint, 'did you mean `icmpEcho`? Upper and lower case count');
  });

  test('fields of another section are told where they belong', () => {
    const { hint } = onlyOne(parseBody('lint:\n  icmpEcho: never\n'));
    assert.is(
      hint,
      '`icmpEcho` belongs to the object itself, beside `kind`: begin it in column 1, as `apiVersion` on line 1 does',
    );
    assert.match(onlyOne(parseBody('severity: {L-01: off}\n')).hint ?? '', /`severity` belongs to `lint`/);
  });

  test('wrong types are errors', () => {
    assert.equal(places(parseBody('policies: p\n')), ['3:11 NP2002']);
    assert.equal(places(parseBody('policies: [1, null]\n')), ['3:12 NP2002', '3:15 NP2002']);
    assert.equal(places(parseBody('namespace: 7\n')), ['3:12 NP2002']);
    assert.equal(places(parseBody('lint: {severity: off}\n')), ['3:18 NP2002']);
    const quoted = onlyOne(parseBody("allowIncomplete: 'true'\n"));
    assert.is(quoted.message, '`allowIncomplete` must be `true` or `false`, not the string "true"');
    assert.is(quoted.hint, 'leave the quotes out');
  });

  test('a boolean is true or false, not yes or on', () => {
    const { code, hint } = onlyOne(parseBody('allowIncomplete: yes\n'));
    assert.equal([code, hint], ['NP1016', 'write `true` or `false`']);
  });

  test('values are those of the options', () => {
    const { code, message, hint } = onlyOne(parseBody('icmpEcho: alwyas\n'));
    assert.equal(
      [code, message, hint],
      ['NP1062', '`icmpEcho` must be never or always, not "alwyas"', 'did you mean `always`?'],
    );
    assert.equal(places(parseBody('decode: lax\nnamedPortsInit: none\ncolor: Auto\n')), [
      '3:9 NP1062',
      '4:17 NP1062',
      '5:8 NP1062',
    ]);
    assert.equal(places(parseBody('namespace: team.prod\n')), ['3:12 NP1062']);
  });

  test('a path is no standard input, not empty, and holds no control character', () => {
    assert.equal(places(parseBody('policies: [-]\n')).length, 1);
    assert.equal(places(parseBody("policies: ['-', '', \"a\\0b\"]\n")), ['3:12 NP1062', '3:17 NP1062', '3:21 NP1062']);
  });

  test('all of them are told, from top to bottom', () => {
    const body = 'color: red\nnamespce: a\nlint: {suppress: [{lint: L-01}]}\ndecode: 1\n';
    assert.equal(places(parseBody(body)), ['3:8 NP1062', '4:1 NP2001', '5:19 NP1063', '6:9 NP2002']);
  });
});

describe('settings about lints', (test) => {
  test('a suppression gives its reason and its lint', () => {
    const none = onlyOne(parseBody('lint: {suppress: [{lint: L-07, policy: prod/*}]}\n'));
    assert.equal([none.code, none.message], ['NP1063', '`lint.suppress[0].reason` is required']);
    assert.equal(places(parseBody("lint: {suppress: [{lint: L-07, reason: ' '}]}\n")), ['3:40 NP1063']);
    assert.equal(places(parseBody('lint: {suppress: [{reason: r}]}\n')), ['3:19 NP1063']);
    assert.equal(places(parseBody('lint: {suppress: [null]}\n')), ['3:19 NP1063', '3:19 NP1063']);
  });

  test('a misspelt reason is told once', () => {
    const { code, hint } = onlyOne(parseBody('lint: {suppress: [{lint: L-07, resaon: r}]}\n'));
    assert.equal([code, hint], ['NP2001', 'did you mean `reason`?']);
  });

  test('lints are those that exist', () => {
    const short = onlyOne(parseBody('lint: {severity: {L-7: error}}\n'));
    assert.equal([short.code, short.message, short.hint], ['NP1064', 'there is no lint `L-7`', 'did you mean `L-07`?']);
    assert.is(onlyOne(parseBody('lint: {severity: {L-40: error}}\n')).hint, 'lints are called L-01 to L-39');
    assert.equal(places(parseBody('lint: {suppress: [{lint: L-00, reason: r}]}\n')), ['3:26 NP1064']);
  });

  test('severities are four words, of which `off` needs no quotes', () => {
    const body = (severity: string): string => `lint: {severity: {L-01: ${severity}}}\n`;
    for (const severity of ['off', '"off"', 'information', 'warning', 'error']) {
      assert.equal(places(parseBody(body(severity))), [], severity);
    }
    for (const severity of ['warn', 'info', 'Off', 'null', 'no', '1', '[off]']) {
      assert.equal(places(parseBody(body(severity))), ['3:25 NP1062'], severity);
    }
    assert.is(onlyOne(parseBody(body('false'))).hint, 'did you mean `off`?');
  });

  test('a policy is named by two parts', () => {
    const body = (policy: string): string => `lint: {suppress: [{lint: L-07, policy: ${policy}, reason: r}]}\n`;
    for (const policy of ['prod/db', 'prod/*', "'*/db'", "'*/*'", 'ClusterNetworkPolicy/guard-rails']) {
      assert.equal(places(parseBody(body(policy))), [], policy);
    }
    for (const policy of ['db', 'prod/db-*', 'a/b/c', '/db', 'prod/']) {
      assert.equal(places(parseBody(body(policy))), ['3:40 NP1062'], policy);
    }
  });
});
