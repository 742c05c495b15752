// Runs in the namespaces of `setupScript`: `inside.ts ENGINE TASK SEED` does a task with an engine and prints a report.
import { createRealHost } from '../../src/host/real-host.ts';
import { podLinks } from '../../src/replay/session-script.ts';
import { kernelEngines } from '../kit/kernel-engines.ts';
import { must } from '../kit/must.ts';
import { killLoaders, worldInForce, type KillReport } from './killed-loader.ts';
import { listState } from './listing.ts';
import { load, stage, type Staged } from './loader.ts';
import { createProbe } from './traffic.ts';
import { replaceUnderTraffic, type TrafficReport } from './under-traffic.ts';
import { artifactsOf, type WorldName } from './worlds.ts';

/** What a task prints, by the task's name. */
export interface Reports {
  /** A hundred replacements under traffic. */
  readonly replace: TrafficReport;
  /** A few replacements under traffic that remove what is there before they load: they must be caught. */
  readonly removeFirst: TrafficReport;
  /** Loaders that are killed. */
  readonly kill: KillReport;
  /** The world that probes find when a loader died between removing and loading: neither. */
  readonly killAfterRemoval: { readonly world: WorldName | null };
}

const [engineName, task, seed] = process.argv.slice(2);
const folder = process.cwd();
const host = createRealHost();
const { engine, target } = must(kernelEngines.find((each) => each.engine.name === engineName));
const attach = await stage(`${folder}/engine`, 'attach', engine.attach(podLinks));
const remove = await stage(`${folder}/engine`, 'remove', engine.remove());
const apply = { P: await stageApply('P'), Q: await stageApply('Q') };

await load(attach);
console.log(JSON.stringify(await tasks()[must(task) as keyof Reports]()));

function tasks(): { readonly [T in keyof Reports]: () => Promise<Reports[T]> } {
  return {
    replace: async () => {
      await load(apply.P);
      return replaceUnderTraffic(host, folder, apply, 100);
    },
    removeFirst: async () => {
      await load(apply.P);
      return replaceUnderTraffic(host, folder, { P: afterRemoval(apply.P), Q: afterRemoval(apply.Q) }, 4);
    },
    kill: async () => {
      const fresh = { Q: await listFresh('Q'), P: await listFresh('P') };
      return killLoaders(host, folder, { apply, fresh, kills: 40, seed: Number(seed) });
    },
    killAfterRemoval: async () => {
      await load(apply.P);
      await load(remove);
      return { world: (await worldInForce(createProbe(host, folder))).world };
    },
  };
}

async function stageApply(name: WorldName): Promise<Staged> {
  return stage(`${folder}/engine`, `apply-${name}`, engine.apply(artifactsOf(name, target)));
}

function afterRemoval({ commands }: Staged): Staged {
  return { commands: [...remove.commands, ...attach.commands, ...commands] };
}

/** The state of the machine after a load that found nothing. Leaves that world loaded. */
async function listFresh(name: WorldName): Promise<readonly string[]> {
  await load(afterRemoval(apply[name]));
  return listState(host);
}
