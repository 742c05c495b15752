import * as assert from 'uvu/assert';
import { describe } from '../kit/suite.ts';
import { cluster, netpolc, newFiles } from './shop.ts';

const input = 'compile policies -s cluster.yaml --target nftables';

describe('netpolc compile: what is compiled', (test) => {
  test('--node prints the rules of that node’s pods', async () => {
    const { exitCode, out, err } = await netpolc(`${input} --node n2`);
    assert.equal(exitCode, 0);
    assert.match(out, /table inet netpolc/);
    assert.match(out, /10\.244\.2\.7/);
    assert.match(out, /5432/);
    assert.equal(err, '');
  });

  test('a node whose pods are open does not name the pods of another as protected', async () => {
    const { exitCode, out } = await netpolc(`${input} --node n1`);
    assert.equal(exitCode, 0);
    assert.ok(!out.includes('5432'), out);
  });

  test('pods on no node are told of where only nodes are compiled', async () => {
    const files = { 'cluster.yaml': cluster.replace('spec: {nodeName: n2, ', 'spec: {') };
    const remark = '1 pod is on no node (no spec.nodeName) and restricted by none of these rules: prod/db\n';
    assert.is((await netpolc(`${input} --node n1`, { files })).err, remark);
    assert.match((await netpolc(`${input} --each-node -o rules`, { files })).err, /^1 pod is on no node/);
    assert.is((await netpolc(input, { files })).err, '');
  });

  test('without a node every pod of the snapshot is local', async () => {
    const { exitCode, out } = await netpolc(input);
    assert.equal(exitCode, 0);
    assert.match(out, /5432/);
  });

  test('an unknown node is invalid input, with the nearest name', async () => {
    const { exitCode, out, err } = await netpolc(`${input} --node N2`);
    assert.equal(exitCode, 3);
    assert.equal(out, '');
    assert.match(err, /error NP4002: the input mentions no node `N2`/);
    assert.match(err, /did you mean `n2`\?/);
    assert.match((await netpolc(`${input} --node worker-17`)).err, /hint: the input has `n1`, `n2` \(netpolc/);
    assert.match((await netpolc('ir policies --node n1')).err, /hint: .*no node at all: give a snapshot with -s/);
  });

  test('an unknown target is wrong usage, with the nearest name', async () => {
    const { exitCode, err } = await netpolc('compile policies -s cluster.yaml --target nftable');
    assert.equal(exitCode, 2);
    assert.match(err, /error NP7007: there is no target `nftable`/);
    assert.match(err, /did you mean `nftables`\?/);
  });

  test('a switch of another target is wrong usage', async () => {
    const { exitCode, err } = await netpolc('compile policies -s cluster.yaml --target nftables --no-ipset');
    assert.equal(exitCode, 2);
    assert.match(err, /`--no-ipset` means nothing to target `nftables`\n {2}hint: it belongs to `--target iptables`/);
  });

  test('no target is wrong usage', async () => {
    const { exitCode, err } = await netpolc('compile policies -s cluster.yaml');
    assert.equal(exitCode, 2);
    assert.match(err, /`--target` is missing\n {2}hint: add `--target nftables`/);
  });

  test('--node and --each-node exclude each other', async () => {
    const { exitCode, err } = await netpolc(`${input} --node n1 --each-node -o rules`);
    assert.equal(exitCode, 2);
    assert.match(err, /`--node` and `--each-node` exclude each other/);
  });

  test('--each-node without nodes in the input is an error, and nothing is written', async () => {
    const pods = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: prod}\n';
    const ran = await netpolc('compile policies -s empty.yaml --target nftables --each-node -o rules', {
      files: { 'empty.yaml': pods },
    });
    assert.equal(ran.exitCode, 3);
    assert.match(ran.err, /error NP7010: the input mentions no node/);
    assert.equal(newFiles(ran), ['/here/empty.yaml']);
  });

  test('semantic options reach the rules', async () => {
    const plain = await netpolc(input);
    const echo = await netpolc(`${input} --icmp-echo always`);
    assert.not.equal(plain.out, echo.out);
  });
});

