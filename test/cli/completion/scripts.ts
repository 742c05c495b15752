// Completion scripts to try: that of netpolc, and one of a program in which every text is hostile.
import { Argument, Command, Option } from 'commander';
import { createFakeHost } from '../../../src/host/fake-host.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { describeProgram, type ProgramWords } from '../../../src/cli/completion/program-words.ts';

/** What `netpolc completion SHELL` prints. */
export async function scriptFor(shell: string): Promise<string> {
  const host = createFakeHost();
  const exitCode = await runCli(['completion', shell], host);
  if (exitCode !== 0 || host.err() !== '') throw new Error(host.err());
  return host.out();
}

/** Would run `touch`, end a quotation, a bracket or a list, or be expanded, in one shell or another. */
const hostile = `'"\`touch bad\` $(touch bad) $HOME \\ [a] (b) {c,d} e:f; #g * ~ ! %`;

/** A program with one command `go`, whose option `--pick` takes `two words`, `it's`, `$(touch bad)` or `plain`. */
export function hostileProgram(): ProgramWords {
  const go = new Command('go')
    .summary(hostile)
    .addOption(new Option('--pick <what>', hostile).choices(['two words', "it's", '$(touch bad)', 'plain']))
    .option('--flag', hostile)
    .addArgument(new Argument('<WHAT>', hostile).choices(['a:b', '`touch bad`']));
  const program = new Command('netpolc').description(hostile).addCommand(go);
  return describeProgram(program, ['netpolc']);
}
