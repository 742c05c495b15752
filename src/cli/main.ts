#!/usr/bin/env node
// The program `netpolc`, also as the kubectl plug-in `kubectl-netpolc`. The exit code is set, never forced: what is still being written gets written.
import { createRealHost } from '../host/real-host.ts';
import { removeUnfinishedWhenInterrupted } from '../host/unfinished.ts';
import { programName } from './program-name.ts';
import { reportThrown, runCli } from './run-cli.ts';

const host = createRealHost();
removeUnfinishedWhenInterrupted();

process.on('uncaughtException', (error) => {
  void reportThrown(error, host).then((exitCode) => process.exit(exitCode));
});
process.exitCode = await runCli(process.argv.slice(2), host, programName(process.argv[1] ?? ''));
