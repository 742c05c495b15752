// Which workloads a policy selects now and did not before, or the other way round.
import type { DiffDocument, IsolationDocument, PlaceDocument } from '../document.ts';
import { markup, type Content, type Markup } from './markup.ts';
import { placeText } from './model/page-data.ts';

/** Empty when none changed. */
export function isolationSection({ isolation }: Pick<DiffDocument, 'isolation'>): Content {
  if (isolation.length === 0) return '';
  return markup`<section class="list" id="isolation" aria-labelledby="isolation-title">
<h2 id="isolation-title">Isolation</h2>
<p class="note">An isolated workload may do only what policies allow; any other may do everything.</p>
<ul class="entries">
${isolation.map(itemOf)}</ul>
</section>`;
}

function itemOf({ change, direction, workload, pods, policies }: IsolationDocument): Markup {
  const some = pods === null ? '' : markup` <span class="part">only ${pods.join(', ')}</span>`;
  const word = change === 'isolated' ? 'newly isolated' : 'no longer isolated';
  return markup`<li><p><span class="name">${workload}</span>${some} <b>${word}</b> for ${direction}</p>
<ul class="causes">${policies.map(placeOf)}</ul></li>
`;
}

function placeOf(place: PlaceDocument): Markup {
  return markup`<li><code>${placeText(place)}</code> <span><b>${place.policy}</b> ${place.path}</span></li>`;
}
