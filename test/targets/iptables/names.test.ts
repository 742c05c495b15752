import * as assert from 'uvu/assert';
import { chainName, setName } from '../../../targets/iptables/names.ts';
import { describe } from '../../kit/suite.ts';

describe('names of chains', (test) => {
  test('have our prefix, the kind and 22 characters of the hash: the 28 that iptables takes', () => {
    const { name, hash } = chainName('P', 'IPv4', 'owner', ['-j DROP']);
    assert.match(name, /^NPC1-P[A-Z2-7]{22}$/);
    assert.is(name.length, 28);
    assert.is(name.slice(6).toLowerCase(), hash.slice(0, 22));
  });
  test('depend on kind, family, owner and rules, and on nothing else', () => {
    const names = [
      chainName('P', 'IPv4', 'o', ['-j DROP']),
      chainName('R', 'IPv4', 'o', ['-j DROP']),
      chainName('P', 'IPv6', 'o', ['-j DROP']),
      chainName('P', 'IPv4', 'p', ['-j DROP']),
      chainName('P', 'IPv4', 'o', ['-j RETURN']),
      chainName('P', 'IPv4', 'o', ['-j DROP', '-j DROP']),
      chainName('P', 'IPv4', 'o', []),
    ].map(({ name }) => name);
    assert.is(new Set(names).size, names.length);
    assert.is(chainName('P', 'IPv4', 'o', ['-j DROP']).name, names[0]);
  });
});

describe('names of ipsets', (test) => {
  test('say family and kind, with 26 characters of the hash: the 31 that ipset takes', () => {
    assert.match(setName('IPv4', 's', '10.0.0.1').name, /^npc4s[a-z2-7]{26}$/);
    assert.match(setName('IPv4', 'b', '10.0.0.0/8').name, /^npc4b[a-z2-7]{26}$/);
    assert.match(setName('IPv6', 's', 'fd00::1').name, /^npc6s[a-z2-7]{26}$/);
    assert.match(setName('IPv6', 'b', 'fd00::/64').name, /^npc6b[a-z2-7]{26}$/);
    assert.is(setName('IPv6', 'b', 'fd00::/64').name.length, 31);
  });
  test('are those of the elements', () => {
    assert.is.not(setName('IPv4', 's', '10.0.0.1').name, setName('IPv4', 's', '10.0.0.2').name);
    assert.is(setName('IPv4', 's', '10.0.0.1').name, setName('IPv4', 's', '10.0.0.1').name);
  });
});
