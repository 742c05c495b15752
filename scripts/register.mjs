// Lets `node --import ./scripts/register.mjs` run the TypeScript sources and import other files as text.
import { register } from 'node:module';
import 'tsx/esm';

register('./text-hook.mjs', import.meta.url);
