import * as assert from 'uvu/assert';
import { nftName } from '../../../targets/nftables/names.ts';
import { describe } from '../../kit/suite.ts';

const hash = 'abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst';

describe('nft names', (test) => {
  test('have our prefix, words for people and 26 characters (130 bits) of the hash', () => {
    assert.is(nftName('in', 'prod/db', hash), 'in_prod_db_abcdefghijklmnopqrstuvwxyz');
    assert.is(nftName('peers', '10.0.0.0/8', hash), 'peers_10_0_0_0_8_abcdefghijklmnopqrstuvwxyz');
    assert.is(nftName('peers', '', hash), 'peers_abcdefghijklmnopqrstuvwxyz');
  });
  test('are never keywords, never begin with a digit and fit into 255 bytes, whatever the label', () => {
    for (const label of [
      '',
      'policy',
      'drop',
      '1',
      '-',
      '"; drop',
      'x'.repeat(500),
      'Ü/ß',
      `${'n'.repeat(63)}/${'p'.repeat(253)}`,
    ]) {
      const name = nftName('out', label, hash);
      assert.ok(/^out_[a-z0-9_]+$/.test(name), name);
      // What follows a chain's name: `_sctp_65535`; a set's: `_blocks_v4`.
      assert.ok(name.length + 12 <= 255, name);
    }
  });
});
