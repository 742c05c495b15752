// Names in snapshot objects. Files bypass the API server, so that everything is checked again (TH-02).
import { dnsLabelProblems, portNameProblems, subdomainProblems } from '../policy/names.ts';
import { entryAt, pathOf, spanOf, type Part, type Place } from './cluster-object.ts';
import type { Pool } from './pool.ts';
import { stringAt } from './read-fields.ts';

/** `metadata.name` of an object whose kind wants a subdomain (pods, nodes); `''` when it is missing. Source: S-112. */
export function decodeName(metadata: Part | null, object: Part, problemsOf = subdomainProblems): string {
  const name = stringAt(metadata, 'name') ?? '';
  const holder = metadata ?? object;
  const { problems } = object.object;
  const place = { part: holder, key: 'name', index: -1 };
  if (isAbsent(metadata?.fields['name'])) {
    const generated = metadata !== null && entryAt({ part: metadata, key: 'generateName', index: -1 }) !== null;
    problems.add('NP2004', { generated }, () => spanOf(place));
  }
  for (const problem of name === '' ? [] : problemsOf(name)) {
    problems.add('NP2005', { name, problem }, () => spanOf(place));
  }
  return name;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** `metadata.namespace`, or what objects without one get. Source: S-111, S-112. */
export function decodeNamespaceName(metadata: Part | null, fallback: string, pool: Pool): string {
  return nameAt(metadata, 'namespace', pool.dnsLabels, namespaceCheck) ?? fallback;
}

/** A field that names another object, such as `spec.nodeName`; null when it is absent. */
export function decodeReference(part: Part | null, key: string, pool: Pool): string | null {
  return nameAt(part, key, pool.subdomains, referenceCheck);
}

/** The name of a container's port, or a field that refers to one; null when it is absent. Source: S-729, S-732. */
export function decodePortName(part: Part, key: string, pool: Pool): string | null {
  return nameAt(part, key, pool.portNames, portNameCheck);
}

/** The name of a service's port; null when it has none. */
export function decodeServicePortName(part: Part, pool: Pool): string | null {
  return nameAt(part, 'name', pool.dnsLabels, servicePortNameCheck);
}

interface NameCheck {
  readonly problemsOf: (name: string) => readonly string[];
  readonly report: (name: string, problem: string, place: Place) => void;
}

const namespaceCheck: NameCheck = {
  problemsOf: dnsLabelProblems,
  report: (namespace, problem, place) => {
    place.part.object.problems.add('NP2006', { namespace, problem }, () => spanOf(place));
  },
};

const referenceCheck: NameCheck = {
  problemsOf: subdomainProblems,
  report: (name, problem, place) => {
    place.part.object.problems.add('NP3009', { path: pathOf(place), name, problem }, () => spanOf(place));
  },
};

const portNameCheck: NameCheck = {
  problemsOf: portNameProblems,
  report: (name, problem, place) => {
    place.part.object.problems.add('NP3005', { path: pathOf(place), name, problem }, () => spanOf(place));
  },
};

const servicePortNameCheck: NameCheck = { ...portNameCheck, problemsOf: dnsLabelProblems };

/** The name in a field. Equal names are one string: `valid` holds those that need no check any more. */
function nameAt(part: Part | null, key: string, valid: Map<string, string>, check: NameCheck): string | null {
  const name = stringAt(part, key);
  if (part === null || name === null) return null;
  const known = valid.get(name);
  if (known !== undefined) return known;
  const problems = check.problemsOf(name);
  if (problems.length === 0) valid.set(name, name);
  for (const problem of problems) check.report(name, problem, { part, key, index: -1 });
  return name;
}
