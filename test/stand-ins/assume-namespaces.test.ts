import * as assert from 'uvu/assert';
import { assumeNamespaces } from '../../src/stand-ins/assume-namespaces.ts';
import { pod, policy } from '../kit/build.ts';
import { describe } from '../kit/suite.ts';
import { template, worldOf } from './worlds.ts';

describe('assumed namespaces', (test) => {
  test('are those that something lives in and that no world has an object of; their only label is their name', () => {
    const base = worldOf({
      pods: [pod('a/x')],
      templates: [template('b/y')],
      policies: [policy('c/p', {})],
      namespaces: { d: { team: 'z' } },
    });
    const { worlds, names } = assumeNamespaces([base, worldOf({ pods: [pod('d/x')] })]);
    assert.equal(names, ['a', 'b', 'c']);
    for (const { snapshot } of worlds) {
      assert.equal([...(snapshot.namespaceByName.get('b')?.labels ?? [])], [['kubernetes.io/metadata.name', 'b']]);
    }
    assert.equal(worlds[0]?.snapshot.namespaceByName.get('d')?.labels.get('team'), 'z');
  });

  test('worlds that share a snapshot share one again; with nothing to add they come back as they are', () => {
    const base = worldOf({ pods: [pod('a/x')] });
    const { worlds } = assumeNamespaces([base, { ...base, policies: [policy('b/p', {})] }]);
    assert.is(worlds[0]?.snapshot, worlds[1]?.snapshot);
    const whole = [worldOf({ pods: [pod('a/x')], namespaces: { a: {} } })];
    assert.is(assumeNamespaces(whole).worlds, whole);
  });
});
