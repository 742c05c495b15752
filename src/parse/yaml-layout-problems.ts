// What people are told about YAML that stands in the wrong column: which column, and which ones would do.
import type { CST } from 'yaml';
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { positionOf, type Source } from '../source/source.ts';
import { innermost, type Item, type SplitKey } from './yaml-tokens.ts';

const refused = 'As it is, kubectl refuses the file before a server sees it';

/** A field to the right of the fields it follows and to the left of those inside of the last one. */
export function strayField(source: Source, key: CST.Token, previous: Item): Diagnostic {
  const name = nameOf(key);
  const column = columnOf(source, key);
  const { open } = innermost(previous);
  const list = previous.value?.type === 'block-seq' ? previous.value : null;
  const isBesideDash = list !== null && columnOf(source, list) === column;
  const problem = isBesideDash
    ? `\`${name}\` begins in column ${column}, the column of the \`- \` on line ${lineOf(source, list)}, but is no list item`
    : `\`${name}\` begins in column ${column}, where no object above has its fields`;
  const why = isBesideDash ? `${refused} ("did not find expected '-' indicator")` : refused;
  const move =
    open.value === undefined && open.key
      ? `indent \`${name}\` further than \`${nameOf(open.key)}\` on line ${lineOf(source, open.key)}, so that it stands inside of it`
      : `begin it in ${choices(source, previous)}`;
  return syntax(source, key, name.length, problem, `${move}. ${why}`);
}

/** Columns in which a field could stand: beside the field before it, or beside the last one inside of that. */
function choices(source: Source, previous: Item): string {
  const { open } = innermost(previous);
  return (open === previous ? [previous] : [previous, open])
    .flatMap(({ key }) => key ?? [])
    .map((key) => `column ${columnOf(source, key)} to stand beside \`${nameOf(key)}\``)
    .join(', or in ');
}

/** A `- ` in another column than those above it. */
export function strayListItem(source: Source, token: CST.Token, list: CST.BlockSequence | null): Diagnostic {
  const problem = `the list item begins in column ${columnOf(source, token)}`;
  if (list === null) {
    const hint = `indent it further than the field that it belongs to, which has nothing else for its value. ${refused}`;
    return syntax(source, token, 1, `${problem}, among fields`, hint);
  }
  const wanted = columnOf(source, list);
  const hint = `begin all \`- \` of a list in one column, here ${wanted}. ${refused}`;
  return syntax(source, token, 1, `${problem}, those above it in column ${wanted}`, hint);
}

/** `name: x` and below it, further right, `namespace: y`: to YAML one value `x namespace`, with a value of its own. */
export function tooFarRight(source: Source, { text, name }: SplitKey, holder: CST.Token): Diagnostic {
  const above = `\`${cut(text.source.split('\n').at(-1)?.trim() ?? '')}\``;
  const problem = `\`${cut(name.source)}\` begins in column ${columnOf(source, name)}, further right than it can: YAML reads it as more text behind ${above}`;
  const hint = `begin it in column ${columnOf(source, holder)} to stand beside \`${nameOf(holder)}\`. ${refused}`;
  return syntax(source, name, name.source.length, problem, hint);
}

/** `- from` without a colon, and a list below it. */
export function noColon(source: Source, { text }: SplitKey): Diagnostic {
  const name = cut(text.source.split('\n').at(-1)?.trim() ?? '');
  return syntax(source, text, name.length, `\`${name}\` has no \`:\` behind it`, `write \`${name}:\``);
}

/** `note: allows: all`. */
export function colonInValue(source: Source, key: CST.FlowScalar, holder: CST.Token): Diagnostic {
  const problem = `the value of \`${nameOf(holder)}\` holds a \`: \`, as if \`${nameOf(key)}\` were a field`;
  return syntax(
    source,
    key,
    key.source.length,
    problem,
    'put the whole value in quotes, or begin a new line behind the first `:`',
  );
}

/** `role:db`, or a word on its own, among fields. */
export function noField(source: Source, key: CST.Token): Diagnostic {
  const text = sourceOf(key).split('\n')[0]?.trim() ?? '';
  const [, name = '', value = ''] = /^([^:\s]+):(\S+)$/.exec(text) ?? [];
  const hint =
    name === ''
      ? 'put a `:` behind it if it is a field; if it goes on from the line above, indent it further'
      : `put a space behind the colon: \`${cut(`${name}: ${value}`)}\``;
  return syntax(source, key, text.length, `\`${cut(text)}\` stands among fields and is none`, hint);
}

/** A bracket or a quote that is opened and never closed. */
export function unclosed(source: Source, offset: number, opening: string, closing: string): Diagnostic {
  const span = { source, start: offset, end: offset + 1 };
  const problem = `the \`${opening}\` that opens here is not closed`;
  return diagnose('NP1007', { language: 'YAML', problem }, span, { hint: `close it with \`${closing}\`` });
}

function syntax(source: Source, { offset }: CST.Token, length: number, problem: string, hint: string): Diagnostic {
  const span = { source, start: offset, end: offset + Math.max(1, length) };
  return diagnose('NP1007', { language: 'YAML', problem }, span, { hint });
}

function nameOf(key: CST.Token): string {
  return cut(sourceOf(key).split('\n').at(-1)?.trim() ?? '');
}

function sourceOf(token: CST.Token): string {
  return 'source' in token ? token.source : '';
}

function cut(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

function lineOf(source: Source, { offset }: CST.Token): number {
  return positionOf({ source, start: offset, end: offset }).line;
}

function columnOf(source: Source, { offset }: CST.Token): number {
  return positionOf({ source, start: offset, end: offset }).column;
}
