// The loader puts ten maps into the kernel at once: what stays when one of them does not go in, or nothing runs at once.
import * as assert from 'uvu/assert';
import { describe } from '../../kit/suite.ts';
import { activeGeneration, failing, generationOf, generations, outerMaps } from './datapath-generations.ts';
import { inLab, type Lab } from './datapath-lab.ts';
import { world, worldWith } from './datapath-world.ts';
import { artifactOf } from './hand-written-maps.ts';

const other = artifactOf({ ...world, flags: 1, members: [] });

/** Pins a hash of maps in the place of ours that looks like it from outside, and takes none of our maps. */
async function spoil(lab: Lab, name: string): Promise<void> {
  await lab.sh(`
    cd /sys/fs/bpf
    rm netpolc/${name}
    bpftool map create odd type hash key 3 value 3 entries 3 name odd
    bpftool map create netpolc/${name} type hash_of_maps key 8 value 4 entries 8 name ${name} inner_map pinned /sys/fs/bpf/odd
    rm odd`);
}

describe('a load that fails half way', (test) => {
  // The first, the last, and one between.
  for (const spoiled of ['config', 'peers4', 'members']) {
    test(`without ${spoiled}: what was in force stays, and nothing of the new generation`, async () => {
      await inLab(async (lab) => {
        await lab.load(worldWith());
        await spoil(lab, spoiled);
        await lab.write(other);
        const out = await failing(lab, './netpolc-datapath load ./', 4);
        assert.match(out, `cannot put \`${spoiled}\` into its generation`);
        const old = generationOf(worldWith());
        assert.equal(
          await generations(lab),
          outerMaps.map((name) => (name === spoiled ? [] : [old])),
        );
        assert.is(await activeGeneration(lab), old);
      });
    });
  }
  test('the first one: nothing is in force, and nothing stays', async () => {
    await inLab(async (lab) => {
      await lab.load(other);
      await lab.sh('rm /sys/fs/bpf/netpolc/active');
      await spoil(lab, 'ports');
      await failing(lab, './netpolc-datapath load ./', 4);
      assert.equal(
        await generations(lab),
        outerMaps.map(() => []),
      );
      assert.is(await activeGeneration(lab), '0000000000000000');
    });
  });
});

describe('a load without threads', (test) => {
  test('does the same', async () => {
    // Root may have as many as it likes.
    const [user, caps] = ['64321', '+bpf,+perfmon,+net_admin'];
    const asUser = `setpriv --reuid=${user} --regid=${user} --clear-groups --inh-caps=${caps} --ambient-caps=${caps}`;
    await inLab(async (lab) => {
      await lab.sh('chmod 755 .; cp netpolc-datapath copy; chmod 755 copy');
      for (const files of [worldWith(), other]) {
        await lab.write(files);
        await lab.sh(`prlimit --nproc=1 ${asUser} ./copy load ./`);
        assert.equal(
          await generations(lab),
          outerMaps.map(() => [generationOf(files)]),
        );
        assert.is(await activeGeneration(lab), generationOf(files));
      }
    });
  });
});
