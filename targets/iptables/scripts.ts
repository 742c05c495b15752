// load.sh and unload.sh as they are written for users: one file each, which needs no other, with machine.sh put in where the
// sources read it. Constant texts: nothing of a policy gets into them.
import loadSource from './load.sh';
import machineSource from './machine.sh';
import unloadSource from './unload.sh';

/** Reading another file, in the shell's words. */
const inclusion = '. ./machine.sh\n';

/** Puts the files beside it in force. */
export const loadScript = complete(loadSource);

/** Removes what load.sh put in force; works alone. */
export const unloadScript = complete(unloadSource);

function complete(source: string): string {
  const [before, after, ...others] = source.split(inclusion);
  if (before === undefined || after === undefined || others.length > 0) {
    throw new Error(`a script must have the line \`${inclusion.trim()}\` once`);
  }
  return before + machineSource + after;
}
