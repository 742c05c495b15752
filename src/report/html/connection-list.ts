// The changes of a comparison, or the connections of a matrix, as a list that needs no script.
import { glyph } from './glyph.ts';
import { joinContent, markup, type Content, type Markup } from './markup.ts';
import { keyOfEntity, outsideName } from './model/axis.ts';
import { entryGroups, tellsCauses, type Entry, type EntryGroup } from './model/entries.ts';
import { causeText, changeWord, podsText, workloadMarks } from './model/labels.ts';
import type { CauseData, PageData, PartyData } from './model/page-data.ts';

/** More groups than this are laid out when they are seen. */
const longList = 60;

export function connectionList(data: PageData): Markup {
  const groups = entryGroups(data);
  const title = data.kind === 'diff' ? 'Changes' : 'Connections';
  const nothing = data.kind === 'diff' ? 'No connection changes.' : 'Nothing may connect to anything.';
  return markup`<section class="list${groups.length > longList ? ' long' : ''}" id="list" aria-labelledby="list-title" tabindex="-1">
<h2 id="list-title">${title}</h2>
${tellsCauses(data) ? '' : markup`<p class="note">There are too many to tell the policies here; cells of the matrix do.</p>`}
${groups.length === 0 ? markup`<p>${nothing}</p>` : groups.map((group) => groupOf(data, group))}
<p id="list-empty" hidden>None of them fits the filter.</p>
</section>`;
}

function groupOf(data: PageData, { entity, entries }: EntryGroup): Markup {
  const name = markup`<span class="quiet">from</span> ${entityName(data, entity)}`;
  return markup`<section class="group">
<h3>${name}</h3>
<ul class="entries">
${entries.map((entry) => entryOf(data, entry))}</ul>
</section>
`;
}

function entryOf(data: PageData, { change, source, destinations, ports, causes }: Entry): Markup {
  const parties = destinations.flatMap((index) => data.parties[index] ?? []);
  const pods = data.parties[source] === undefined ? null : podsText(data.parties[source], data.workloads);
  const who = pods ?? data.parties[source]?.text ?? '';
  const word = markup`${data.kind === 'diff' ? glyph(change) : ''}<b class="${change}">${changeWord(data.kind, change)}</b>`;
  const to = joinContent(
    parties.map((party) => partyName(data, party)),
    ', ',
  );
  return markup`<li><p>${word} ${who === '' ? '' : markup`<span class="part">${who}</span> `}<span class="quiet">to</span> ${to} <span class="ports">${data.ports[ports]?.text ?? ''}</span></p>${causeList(data, data.causes[causes] ?? [])}</li>
`;
}

function partyName(data: PageData, party: PartyData): Content {
  const pods = podsText(party, data.workloads);
  const details = pods ?? party.text;
  return [entityName(data, party.entity), details === '' ? '' : markup` <span class="part">${details}</span>`];
}

function entityName(data: PageData, entity: number): Content {
  const workload = data.workloads[entity];
  if (workload === undefined) return markup`<span class="name">${outsideName}</span>`;
  const marks = workloadMarks(workload).map((mark) => markup` <span class="mark">${mark}</span>`);
  return [markup`<span class="name">${keyOfEntity(data, entity)}</span>`, marks];
}

function causeList(data: PageData, causes: readonly CauseData[]): Content {
  if (causes.length === 0 || !tellsCauses(data)) return '';
  return markup`<ul class="causes">${causes.map((cause) => causeOf(data, cause))}</ul>`;
}

function causeOf(data: PageData, cause: CauseData): Markup {
  const { policy, path, place } = cause;
  return markup`<li><code>${place}</code> <span><b>${policy}</b> ${path}</span> <span class="quiet">${causeText(cause, data.kind)}</span></li>`;
}
