import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { parseCaseFile } from './case-file.ts';

const head = 'title: t\nwhy: w\nrules: [S-201]\n';

describe('case.yaml', (test) => {
  test('options default to those of the command line', () => {
    const { world, options } = parseCaseFile(head);
    assert.is(world, null);
    assert.equal(options.read, {
      namespace: 'default',
      decode: 'strict',
      allowIncomplete: false,
      namedPortsInit: 'sidecars',
      planned: false,
      keepDocuments: false,
      tolerated: null,
    });
    assert.equal(options.compile.semantics, { allowEgressToOwnNode: false, icmpEcho: false });
  });

  test('allowIncomplete is for reading and compiling', () => {
    const { options } = parseCaseFile(`${head}options: { allowIncomplete: true, semantics: { icmpEcho: true } }\n`);
    assert.is(options.read.allowIncomplete, true);
    assert.is(options.compile.allowIncomplete, true);
    assert.equal(options.compile.semantics, { allowEgressToOwnNode: false, icmpEcho: true });
  });

  test('a misspelt key is an error', () => {
    assert.throws(() => parseCaseFile(`${head}wrold: abc\n`), /unknown key: wrold/);
    assert.throws(() => parseCaseFile(`${head}options: { allowincomplete: true }\n`), /unknown key: allowincomplete/);
    assert.throws(() => parseCaseFile(`${head}options: { semantics: { icmp: true } }\n`), /unknown key: icmp/);
  });

  test('a case names what it holds', () => {
    assert.throws(() => parseCaseFile('title: t\nwhy: w\nrules: []\n'), /must list/);
    assert.throws(() => parseCaseFile('title: t\nwhy: w\nrules: [S-2O1]\n'), /no rule of the semantics page/);
    assert.throws(() => parseCaseFile('why: w\nrules: [S-201]\n'), /expected a text/);
  });
});
