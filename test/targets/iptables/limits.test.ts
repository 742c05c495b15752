// What the format holds, and one more.
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import type { Ir, Origin } from '../../../src/ir/ir.ts';
import type { Ranges } from '../../../src/net/ranges.ts';
import type { FamilyRules, Rule } from '../../../targets/iptables/iptables-plan.ts';
import { createLimits, mostPrefixes, mostRanges, mostRules, type Limits } from '../../../targets/iptables/limits.ts';
import { planIptables } from '../../../targets/iptables/plan.ts';
import { field, ipBlock, policy, port, rule } from '../../kit/build.ts';
import { must } from '../../kit/must.ts';
import { describe } from '../../kit/suite.ts';
import { compiled, db } from './worlds.ts';

const origins: readonly Origin[] = [{ policy: 'prod/p', ...field('spec.ingress[0]', 17) }];

/** As many ranges, each a prefix of 512 addresses. */
const blocks = (count: number): Ranges =>
  Uint32Array.from({ length: 2 * count }, (_, index) => (index >> 1) * 1024 + (index & 1) * 511);

const rulesOf = (count: number): FamilyRules => {
  const some: Rule = { matches: [], verdict: { kind: 'drop' }, comment: null };
  const chains = [count - 1, 1].map((size) => ({
    name: 'x',
    about: null,
    notes: [],
    rules: new Array<Rule>(size).fill(some),
  }));
  return { family: 'IPv4', chains, forward: 'x', input: 'x' };
};

const brief = ({ code, message, span, hint }: Diagnostic): readonly unknown[] => [
  code,
  message,
  span?.source.line,
  hint,
];
const exceeded = (ask: (limits: Limits) => void): readonly unknown[] => {
  const limits = createLimits();
  ask(limits);
  return limits.exceeded().map(brief);
};

describe('limits', (test) => {
  test('262,144 prefixes of a set of peers and family fit, and no more', () => {
    assert.is(mostPrefixes, 262_144);
    assert.equal(
      exceeded((limits) => assert.ok(limits.takesPrefixes(blocks(262_144), 'IPv4', origins))),
      [],
    );
    const [found] = exceeded((limits) => assert.not(limits.takesPrefixes(blocks(262_145), 'IPv4', origins)));
    assert.equal(found, [
      'NP5001',
      'iptables cannot express this: 262145 IPv4 prefixes of one set of peers are needed and 262144 are possible',
      17,
      'compile for another target, or write the policy with fewer exceptions and port ranges',
    ]);
  });
  test('single addresses are no prefixes: a set may have any number of them', () => {
    const singles = Uint32Array.from({ length: 600_000 }, (_, index) => index & ~1);
    assert.equal(
      exceeded((limits) => assert.ok(limits.takesPrefixes(singles, 'IPv4', origins))),
      [],
    );
  });
  test('without ipset, 1,024 ranges of a set of peers and family fit, and no more', () => {
    assert.is(mostRanges, 1024);
    assert.equal(
      exceeded((limits) => assert.ok(limits.takesRanges(blocks(1024), 'IPv4', origins))),
      [],
    );
    assert.equal(
      exceeded((limits) => assert.not(limits.takesRanges(blocks(1025), 'IPv4', origins))),
      [
        [
          'NP5001',
          'iptables cannot express this: 1025 rules for the IPv4 addresses of one set of peers are needed and 1024 are possible',
          17,
          'compile without `--no-ipset`',
        ],
      ],
    );
  });
  test('a family has at most 100,000 rules', () => {
    assert.is(mostRules, 100_000);
    assert.equal(
      exceeded((limits) => {
        limits.checkRules(rulesOf(100_000), origins);
      }),
      [],
    );
    assert.equal(
      exceeded((limits) => {
        limits.checkRules(rulesOf(100_001), origins);
      }),
      [
        [
          'NP5001',
          'iptables cannot express this: 100001 IPv4 rules are needed and 100000 are possible',
          17,
          'compile for one node at a time, or for another target',
        ],
      ],
    );
  });
  test('what is exceeded in many places is reported once', () => {
    const many = blocks(1025);
    const found = exceeded((limits) => {
      limits.takesRanges(many, 'IPv4', origins);
      limits.takesRanges(many, 'IPv4', origins);
    });
    assert.is(found.length, 1);
  });
});

/** The IR with other IPv4 addresses in its only set of peers. */
function withPeers(ir: Ir, IPv4: Ranges): Ir {
  const sets = [...ir.addressSetById].map(([id, set]) => {
    const own = set.addresses.IPv4.length > 0;
    return [id, own ? { ...set, addresses: { ...set.addresses, IPv4 } } : set] as const;
  });
  return { ...ir, addressSetById: new Map(sets) };
}

describe('a plan beyond a limit', (test) => {
  const ir = compiled([
    policy('prod/p', {
      subject: db,
      ingress: [rule([ipBlock('10.9.0.0/16')], [port('TCP', 80)], field('spec.ingress[0]', 42))],
    }),
  ]);
  const outcome = (of: Ir, ...switches: readonly string[]): readonly unknown[] => {
    const { value, diagnostics } = planIptables(of, { version: 'test', switches: new Set(switches) });
    return [value === null, ...diagnostics.map(({ code, span }) => `${code} ${must(span).source.line}`)];
  };
  test('is none, and the policy behind it is named', () => {
    assert.equal(outcome(withPeers(ir, blocks(1024)), 'no-ipset'), [false]);
    assert.equal(outcome(withPeers(ir, blocks(1025)), 'no-ipset'), [true, 'NP5001 42']);
    assert.equal(outcome(withPeers(ir, blocks(1025))), [false]);
    assert.equal(outcome(withPeers(ir, blocks(262_145))), [true, 'NP5001 42']);
  });
  test('of too many rules names the policy with the most ports', () => {
    const [endpoint] = ir.endpoints.filter(({ ingress }) => ingress !== null);
    const endpoints = Array.from({ length: 50_000 }, (_, index) => ({
      ...must(endpoint),
      name: `p${index}`,
      addresses: [{ family: 'IPv4' as const, words: [index] }],
    }));
    assert.equal(outcome({ ...ir, endpoints: endpoints.slice(0, 40_000) }), [false]);
    assert.equal(outcome({ ...ir, endpoints }), [true, 'NP5001 42']);
  });
});
