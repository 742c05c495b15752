import * as assert from 'uvu/assert';
import type { EndSyntax } from '../../src/parse/claim-syntax.ts';
import { buildClaimsGrammar, parseClaimSyntax } from '../../src/parse/claims-grammar.ts';
import { wholeSource } from '../../src/source/source.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

describe('grammar of claims', (test) => {
  test('chevrotain finds nothing wrong with lexer and parser', () => void buildClaimsGrammar(false));

  test('a claim comes as it is written, with the place of every word', () => {
    const text = 'only prod/api , pods( a in (x,y) )@ns(b) -> [ fd00::/64 ]:80,90-99/udp over ipv4 # why';
    const claim = must(parse(text).value);
    assert.equal([claim.verb, claim.family?.text], ['only', 'ipv4']);
    const [first, second] = claim.sources;
    assert.equal(first?.name, { text: 'prod/api', span: { source: must(first).span.source, start: 5, end: 13 } });
    assert.equal([second?.name.text, second?.selector?.text], ['pods', ' a in (x,y) ']);
    assert.equal([second?.place?.name.text, second?.place?.selector?.text], ['ns', 'b']);
    assert.equal([second?.selector?.span.start, second?.place?.selector?.span.start], [21, 38]);
    assert.equal([second?.span.start, second?.span.end], [16, 40]);
    const [to] = claim.destinations;
    assert.equal([to?.name.text, to?.isBracketed], ['fd00::/64', true]);
    assert.equal(
      to?.ports.map(({ port, protocol }) => [port.text, protocol?.text ?? null]),
      [
        ['80', null],
        ['90-99', 'udp'],
      ],
    );
  });

  test('ports belong to the end before them; behind the comma of a port stands a number, or another end', () => {
    const { destinations } = must(parse('never any -> a/b:80,81/UDP,82, c/d, 10.0.0.0/8:443, outside').value);
    assert.equal(destinations.map(show), ['a/b:80 81 82', 'c/d', '10.0.0.0/8:443', 'outside']);
  });

  test('names may be keywords, numbers, and hold dashes before the arrow', () => {
    const { sources, destinations } = must(parse('never never/80, 80/over, node/a-1->pods/ns, node:80').value);
    assert.equal([...sources, ...destinations].map(show), ['never/80', '80/over', 'node/a-1', 'pods/ns', 'node:80']);
  });

  const wrong: readonly (readonly [text: string, at: number, hint: string | null])[] = [
    ['nevr a/b -> c/d', 0, 'did you mean `never`?'],
    ['ask a/b -> c/d', 0, 'to ask claims nothing; a line begins with `never`, `always`, `only`, `allow` or `deny`'],
    ['{"from":"a/b"}', 0, 'claims are not written as JSON: `never outside -> prod/db:5432`'],
    ['never a/b > c/d', 10, 'write `->` between the two ends'],
    ['never a/b:80 -> c/d', 9, 'ports belong to destinations alone'],
    ['never ns(a=b -> c/d', 8, 'the `)` of this selector is missing'],
    ['never a/b (x=y) -> c/d', 10, 'a selector stands behind `pods` or `ns`'],
    ['never [x] -> c/d', 7, 'brackets hold an IPv6 address, or a block of them'],
    ['never a/b -> c/d, -> e/f', 18, 'behind a comma stands another port, or another end'],
    ['never a/b -> c/d:', 17, null],
    ['never', 5, null],
  ];
  for (const [text, at, hint] of wrong) {
    test(`\`${text}\` stops being a claim at ${at}`, () => {
      const { value, diagnostics } = parse(text);
      assert.is(value, null);
      assert.equal(
        diagnostics.map(({ code, span, hint: given }) => [code, span?.start, given]),
        [['NP1044', at, hint]],
      );
    });
  }

  test('a very long line is one problem, found soon', () => {
    const { diagnostics } = parse(`never a/b -> c/d:1${',1'.repeat(50_000)},`);
    assert.equal(
      diagnostics.map(({ code, span }) => [code, span?.start]),
      [['NP1044', 100_019]],
    );
    assert.is(parse(`never ${'ns('.repeat(30_000)}`).diagnostics.length, 1);
  });
});

function parse(text: string): ReturnType<typeof parseClaimSyntax> {
  return parseClaimSyntax(wholeSource('x.flows', text));
}

function show({ name, ports }: EndSyntax): string {
  return ports.length === 0 ? name.text : `${name.text}:${ports.map(({ port }) => port.text).join(' ')}`;
}
