import * as assert from 'uvu/assert';
import { createChainBook } from '../../../targets/iptables/chain-book.ts';
import type { Rule } from '../../../targets/iptables/iptables-plan.ts';
import { safeText } from '../../../targets/shared/safe-text.ts';
import { describe } from '../../kit/suite.ts';

const drop: Rule = { matches: [], verdict: { kind: 'drop' }, comment: null };
const to = (kind: 'jump' | 'goto', chain: string): Rule => ({ matches: [], verdict: { kind, chain }, comment: null });

describe('the book of chains', (test) => {
  test('lists a chain before those that it leads to, each once, and none that nobody gets to', () => {
    const book = createChainBook('IPv4', ({ name }) => name);
    const end = book.add('R', { rules: [drop] });
    const left = book.add('E', { rules: [to('goto', end)] });
    const right = book.add('I', { rules: [to('goto', end)] });
    book.add('P', { rules: [drop] });
    const root = book.add('F', { rules: [to('jump', left), to('jump', right)] });
    assert.equal(
      book.from([root, right]).map(({ name }) => name),
      [root, left, end, right],
    );
  });
  test('equal rules are one chain, unless they belong to different things; comments make no difference', () => {
    const book = createChainBook('IPv4', ({ name }) => name);
    const name = book.add('P', { rules: [drop] });
    assert.is(book.add('P', { rules: [{ ...drop, comment: safeText('x', 9) }] }), name);
    assert.is.not(book.add('P', { owner: 'a', rules: [drop] }), name);
  });
  test('a chain is named after all that it leads to', () => {
    const book = createChainBook('IPv4', ({ name }) => name);
    const names = ([{ kind: 'drop' }, { kind: 'return' }] as const).map((verdict) => {
      const end = book.add('R', { rules: [{ ...drop, verdict }] });
      return book.add('F', { rules: [to('goto', book.add('J', { rules: [to('jump', end)] }))] });
    });
    assert.is.not(names[0], names[1]);
  });
  test('what it lists is what was added', () => {
    const book = createChainBook('IPv4', ({ name }) => name);
    assert.throws(() => book.from([book.add('F', { rules: [to('goto', 'NPC1-X')] })]), /NPC1-X was never added/);
  });
});
