// The script behind action.yml: `node dist/action/main.js compare|lint|publish`.
import { createRealHost } from '../host/real-host.ts';
import { removeUnfinishedWhenInterrupted } from '../host/unfinished.ts';
import { reportThrown } from '../cli/run-cli.ts';
import { createGithubApi } from './github-api.ts';
import { runAction } from './run-action.ts';
import { createNetpolc } from './run-netpolc.ts';

const host = createRealHost();
removeUnfinishedWhenInterrupted();

const sleep = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const api = createGithubApi({
  url: host.env('GITHUB_API_URL') ?? 'https://api.github.com',
  graphqlUrl: host.env('GITHUB_GRAPHQL_URL') ?? 'https://api.github.com/graphql',
  token: host.env('NETPOLC_TOKEN') ?? '',
  sleep,
  nowSeconds: () => Date.now() / 1000,
});

try {
  const context = { host, netpolc: createNetpolc(host), api, secret: () => crypto.randomUUID(), sleep };
  process.exitCode = await runAction(process.argv[2] ?? '', context);
} catch (error) {
  process.exitCode = await reportThrown(error, host);
}
