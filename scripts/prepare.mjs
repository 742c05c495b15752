// Runs when npm installs netpolc: from a Git repository, as pre-commit does, it comes as sources and is built here.
// In a checkout of its own nothing happens; there one runs `npm run build`.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

// npm prepares a Git dependency in a clone of its own, and a checkout in the folder that npm was started in.
if (process.env.INIT_CWD !== process.cwd()) {
  // For `npm install --global` npm leaves out what building needs.
  if (!existsSync('node_modules/esbuild')) npm('ci', '--include=dev', '--ignore-scripts');
  npm('run', 'build');
}

/** @param {readonly string[]} words */
function npm(...words) {
  execFileSync('npm', [...words], { stdio: 'inherit', env: { ...process.env, npm_config_global: 'false' } });
}
