// A DNSSnapshot → which addresses belong to which names. The one kind of object that is netpolc's own. Source: S-1017.
import { canonicalDomainName, domainNameProblem } from '../policy/domain-name.ts';
import { pathOf, spanOf, wholeObject, type ClusterObject, type Part } from './cluster-object.ts';
import { distinctAddresses, parsedAddress } from './decode-addresses.ts';
import { decodeName } from './decode-names.ts';
import { partAt, partsAt, stringAt, stringsAt } from './read-fields.ts';
import type { DnsRecord, DnsSnapshot } from './snapshot.ts';

/** Decodes a DNSSnapshot. Problems go into the object's list. */
export function decodeDnsSnapshot(object: ClusterObject): DnsSnapshot {
  const whole = wholeObject(object);
  const takenAt = timeAt(whole, 'takenAt');
  return {
    name: decodeName(partAt(whole, 'metadata'), whole),
    records: partsAt(whole, 'records').flatMap((part) => decodeRecord(part, takenAt)),
    source: object.source,
  };
}

/** Nothing when the record had expired when the snapshot was taken: addresses count while it lasts. */
function decodeRecord(part: Part, takenAt: number | null): readonly DnsRecord[] {
  const name = decodeRecordName(part);
  const expires = timeAt(part, 'expires');
  const addresses = stringsAt(part, 'addresses').flatMap((text, index) =>
    text === '' ? [] : (parsedAddress(text, { part, key: 'addresses', index }) ?? []),
  );
  const isOver = takenAt !== null && expires !== null && expires <= takenAt;
  return name === null || isOver ? [] : [{ name, addresses: distinctAddresses(addresses) }];
}

/** In lower case, without a dot at its end. */
function decodeRecordName(part: Part): string | null {
  const name = stringAt(part, 'name');
  const place = { part, key: 'name', index: -1 };
  const { problems } = part.object;
  if (name === null) {
    if ((part.fields['name'] ?? '') === '') problems.add('NP2403', { path: pathOf(place) }, () => spanOf(place));
    return null;
  }
  const problem = name.includes('*') ? 'a record has no `*`' : domainNameProblem(name);
  if (problem !== null) problems.add('NP2411', { path: pathOf(place), name, problem }, () => spanOf(place));
  return problem === null ? canonicalDomainName(name) : null;
}

/** A time as RFC 3339 writes it, in milliseconds since 1970; null when it is absent. */
function timeAt(part: Part, key: string): number | null {
  const text = stringAt(part, key);
  if (text === null) return null;
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const time = isTime ? Date.parse(text) : NaN;
  if (!Number.isNaN(time)) return time;
  const place = { part, key, index: -1 };
  part.object.problems.add('NP3021', { path: pathOf(place), found: text }, () => spanOf(place));
  return null;
}
