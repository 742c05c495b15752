// Compiles scope after scope and puts the files where they belong: all of them, or on any error none.
import { hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { Scope } from '../ir/ir.ts';
import type { Artifact } from '../target.ts';
import { onlyDiagnostics, type CommandResult } from './command-result.ts';
import type { Place } from './place.ts';
import type { PrintedFiles } from './print-files.ts';
import { createStaging, type NamedFile } from './staging.ts';

/** Makes the files of one scope. */
export type Produce = (scope: Scope) => Promise<Outcome<readonly Artifact[]>>;

export interface Delivery {
  readonly place: Place;
  /** Lays out one scope's files on standard output. */
  readonly print: (files: readonly NamedFile[]) => PrintedFiles;
  readonly host: Host;
}

/** Produces and delivers. Files are staged as they are made, so that memory holds those of one scope. */
export async function deliver(scopes: readonly Scope[], produce: Produce, delivery: Delivery): Promise<CommandResult> {
  const { place, print, host } = delivery;
  const staging = place.kind === 'stdout' ? null : createStaging(place, host);
  const diagnostics = new Set<Diagnostic>();
  const note = (found: readonly Diagnostic[]): boolean => {
    for (const diagnostic of found) diagnostics.add(diagnostic);
    return hasErrors(found);
  };
  const printed: PrintedFiles[] = [];
  for (const scope of scopes) {
    const made = await produce(scope);
    let failed = note(made.diagnostics) || made.value === null;
    const files = filesOf(made.value ?? [], place).map(({ suffix, content }) => ({
      name: `${nameOf(scope)}.${suffix}`,
      content,
    }));
    if (!failed && staging !== null) failed = note(await staging.add(files, nameOf(scope)));
    if (failed) {
      await staging?.discard();
      return onlyDiagnostics([...diagnostics]);
    }
    if (staging === null) printed.push(print(files));
  }
  if (staging !== null && note(await staging.commit())) return onlyDiagnostics([...diagnostics]);
  return {
    diagnostics: [...diagnostics],
    output: printed.map(({ text }) => text),
    remarks: [...printed.flatMap(({ remarks }) => remarks), ...wrote(staging?.paths ?? [])],
    findings: false,
  };
}

/** Scripts find the other files in their folder: there are none where everything goes into one file, or is printed. */
function filesOf(artifacts: readonly Artifact[], place: Place): readonly Artifact[] {
  const others = artifacts.filter(({ isScript }) => isScript !== true);
  return place.kind === 'folder' || (place.kind === 'file' && others.length > 1) ? artifacts : others;
}

/** What files are called after. */
function nameOf(scope: Scope): string {
  return scope.kind === 'node' ? scope.name : 'netpolc';
}

function wrote(paths: readonly string[]): readonly string[] {
  const [first] = paths;
  if (first === undefined) return [];
  return [paths.length === 1 ? `wrote ${first}` : `wrote ${first} and ${paths.length - 1} more`];
}
