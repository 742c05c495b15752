// Asks the proofs of mutants, in several copies of the project at once.
import { execa } from 'execa';
import { copyProject, inject, type Copy } from './copy.ts';
import type { Mutant, Proof } from './mutant.ts';
import { runProof, type Judgement } from './run-proof.ts';

/** What one proof said about a mutant, or about the project as it is. */
export interface Finding {
  readonly proof: Proof;
  readonly judgement: Judgement;
  readonly seconds: number;
}

/** `killed`: a proof failed. `unjudged`: none failed, and one could not tell. */
export interface Examination {
  readonly mutant: Mutant;
  readonly outcome: 'killed' | 'survived' | 'unjudged';
  /** In the order asked. */
  readonly findings: readonly Finding[];
}

/** Copies of a project, and what works in them. */
export interface Laboratory {
  /** Runs a proof on the project as it is. */
  readonly check: (proof: Proof) => Promise<Finding>;
  /** Asks a mutant's proofs until one fails, or with `all` every one. */
  readonly examine: (mutant: Mutant, proofs: readonly Proof[], all: boolean) => Promise<Examination>;
}

/** Makes `size` copies; as much work goes on at once, and no more. Each mutant is taken out of its copy afterwards. */
export function createLaboratory(root: string, size: number, cancelSignal: AbortSignal): Laboratory {
  const free = Array.from({ length: size }, () => copyProject(root));
  const waiting: ((copy: Copy) => void)[] = [];

  const inCopy = async <T>(work: (copy: Copy) => Promise<T>): Promise<T> => {
    const copy = free.pop() ?? (await new Promise<Copy>((take) => waiting.push(take)));
    try {
      return await work(copy);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free.push(copy);
      else next(copy);
    }
  };
  const find = async (proof: Proof, copy: Copy): Promise<Finding> => {
    const start = performance.now();
    const judgement = await runProof(proof, copy, cancelSignal);
    return { proof, judgement, seconds: Math.round((performance.now() - start) / 100) / 10 };
  };

  return {
    check: (proof) => inCopy((copy) => find(proof, copy)),
    examine: (mutant, proofs, all) =>
      inCopy(async (copy) => {
        const undo = inject(copy, mutant);
        try {
          const findings: Finding[] = [];
          const refusal = await findRefusal(mutant, copy);
          if (refusal !== null) return { mutant, outcome: 'unjudged', findings: [refusal] };
          for (const proof of proofs) {
            findings.push(await find(proof, copy));
            if (!all && findings.at(-1)?.judgement.outcome === 'failed') break;
          }
          return { mutant, outcome: outcomeOf(findings), findings };
        } finally {
          undo();
        }
      }),
  };
}

function outcomeOf(findings: readonly Finding[]): Examination['outcome'] {
  const has = (outcome: Judgement['outcome']): boolean =>
    findings.some(({ judgement }) => judgement.outcome === outcome);
  return has('failed') ? 'killed' : has('unjudged') ? 'unjudged' : 'survived';
}

const runs: Proof = {
  protocol: 'loading',
  command: 'sh build.sh && netpolc-datapath attach',
  argv: ['targets/ebpf/datapath/build.sh'],
  inKernel: true,
  about: '',
};

/** A datapath that the compiler or the kernel refuses would fail every test that needs it, and show nothing. */
async function findRefusal({ file }: Mutant, { folder, temporary }: Copy): Promise<Finding | null> {
  if (!/\.[ch]$/.test(file)) return null;
  const script = [
    `sh ${folder}/${runs.argv[0]}`,
    'mount -t bpf bpf /sys/fs/bpf',
    'ip link add pod type veth peer name peer',
    './netpolc-datapath attach pod',
  ];
  const { exitCode, stderr } = await execa('sh', ['-c', 'exec unshare --net --mount sh -euc "$0"', script.join('\n')], {
    cwd: temporary,
    env: { TMPDIR: temporary },
    reject: false,
  });
  return exitCode === 0 ? null : { proof: runs, judgement: { outcome: 'unjudged', detail: stderr }, seconds: 0 };
}
