// The text of `netpolc.yaml` → what it says.
import { diagnose, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { SourceNode } from '../parse/node.ts';
import { parseYaml } from '../parse/yaml.ts';
import type { Source } from '../source/source.ts';
import type { Config } from './config.ts';
import { decodeConfig } from './decode-config.ts';

/** Reads a configuration file strictly. `value` is null on any error. */
export function parseConfig(source: Source): Outcome<Config> {
  const { value: documents, diagnostics } = parseYaml(source);
  if (hasErrors(diagnostics)) return { value: null, diagnostics };
  const [only, second] = documents ?? [];
  if (only === undefined) return failed(notOne('nothing', { source, start: 0, end: 0 }));
  if (second !== undefined) return failed(notOne('more', startOf(second)));
  const decoded = decodeConfig(only);
  return { value: decoded.value, diagnostics: [...diagnostics, ...decoded.diagnostics] };
}

function notOne(found: string, span: SourceNode['span']): Diagnostic {
  return diagnose('NP1060', { found }, span);
}

/** Of a whole document, only where it begins. */
function startOf({ span }: SourceNode): SourceNode['span'] {
  return { ...span, end: span.start };
}

function failed(problem: Diagnostic): Outcome<Config> {
  return { value: null, diagnostics: [problem] };
}
