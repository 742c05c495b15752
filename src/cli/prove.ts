// `netpolc prove`: claims about every connection of a kind, decided exactly.
import type { Command } from 'commander';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import { escapeJson } from '../diagnostics/safe-text.ts';
import type { Host } from '../host/host.ts';
import type { World } from '../input/world.ts';
import { parseClaims } from '../prove/parse-claims.ts';
import { printJunit } from '../prove/print-junit.ts';
import { printProof } from '../prove/print-proof.ts';
import { printTap } from '../prove/print-tap.ts';
import { flowOf, proofDocument, type ProofDocument } from '../prove/proof-document.ts';
import { prove, type Proof } from '../prove/prove.ts';
import { printTrace } from '../trace/print-trace.ts';
import { createTracer } from '../trace/trace.ts';
import { once } from '../collections/once.ts';
import { andThen, fine } from './and-then.ts';
import { onlyDiagnostics, type CommandResult } from './command-result.ts';
import { addInputOptions, choice, compileOptions, type InputFlags } from './input-options.ts';
import { loadWorld, stdinTwice } from './load-world.ts';
import { addPlannedOptions, planWorlds, type PlannedFlags } from './planned-worlds.ts';
import type { Finish } from './program.ts';
import { readText } from './read-text.ts';
import { worldRemarks } from './world-remarks.ts';
import { writeResult } from './write-result.ts';

interface ProveFlags extends InputFlags, PlannedFlags {
  readonly claims: string;
  readonly allowEmpty?: true;
  readonly format: 'text' | 'json' | 'junit' | 'tap';
  readonly output?: string;
}

const examples = `
A claim is a line:
  never  ns(env=dev) -> pods(role=db)@prod            # nobody in dev reaches a database, on any port
  never  outside -> prod/db:22,3306/TCP
  always prod/api -> prod/db:3306                      # every pod of one reaches every pod of the other
  always pods(app=web) -> pods(k8s-app=dns)@kube-system:53/UDP,53/TCP
  only   prod/api, prod/migrate -> prod/db:3306        # nobody else, no pod and no address outside
  allow  prod/api-0 -> prod/db-0:3306                  # single flows, as in netpolc test
An end is namespace/name (a pod, else a workload), pods(SELECTOR), pods(SELECTOR)@NAMESPACE, pods(SELECTOR)@ns(SELECTOR),
ns(SELECTOR), an address, a block, node:NAME, outside (every address of no pod) or any; or several, with commas between.
Ports: none (every port of every protocol), :80, :80,443, :8000-8100, each with /UDP or /SCTP where it is not TCP. They
belong to the end before them. over IPv4 or over IPv6 at the end leaves the other family out.

No claim means what no policy judges: a pod and itself, a pod and its own node unless the claim names the node, two ends
that are no pods. A claim about nothing fails, for most often a label is misspelt; --allow-empty lets it pass.

Examples:
  netpolc prove policies/ -s cluster.json --claims shop.claims
  netpolc prove policies/ -s cluster.json --claims shop.claims --format junit -o claims.xml
  echo 'never outside -> pods(app=db)' | netpolc prove policies/ -s cluster.json --claims -`;

/** Defines the command. */
export function defineProve(command: Command, host: Host, finish: Finish): void {
  addInputOptions(addPlannedOptions(addOwnOptions(command)))
    .addHelpText('after', examples)
    .action(async (policies: string[], flags: ProveFlags) =>
      finish(await writeResult(await proveClaims(policies, flags, host), flags.output, host), flags),
    );
}

function addOwnOptions(command: Command): Command {
  return command
    .requiredOption('--claims <file>', 'the claims to decide; - is standard input')
    .option('--allow-empty', 'claims that are about no connection pass')
    .addOption(choice('--format <format>', 'shape of the result', ['text', 'json', 'junit', 'tap']))
    .option('-o, --output <file>', 'write the result into a file');
}

async function proveClaims(policies: readonly string[], flags: ProveFlags, host: Host): Promise<CommandResult> {
  const outcome = await andThen(checkStdin(policies, flags), async () =>
    andThen(await readText(flags.claims, host), (source) =>
      andThen(parseClaims(source), async (claims) =>
        andThen(await loadWorld(policies, flags, host, { planned: true }), (given) =>
          andThen(planWorlds([given], flags), async ({ worlds: [planned], remarks }) => {
            if (planned === undefined) throw new Error('a world was asked for');
            const { world, compiler } = planned;
            return andThen(prove(claims, { world, compiler, ...compileOptions(flags) }), (proofs) => {
              const document = proofDocument(proofs, source.name, flags.allowEmpty === true);
              return fine({
                proofs,
                world,
                document,
                remarks: [...worldRemarks(given, { standIns: true }), ...remarks],
              });
            });
          }),
        ),
      ),
    ),
  );
  if (outcome.value === null) return onlyDiagnostics(outcome.diagnostics);
  const { proofs, world, document, remarks } = outcome.value;
  return {
    diagnostics: outcome.diagnostics,
    output: [print(document, flags, createExplain(proofs, world, flags))],
    remarks: [...remarks, document.summary.text],
    findings: document.claims.some(({ passes }) => !passes),
  };
}

/** The claims file is read besides the world, which looks after its own files. */
function checkStdin(policies: readonly string[], { filename, snapshot, claims }: ProveFlags): Outcome<true> {
  const misuse = claims === '-' ? stdinTwice([claims, ...policies, ...filename, ...snapshot]) : null;
  return misuse === null ? fine(true) : { value: null, diagnostics: [misuse] };
}

type Explain = (index: number) => string | null;

/** The oracle tells the reasons; it is made ready when the first is asked for. */
function createExplain(proofs: readonly Proof[], world: World, flags: ProveFlags): Explain {
  const tracer = once(() => createTracer(world, compileOptions(flags).semantics));
  return (index) => {
    const proof = proofs[index];
    const flow = proof === undefined ? null : flowOf(proof);
    return flow === null ? null : printTrace(tracer()(flow));
  };
}

function print(document: ProofDocument, { format }: ProveFlags, explain: Explain): string {
  switch (format) {
    case 'text':
      return printProof(document, explain);
    case 'json':
      return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
    case 'junit':
      return printJunit(document);
    case 'tap':
      return printTap(document);
  }
}
