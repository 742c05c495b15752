import * as assert from 'uvu/assert';
import { endpointHint, formatEndpointName, parseEndpointName } from '../../src/flows/endpoint-name.ts';
import type { EndpointName } from '../../src/flows/flow-line.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';

describe('names of endpoints', (test) => {
  const names: readonly (readonly [text: string, name: EndpointName, printed: string])[] = [
    ['prod/api', { kind: 'pod', namespace: 'prod', name: 'api' }, 'prod/api'],
    ['node/host', { kind: 'pod', namespace: 'node', name: 'host' }, 'node/host'],
    ['10.0.0.1', { kind: 'address', address: { family: 'IPv4', words: [0x0a000001] } }, '10.0.0.1'],
    ['FD00:0::7', { kind: 'address', address: { family: 'IPv6', words: [0xfd000000, 0, 0, 7] } }, 'fd00::7'],
    ['[fd00::7]', { kind: 'address', address: { family: 'IPv6', words: [0xfd000000, 0, 0, 7] } }, 'fd00::7'],
    ['node:n1', { kind: 'node', name: 'n1' }, 'node:n1'],
    ['host:backup.example', { kind: 'host', name: 'backup.example' }, 'host:backup.example'],
  ];
  for (const [text, name, printed] of names) {
    test(`${text} is a name, and prints as ${printed}`, () => {
      assert.equal(parseEndpointName(text), name);
      assert.is(formatEndpointName(must(parseEndpointName(text))), printed);
      assert.equal(parseEndpointName(printed), name);
    });
  }

  const noNames = ['', 'api', 'a/b/c', '/b', 'a/', 'a b/c', 'node:', 'host:', 'node:a/b', '10.0.0.0/8', 'fd00::/64'];
  for (const text of [...noNames, '10.0.0.1:80', '[10.0.0.1]', '[fd00::7]:80', '010.0.0.1', '::ffff:10.0.0.1']) {
    test(`${JSON.stringify(text)} is no name`, () => assert.is(parseEndpointName(text), null));
  }

  const hints: readonly (readonly [text: string, phrase: string])[] = [
    ['api', '`NAMESPACE/api`'],
    ['10.0.0.0/8', 'not a block'],
    ['10.0.0.5/8', 'not a block'],
    ['10.0.0.1:80', 'write `10.0.0.1` and the port apart'],
    ['[fd00::7]:80', 'write `fd00::7` and the port apart'],
    ['10.0.0.256', 'four numbers from 0 to 255'],
    ['::ffff:10.0.0.1', 'write the IPv4 address'],
  ];
  for (const [text, phrase] of hints) test(`${text}: ${phrase}`, () => assert.match(endpointHint(text) ?? '', phrase));
});
