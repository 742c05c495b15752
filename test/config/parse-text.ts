// Configuration texts in, the settings and what was said about them out.
import type { Config } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import type { Outcome } from '../../src/diagnostics/diagnostic.ts';
import { wholeSource } from '../../src/source/source.ts';

/** The two lines that every configuration begins with. */
export const header = 'apiVersion: netpolc.dev/v1alpha1\nkind: Config\n';

/** Parses a configuration; `body` begins on line 3. */
export function parseBody(body: string): Outcome<Config> {
  return parseText(header + body);
}

export function parseText(text: string): Outcome<Config> {
  return parseConfig(wholeSource('netpolc.yaml', text));
}
