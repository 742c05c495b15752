// load.sh and unload.sh as they are written for users. Constant texts: nothing of a policy gets into them.
import { completeScript } from '../shared/complete-script.ts';
import loadSource from './load.sh';
import machineSource from './machine.sh';
import unloadSource from './unload.sh';

const parts = { './machine.sh': machineSource };

/** Puts the files beside it in force. */
export const loadScript = completeScript(loadSource, parts);

/** Removes what load.sh put in force; works alone. */
export const unloadScript = completeScript(unloadSource, parts);
