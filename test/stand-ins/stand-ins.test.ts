// Workloads of which no pod is there: what stands for their pods.
import * as assert from 'uvu/assert';
import { formatAddress } from '../../src/net/address.ts';
import { addStandIns } from '../../src/stand-ins/add-stand-ins.ts';
import { labels, pod, policy, podPeer, rule, snapshot } from '../kit/build.ts';
import { inputFile, readSound } from '../kit/files.ts';
import { must } from '../kit/must.ts';
import { describe } from '../kit/suite.ts';
import { standIn, template, texts, worldAround, worldOf } from './worlds.ts';

const web = template('a/web', { app: 'web' }, { namedPorts: [{ name: 'http', protocol: 'TCP', port: 80 }] });

describe('stand-ins', (test) => {
  test('a workload without pods gets one live pod on no node, with the labels and ports of its template', () => {
    const { world, standIns, futurePods } = standIn({ templates: [web] });
    assert.equal([...standIns], world.snapshot.pods);
    assert.is(futurePods.size, 0);
    const { addresses, ...facts } = must(world.snapshot.pods[0]);
    assert.equal(addresses.map(formatAddress), ['240.0.0.1', '100::1']);
    assert.equal(facts, {
      namespace: 'a',
      name: 'web',
      labels: web.labels,
      node: null,
      hostNetwork: false,
      live: true,
      namedPorts: web.namedPorts,
      unnamedPorts: [],
      workload: 'web',
      source: web.source,
    });
  });

  test('none is made where a live pod of the workload is there', () => {
    const there = pod('a/web-7f9', { workload: 'web', ips: ['10.0.0.1'] });
    assert.is(standIn({ templates: [web], pods: [there] }).standIns.size, 0);
    const finished = pod('a/web-7f9', { workload: 'web', ips: ['10.0.0.1'], live: false });
    assert.is(standIn({ templates: [web], pods: [finished] }).standIns.size, 1);
    const elsewhere = pod('b/web-7f9', { workload: 'web', ips: ['10.0.0.1'] });
    assert.is(standIn({ templates: [web], pods: [elsewhere] }).standIns.size, 1);
    const other = pod('a/web-7f9', { workload: 'webs', ips: ['10.0.0.1'] });
    assert.is(standIn({ templates: [web], pods: [other] }).standIns.size, 1);
  });

  test('the pods of a Job are those of the CronJob that named it', () => {
    const job = pod('a/backup-28912345-x', { workload: 'backup-28912345', ips: ['10.0.0.1'] });
    const cron = template('a/backup', {}, { kind: 'CronJob' });
    assert.is(standIn({ templates: [cron], pods: [job] }).standIns.size, 0);
    assert.is(standIn({ templates: [{ ...cron, kind: 'Job' }], pods: [job] }).standIns.size, 1);
    const numbered = pod('a/backup-2-x', { workload: 'backup-2', ips: ['10.0.0.1'] });
    assert.is(standIn({ templates: [cron], pods: [numbered] }).standIns.size, 1);
  });

  test('pods on their node’s network are no subjects and no peers, so that nothing stands for them', () => {
    const world = worldOf({ templates: [{ ...web, hostNetwork: true }] });
    assert.is(must(addStandIns([world], { futurePods: false })[0]).world, world);
  });

  test('a world to which nothing is added comes back as it is', () => {
    const world = worldOf({ pods: [pod('a/b', { ips: ['10.0.0.1'] })] });
    assert.is(must(addStandIns([world], { futurePods: false })[0]).world, world);
    assert.equal(addStandIns([], { futurePods: true }), []);
  });

  test('worlds that share a snapshot share one again', () => {
    const shared = { ...snapshot([]), podTemplates: [web] };
    const other = worldOf({ templates: [web] });
    const [one, two, three] = addStandIns([worldAround(shared, {}), worldAround(shared, {}), other], {
      futurePods: true,
    }).map(({ world }) => world.snapshot);
    assert.is(one, two);
    assert.is.not(one, three);
    assert.is.not(one, shared);
  });

  test('a workload has the same addresses in every world, and others have others', () => {
    const job = template('a/web', {}, { kind: 'Job' });
    const [one, two] = addStandIns(
      [
        worldOf({ templates: [template('a/a'), web] }),
        worldOf({ templates: [{ ...web, labels: new Map() }, job, template('b/web')] }),
      ],
      { futurePods: false },
    ).map(({ world }) => world.snapshot.pods.map(({ name, addresses }) => [name, ...addresses.map(formatAddress)]));
    assert.equal(one, [
      ['a', '240.0.0.1', '100::1'],
      ['web (Deployment)', '240.0.0.2', '100::2'],
    ]);
    assert.equal(two, [
      ['web (Deployment)', '240.0.0.2', '100::2'],
      ['web (Job)', '240.0.0.3', '100::3'],
      ['web', '240.0.0.4', '100::4'],
    ]);
  });

  test('a name that a pod has already gets the kind behind it', () => {
    const finished = pod('a/web', { live: false, workload: 'other' });
    const { world, standIns } = standIn({ templates: [web], pods: [finished] });
    assert.equal(texts(world.snapshot.pods), ['a/web', 'a/web (Deployment) app=web']);
    assert.equal(
      [...standIns].map(({ workload }) => workload),
      ['web'],
    );
  });

  test('a pod that somebody wrote stands in for itself, in its own place', async () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: a, labels: {app: web}}\n';
    const world = await readSound([inputFile('p.yaml', text, 'policies')], { planned: true });
    const [stood] = addStandIns([world], { futurePods: false });
    const pods = must(stood).world.snapshot.pods;
    assert.equal(texts(pods), ['a/web app=web']);
    assert.equal([must(pods[0]).live, must(pods[0]).addresses.length], [true, 2]);
    assert.equal([...must(stood).standIns], pods);
  });

  test('they are sorted into the pods that are there', () => {
    const pods = [pod('a/b', { ips: ['10.0.0.1'] }), pod('b/b', { ips: ['10.0.0.2'] })];
    const templates = [template('a/a'), template('a/c'), template('c/a')];
    assert.equal(texts(standIn({ pods, templates }).world.snapshot.pods), ['a/a', 'a/b', 'a/c', 'b/b', 'c/a']);
  });

  test('no namespace is invented for a template: what its labels would be stays open', () => {
    const selecting = policy('b/p', { ingress: [rule([podPeer(labels({}), labels({ team: 'x' }))], null)] });
    const { world } = standIn({ templates: [web], policies: [selecting] }, true);
    assert.is(world.snapshot.namespaceByName.has('a'), false);
    assert.is(world.snapshot.namespaceByName.has('(team=x)'), true);
  });
});
