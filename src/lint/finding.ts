// What a lint is, and what it finds.
import type { Code, ParametersOf } from '../diagnostics/catalogue/index.ts';
import { diagnose, type Diagnostic, type DiagnosticExtras } from '../diagnostics/diagnostic.ts';
import type { Fix } from '../diagnostics/fix.ts';
import type { Span } from '../source/source.ts';
import type { LintContext } from './lint-context.ts';
import type { LintSeverity } from './lint-settings.ts';

/** One lint of section 9 of the semantics. */
export interface Lint {
  /** `L-01`. */
  readonly id: string;
  readonly code: Code;
  /** Unless the operator decides otherwise. */
  readonly severity: Exclude<LintSeverity, 'off'>;
  /** What the world must have for the lint to say anything. */
  readonly needs: readonly Need[];
  /** Pure; in any order. */
  readonly check: (context: LintContext) => readonly Found[];
}

export type Need = 'documents' | 'pods' | 'namespaces' | 'nodes' | 'services' | 'dns';

/** What one lint found at one place. */
export interface Found {
  readonly diagnostic: Diagnostic;
  /** `namespace/name`, `Kind/name`, or `namespace/*` for a whole namespace; null when it is about no policy. */
  readonly policy: string | null;
  readonly fix: Fix | null;
}

/** What was found, with the lint that found it. The diagnostic has the severity that counts. */
export interface Finding extends Found {
  /** Null for what is said about suppressions. */
  readonly lint: string | null;
}

interface About extends DiagnosticExtras {
  readonly policy: string | null;
  readonly fix?: Fix | null;
}

/** Makes a finding from the catalogue. */
export function found<C extends Code>(
  code: C,
  parameters: ParametersOf<C>,
  span: Span | null,
  { policy, fix = null, ...extras }: About,
): Found {
  return { diagnostic: diagnose(code, parameters, span, extras), policy, fix };
}
