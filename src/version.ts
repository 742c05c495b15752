// The version, from package.json; the build puts it in.
import manifest from '../package.json' with { type: 'json' };

/** netpolc's own version, e.g. `0.1.0`. */
export const version: string = manifest.version;
