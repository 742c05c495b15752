// SARIF logs of several commands → one for code scanning, with paths as code hosts know them.
import { escapeJson } from '../diagnostics/safe-text.ts';
import type { PlacedIn } from './annotations.ts';
import { repositoryPath } from './repository-path.ts';
import { fileOf, type SarifLocation, type SarifLog, type SarifResult } from './sarif-log.ts';

/**
 * Every run gets a category of its own, `netpolc/NAME/KEY`: code hosts replace what an earlier upload of the same category
 * said. Results without a place in the compared tree are left out, because code scanning refuses them.
 */
export function uploadLog(logs: Readonly<Record<string, SarifLog>>, key: string, place: PlacedIn): string {
  const runs = Object.entries(logs).flatMap(([name, { runs: own }]) =>
    own.map((run) => ({
      ...run,
      automationDetails: { id: `netpolc/${name}/${key}/` },
      results: run.results.flatMap((result) => placedResult(result, place)),
    })),
  );
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs };
  return `${escapeJson(JSON.stringify(log, null, 2))}\n`;
}

/** Code scanning looks at no repairs. */
function placedResult({ fixes: _, ...result }: SarifResult, place: PlacedIn): readonly SarifResult[] {
  const locations = placedAll(result.locations ?? [], place);
  if (locations.length === 0) return [];
  return [{ ...result, locations, relatedLocations: placedAll(result.relatedLocations ?? [], place) }];
}

function placedAll<T extends SarifLocation>(locations: readonly T[], { prefix, base }: PlacedIn): readonly T[] {
  return locations.flatMap((location) => {
    const path = repositoryPath(fileOf(location), prefix, base);
    if (path === null) return [];
    const uri = path.split('/').map(encodeURIComponent).join('/');
    return [{ ...location, physicalLocation: { ...location.physicalLocation, artifactLocation: { uri } } }];
  });
}
