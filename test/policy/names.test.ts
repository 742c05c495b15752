import * as assert from 'uvu/assert';
import { dnsLabelProblems, portNameProblems, subdomainProblems } from '../../src/policy/names.ts';
import { describe } from '../kit/suite.ts';

describe('object names (S-112, S-701)', (test) => {
  for (const name of ['a', 'db-policy', '1.2.3', 'a.b-c.d', 'x'.repeat(253)]) {
    test(`${name.slice(0, 20)} is a subdomain`, () => assert.equal(subdomainProblems(name), []));
  }
  for (const name of ['', 'A', 'a_b', '-a', 'a-', 'a..b', '.a', 'a.', 'a.-b', 'a b', 'ä', 'a\n', 'ａ']) {
    test(`${JSON.stringify(name)} is no subdomain`, () =>
      assert.match(subdomainProblems(name).join(), 'a lowercase RFC 1123 subdomain must consist of'));
  }
  test('254 characters are too many', () =>
    assert.equal(subdomainProblems('x'.repeat(254)), ['must be no more than 253 characters']));
});

describe('namespace names (S-112)', (test) => {
  test('63 characters are allowed, 64 are not', () => {
    assert.equal(dnsLabelProblems('n'.repeat(63)), []);
    assert.equal(dnsLabelProblems('n'.repeat(64)), ['must be no more than 63 characters']);
  });
  test('a namespace name has no dots', () =>
    assert.match(dnsLabelProblems('a.b').join(), 'a lowercase RFC 1123 label must consist of'));
});

describe('port names (S-713, S-729)', (test) => {
  const letter = 'must contain at least one letter (a-z)';
  const alphabet = 'must contain only alphanumeric characters (a-z, 0-9), and hyphens (-)';
  const cases: readonly (readonly [name: string, problems: readonly string[]])[] = [
    ['http', []],
    ['p', []],
    ['8080-tcp', []],
    ['a'.repeat(15), []],
    ['a'.repeat(16), ['must be no more than 15 characters']],
    ['80', [letter]],
    ['8080-8090', [letter]],
    ['http,https', [alphabet]],
    ['HTTP', [alphabet, letter]],
    ['', [alphabet, letter]],
    ['a--b', ['must not contain consecutive hyphens']],
    ['-a', ['must not begin or end with a hyphen']],
    ['a-', ['must not begin or end with a hyphen']],
    ['ö', [alphabet, letter]],
  ];
  for (const [name, problems] of cases) {
    test(`${JSON.stringify(name)}: ${problems.length === 0 ? 'valid' : problems.join('; ')}`, () =>
      assert.equal(portNameProblems(name), problems));
  }
});