describe('netpolc compile -o', (test) => {
  test('a name with an ending is a file, and missing folders are created', async () => {
    const ran = await netpolc(`${input} --node n2 -o out/today/db.nft`);
    assert.equal(ran.exitCode, 0);
    assert.equal(newFiles(ran), ['/here/out/today/db.nft']);
    assert.match(ran.host.text('out/today/db.nft') ?? '', /5432/);
    assert.equal(ran.out, '');
    assert.equal(ran.err, 'wrote out/today/db.nft\n');
  });

  test('a name without an ending is a folder, in which files are called after the node', async () => {
    assert.equal(newFiles(await netpolc(`${input} --node n2 -o rules`)), [
      '/here/rules/n2.nft',
      '/here/rules/n2.nft.load.sh',
    ]);
  });

  test('a name with a slash at its end is a folder', async () => {
    assert.equal(newFiles(await netpolc(`${input} --node n2 -o rules.d/`)), [
      '/here/rules.d/n2.nft',
      '/here/rules.d/n2.nft.load.sh',
    ]);
  });

  test('a folder that exists is a folder, whatever its name', async () => {
    const ran = await netpolc(`${input} --node n2 -o rules.d`, { folders: ['rules.d'] });
    assert.equal(newFiles(ran), ['/here/rules.d/n2.nft', '/here/rules.d/n2.nft.load.sh']);
  });

  test('a file that exists is replaced, whatever its name', async () => {
    const ran = await netpolc(`${input} --node n2 -o rules`, { files: { rules: 'old' } });
    assert.match(ran.host.text('rules') ?? '', /5432/);
  });

  test('the whole snapshot is called netpolc', async () => {
    assert.equal(newFiles(await netpolc(`${input} -o rules`)), [
      '/here/rules/netpolc.nft',
      '/here/rules/netpolc.nft.load.sh',
    ]);
  });

  test('--each-node makes a folder for every node', async () => {
    const ran = await netpolc(`${input} --each-node -o rules.d`);
    assert.equal(ran.exitCode, 0);
    const ofNode = (name: string): readonly string[] =>
      ['nft', 'nft.load.sh'].map((suffix) => `/here/rules.d/${name}/${name}.${suffix}`);
    assert.equal(newFiles(ran), [...ofNode('n1'), ...ofNode('n2')]);
    assert.match(ran.host.text('rules.d/n2/n2.nft') ?? '', /5432/);
    assert.equal(ran.err, 'wrote rules.d/n1/n1.nft and 3 more\n');
  });

  test('--each-node needs -o, and a folder', async () => {
    const without = await netpolc(`${input} --each-node`);
    assert.equal(without.exitCode, 2);
    assert.match(without.err, /needs a folder to write into: -o DIR/);
    const file = await netpolc(`${input} --each-node -o rules`, { files: { rules: 'old' } });
    assert.equal(file.exitCode, 2);
    assert.match(file.err, /`rules` is a file/);
    assert.equal(file.host.text('rules'), 'old');
  });

  test('a folder that may not be written to is a failure of the machine', async () => {
    const ran = await netpolc(`${input} --node n2 -o locked/n2.nft`, { folders: ['locked'], forbidden: ['locked'] });
    assert.equal(ran.exitCode, 4);
    assert.match(ran.err, /error NP7004: `locked\/n2\.nft` cannot be written: permission denied/);
  });

  test('nothing is written when one of several places refuses', async () => {
    const ran = await netpolc(`${input} --each-node -o rules`, { folders: ['rules/n2'], forbidden: ['rules/n2'] });
    assert.equal(ran.exitCode, 4);
    assert.equal(newFiles(ran), []);
  });

  test('nothing is written and nothing printed when the input is wrong', async () => {
    const files = {
      'policies/wrong.yaml': 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: x}\n',
    };
    const ran = await netpolc(`${input} -o rules`, {
      files: { ...files, 'policies/wrong.yaml': `${files['policies/wrong.yaml']}spec: {podSelectr: {}}\n` },
    });
    assert.equal(ran.exitCode, 3);
    assert.match(ran.err, /policies\/wrong\.yaml:4:8: error NP\d{4}: /);
    assert.equal(newFiles(ran), ['/here/policies/wrong.yaml']);
    assert.equal(ran.out, '');
  });

  test('--format json lists the artifacts, and does not go with -o', async () => {
    const { exitCode, out } = await netpolc(`${input} --node n2 --format json`);
    assert.equal(exitCode, 0);
    const { schemaVersion, artifacts } = JSON.parse(out) as {
      schemaVersion: number;
      artifacts: { name: string; text: string }[];
    };
    assert.equal(schemaVersion, 1);
    assert.equal(
      artifacts.map(({ name }) => name),
      ['n2.nft'],
    );
    assert.match(artifacts[0]?.text ?? '', /table inet netpolc/);
    assert.equal((await netpolc(`${input} --format json -o rules`)).exitCode, 2);
  });
});

describe('netpolc compile --check', (test) => {
  test('asks nft about every file and writes when it agrees', async () => {
    const ran = await netpolc(`${input} --each-node -o rules --check`, { program: () => ({ exitCode: 0 }) });
    assert.equal(ran.exitCode, 0);
    assert.equal(
      ran.host.commands.map(({ argv }) => argv[0]),
      ['nft', 'nft'],
    );
    assert.ok(ran.host.commands.every(({ argv }) => argv.some((word) => word === '-c' || word === '--check')));
    assert.equal(ran.host.commands[1]?.stdin, ran.host.text('rules/n2/n2.nft'));
  });

  test('what nft says is shown, and nothing is written or printed when it refuses', async () => {
    const program = () => ({ exitCode: 1, stderr: '-:7:3-8: Error: syntax error, unexpected \u001b[31mjunk\n' });
    const ran = await netpolc(`${input} --node n2 -o rules --check`, { program });
    assert.equal(ran.exitCode, 4);
    assert.match(ran.err, /error NP7002: `nft .*` failed with exit code 1/);
    assert.match(ran.err, /note: -:7:3-8: Error: syntax error, unexpected <U\+001B>\[31mjunk/);
    assert.equal(newFiles(ran), []);
    assert.equal((await netpolc(`${input} --node n2 --check`, { program })).out, '');
  });

  test('a missing nft is a failure of the machine', async () => {
    const ran = await netpolc(`${input} --node n2 --check`);
    assert.equal(ran.exitCode, 4);
    assert.match(ran.err, /error NP7001: program `nft` is not installed/);
  });

  test('missing rights are told apart, with a way out', async () => {
    const program = () => ({
      exitCode: 1,
      stderr: 'netlink: Error: cache initialization failed: Operation not permitted\n',
    });
    const ran = await netpolc(`${input} --node n2 --check`, { program });
    assert.equal(ran.exitCode, 4);
    assert.match(ran.err, /error NP7003: /);
    assert.match(ran.err, /unshare -rn/);
  });
});
