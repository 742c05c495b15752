// The parts of a SARIF log, as netpolc prints it, that the action reads.

export interface SarifLog {
  readonly runs: readonly SarifRun[];
}

export interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } };
  readonly results: readonly SarifResult[];
}

export interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
}

export interface SarifResult {
  readonly ruleId: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: { readonly text: string };
  readonly locations?: readonly SarifLocation[];
  /** Repairs, which name files as well. */
  readonly fixes?: unknown;
  readonly relatedLocations?: readonly (SarifLocation & { readonly message: { readonly text: string } })[];
}

export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: {
      readonly startLine: number;
      readonly startColumn: number;
      readonly endLine: number;
      readonly endColumn: number;
    };
  };
}

/** What netpolc has printed; null when it is no such log. */
export function parseSarif(text: string): SarifLog | null {
  try {
    const log = JSON.parse(text) as SarifLog;
    return Array.isArray(log.runs) ? log : null;
  } catch {
    return null;
  }
}

/** The name of the file of a place, as netpolc was told it. */
export function fileOf({ physicalLocation }: SarifLocation): string {
  return physicalLocation.artifactLocation.uri.split('/').map(decodeURIComponent).join('/');
}
