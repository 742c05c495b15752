import * as assert from 'uvu/assert';
import { listPorts } from '../../src/net/port-set.ts';
import { formatRanges } from '../../src/net/range-text.ts';
import { printLabelSelector } from '../../src/policy/print-label-selector.ts';
import type { Claim, ClaimEnd } from '../../src/prove/claim.ts';
import { parseClaims } from '../../src/prove/parse-claims.ts';
import { wholeSource } from '../../src/source/source.ts';
import { summary } from '../kit/files.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

describe('claims are read', (test) => {
  const ends: readonly (readonly [text: string, meaning: string])[] = [
    ['prod/db', 'named prod db'],
    ['pods(role=db)', 'pods role in (db) everywhere'],
    ['pods()@prod', 'pods  namespace prod'],
    ['pods(a,!b)@ns(env in (x,y))', 'pods a,!b namespaces env in (x,y)'],
    ['ns(env=dev)', 'pods  namespaces env in (dev)'],
    ['10.0.0.0/8', 'block 10.0.0.0/8'],
    ['10.0.0.1/32', 'address'],
    ['10.0.0.1', 'address'],
    ['[2001:db8::/32]', 'block 2001:db8::/32'],
    ['2001:db8::/32', 'block 2001:db8::/32'],
    ['[fd00::7]', 'address'],
    ['node:n1', 'node n1'],
    ['node/n1', 'named node n1'],
    ['host:h', 'host h'],
    ['outside', 'outside'],
    ['any', 'any'],
    ['any/outside', 'named any outside'],
  ];
  for (const [text, meaning] of ends) {
    test(`the end ${text}`, () => {
      const claim = only(`never ${text} -> ${text}`);
      assert.ok('sources' in claim);
      assert.equal([...claim.sources, ...claim.destinations].map(meaningOf), [meaning, meaning]);
    });
  }

  const ports: readonly (readonly [text: string, stretches: readonly string[]])[] = [
    ['', ['OTHER 0-65535', 'SCTP 0-65535', 'TCP 0-65535', 'UDP 0-65535']],
    [':80', ['TCP 80-80']],
    [':80,443', ['TCP 80-80', 'TCP 443-443']],
    [':8000-8100/UDP', ['UDP 8000-8100']],
    [':53/UDP,53/TCP', ['TCP 53-53', 'UDP 53-53']],
    [':80,443/TCP,53/UDP', ['TCP 80-80', 'TCP 443-443', 'UDP 53-53']],
    [':80,81', ['TCP 80-81']],
  ];
  for (const [text, stretches] of ports) {
    test(`the ports \`${text}\``, () => {
      const claim = only(`never any -> a/b${text}`);
      assert.ok('destinations' in claim);
      const found = listPorts(must(claim.destinations[0]).ports);
      assert.equal(
        found.map(({ transport, first, last }) => `${transport} ${first}-${last}`),
        stretches,
      );
    });
  }

  test('a claim knows its text and family; allow and deny are flows', () => {
    const text = '# first\n  always a/b -> c/d:1 over IPv6  # why\ndeny a/b -> c/d:1,2\n';
    const [first, second] = must(parseClaims(wholeSource('c.flows', text)).value);
    assert.ok(first !== undefined && 'family' in first);
    assert.equal([first.kind, first.text, first.family], ['always', 'always a/b -> c/d:1 over IPv6', 'IPv6']);
    assert.ok(second !== undefined && 'flows' in second);
    assert.equal(
      [second.kind, second.text, second.flows.map(({ port }) => port)],
      ['deny', 'deny a/b -> c/d:1,2', [1, 2]],
    );
  });

  const wrong: readonly (readonly [text: string, problems: readonly string[], hint: RegExp | null])[] = [
    ['never outsid -> a/b', ['1:7 NP1045'], /did you mean `outside`/],
    ['never web -> a/b', ['1:7 NP1045'], /for a pod write its namespace too/],
    ['never ns -> a/b', ['1:7 NP1045'], /write `ns\(SELECTOR\)`/],
    ['never pod(a=b) -> a/b', ['1:7 NP1045'], /did you mean `pods`/],
    ['never ns(a=b)@prod -> a/b', ['1:7 NP1045'], /pods\(SELECTOR\)@ns\(SELECTOR\)/],
    ['never pods(a=b)@prod(x) -> a/b', ['1:17 NP1045'], null],
    ['never pods(a b) -> a/b', ['1:14 NP1040'], /comma between two requirements/],
    ['never pods(role:db) -> a/b', ['1:12 NP1041'], /write `role=db`/],
    ['never any -> pods(a="x")@ns(b=$)', ['1:21 NP1042', '1:31 NP1042'], null],
    ['never 10.0.0.1/8 -> a/b', ['1:7 NP1045'], /host bits/],
    ['never any -> fd00::7:80', ['1:14 NP1045'], /brackets.*`\[fd00::7:80\]`/],
    ['never any -> a/b:0', ['1:18 NP1045'], null],
    ['never any -> a/b:90-80', ['1:18 NP1045'], null],
    ['never any -> a/b:65536', ['1:18 NP1045'], null],
    ['never any -> a/b:http', ['1:18 NP1045'], /names of ports are for policies/],
    ['never any -> a/b:TCP', ['1:18 NP1045'], /1-65535\/TCP/],
    ['never any -> a/b:80/tcp', ['1:21 NP1045'], /did you mean `TCP`/],
    ['never any -> a/b:53/UDP,80', ['1:25 NP1045'], /write `80\/TCP` or `80\/UDP`/],
    ['never any -> a/b over ipv4', ['1:23 NP1045'], /did you mean `IPv4`/],
    ['allow a/b -> c/d', ['1:17 NP1044'], /needs the port/],
    ['# nothing', ['1:1 NP1050'], /one claim a line/],
    ['never any -> a/b\n\u001b', ['2:1 NP1006'], null],
  ];
  for (const [text, problems, hint] of wrong) {
    test(`${JSON.stringify(text)} is wrong at ${problems.join(' and ')}`, () => {
      const { diagnostics } = parseClaims(wholeSource('c.flows', text));
      assert.equal(
        diagnostics.map((each) => summary(each).replace('c.flows:', '')),
        problems,
      );
      if (hint !== null) assert.match(diagnostics[0]?.hint ?? '', hint);
    });
  }

  test('something that is no claims file is not read to its end (NP1051)', () => {
    const { diagnostics } = parseClaims(wholeSource('c.flows', 'x\n'.repeat(5000)));
    assert.equal([diagnostics.length, diagnostics.at(-1)?.code], [1001, 'NP1051']);
  });

  test('a comparison that never holds is a warning at its place (NP1043)', () => {
    const { value, diagnostics } = parseClaims(wholeSource('c.flows', 'never pods(a>x) -> any'));
    assert.is(value?.length, 1);
    assert.equal(diagnostics.map(summary), ['c.flows:1:14 NP1043']);
  });
});

function only(text: string): Claim {
  const { value, diagnostics } = parseClaims(wholeSource('c.flows', text));
  assert.equal(diagnostics, []);
  return must(value?.[0]);
}

function meaningOf({ name }: ClaimEnd): string {
  switch (name.kind) {
    case 'named':
      return `named ${name.namespace} ${name.name}`;
    case 'pods': {
      const { within } = name;
      const place =
        within.kind === 'namespace'
          ? ` ${within.name}`
          : within.kind === 'namespaces'
            ? ` ${printLabelSelector(within.selector)}`
            : '';
      return `pods ${printLabelSelector(name.selector)} ${within.kind}${place}`;
    }
    case 'block':
      return `block ${[...formatRanges(name.addresses.IPv4, 'IPv4'), ...formatRanges(name.addresses.IPv6, 'IPv6')].join()}`;
    case 'node':
    case 'host':
      return `${name.kind} ${name.name}`;
    case 'address':
    case 'outside':
    case 'any':
      return name.kind;
  }
}
