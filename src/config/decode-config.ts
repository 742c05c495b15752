// A parsed configuration file → Config. Unknown fields and wrong types are told by the policies' own strict decoding.
import { diagnose, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { inReadingOrder } from '../diagnostics/reading-order.ts';
import type { SourceNode } from '../parse/node.ts';
import { checkFields } from '../policy/check-fields.ts';
import { fieldOf, stringOf, type Located } from '../policy/fields.ts';
import { createProblemList, type ProblemList } from '../policy/problem-list.ts';
import type { Config } from './config.ts';
import { configSchema } from './config-schema.ts';
import { decodeLintSettings } from './decode-lint-settings.ts';
import { booleanAt, choiceAt, namespaceAt, pathsAt } from './read-settings.ts';

/** Decodes one document. `value` is null on any error. Null for a field means the same as its absence (S-106). */
export function decodeConfig(node: SourceNode): Outcome<Config> {
  const whole: Located = { node, path: '' };
  const foreign = checkType(whole);
  if (foreign !== null) return { value: null, diagnostics: [foreign] };
  const misfits = checkFields(node, { root: configSchema, decode: 'strict' });
  const problems = createProblemList(misfits);
  const value = decodeFields(whole, problems);
  const diagnostics = inReadingOrder([...misfits, ...problems.found]);
  return { value: hasErrors(diagnostics) ? null : value, diagnostics };
}

/** Tells a file that is no configuration at all; its fields are then nobody's business. */
function checkType(whole: Located): Diagnostic | null {
  for (const [field, expected] of [
    ['apiVersion', 'netpolc.dev/v1alpha1'],
    ['kind', 'Config'],
  ] as const) {
    const given = fieldOf(whole, field);
    const found = stringOf(given);
    if (found === expected) continue;
    const { span } = (given ?? whole).node;
    return diagnose('NP1061', { field, expected, found }, given === null ? { ...span, end: span.start } : span);
  }
  return null;
}

function decodeFields(whole: Located, problems: ProblemList): Config {
  return {
    policies: pathsAt(whole, 'policies', problems),
    snapshots: pathsAt(whole, 'snapshots', problems),
    namespace: namespaceAt(whole, 'namespace', problems),
    decode: choiceAt(whole, 'decode', ['strict', 'warn'], problems),
    allowIncomplete: booleanAt(whole, 'allowIncomplete'),
    namedPortsInit: choiceAt(whole, 'namedPortsInit', ['sidecars', 'all'], problems),
    allowEgressToOwnNode: booleanAt(whole, 'allowEgressToOwnNode'),
    icmpEcho: choiceAt(whole, 'icmpEcho', ['never', 'always'], problems),
    color: choiceAt(whole, 'color', ['auto', 'always', 'never'], problems),
    lint: decodeLintSettings(fieldOf(whole, 'lint'), problems),
  };
}
